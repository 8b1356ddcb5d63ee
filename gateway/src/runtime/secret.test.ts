import { format, inspect } from 'node:util'
import { expect, it } from 'vitest'
import { Secret } from './secret.js'

it('shows itself only on request', () => {
  const secret = new Secret('s3cret')
  const everywhere = [
    `${secret}`,
    String(secret),
    JSON.stringify({ secret }),
    inspect({ secret }, { showHidden: true }),
    format('%s %o', secret, secret),
    Object.values(secret).join(''),
  ]
  for (const text of everywhere) expect(text).not.toContain('s3cret')
  expect(secret.reveal()).toBe('s3cret')
})
