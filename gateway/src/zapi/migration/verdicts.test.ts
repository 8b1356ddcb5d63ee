/** The verdicts are those of docs/conformance.md, call by call. */

import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { judge } from './verdicts.js'

test('every documented call is judged as the conformance page judges it', async () => {
  const page = await readFile(new URL('../../../../docs/conformance.md', import.meta.url), 'utf8')
  const rows = page.matchAll(/^\| (?!metaai)\w+ \| .+? \| (\w+) `([^`]+)` \| (works|cannot)/gmu)
  // Meta AI has no call of its own: send-text to it cannot be done.
  const wrong = [...rows].filter(([, method = '', path = '', told]) => {
    const { verdict } = judge(method, path.replaceAll(/\{(\w+)\}/gu, ':$1'))
    return (verdict === 'differs' ? 'works' : verdict) !== told
  })
  expect(wrong.map(([row]) => row)).toEqual([])
})

test('a program that was seen in public is judged as the page about programs says', () => {
  expect(judge('GET', '/sip-info')).toMatchObject({ verdict: 'cannot' })
  expect(judge('POST', '/send-messages').advice).toContain('Perhaps POST send-text.')
  expect(judge('POST', '/status').advice).toBe('Z-API documents it with GET, not POST.')
})
