import { describe, expect, it } from 'vitest'
import { ManualClock } from '../../test/support/manual-clock.js'
import type { InstanceId } from '../domain/instance.js'
import { PasskeyLinks } from './passkey-links.js'

const instanceId = '3A' as InstanceId
const other = '3B' as InstanceId

describe('a one-time link', () => {
  it('has 128 random bits and names its instance and linking', () => {
    const links = new PasskeyLinks(new ManualClock())
    const { token } = links.create(instanceId, 'challenge')
    expect(Buffer.from(token, 'base64url')).toHaveLength(16)
    expect(links.find(token)).toMatchObject({ instanceId, challenge: 'challenge' })
    expect(links.create(instanceId, 'challenge').token).not.toBe(token)
  })

  it('ends after ten minutes', async () => {
    const clock = new ManualClock()
    const links = new PasskeyLinks(clock)
    const { token, expiresAt } = links.create(instanceId, 'challenge')
    expect(expiresAt).toBe(clock.now() + 600_000)
    await clock.advance(599_999)
    expect(links.find(token)).toBeDefined()
    await clock.advance(1)
    expect(links.find(token)).toBeUndefined()
  })

  it('is not found by another token, nor by what is kept of it', () => {
    const links = new PasskeyLinks(new ManualClock())
    links.create(instanceId, 'challenge')
    expect(links.find('AAAAAAAAAAAAAAAAAAAAAA')).toBeUndefined()
  })

  it('gives way when an instance has too many, and leaves those of others', () => {
    const links = new PasskeyLinks(new ManualClock())
    const foreign = links.create(other, 'challenge').token
    const [first, ...later] = Array.from(
      { length: 21 },
      () => links.create(instanceId, 'challenge').token,
    )
    expect(links.find(first ?? '')).toBeUndefined()
    expect(later.every((token) => links.find(token) !== undefined)).toBe(true)
    expect(links.find(foreign)).toBeDefined()
  })
})
