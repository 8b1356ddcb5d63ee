import { expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { insertInstances } from '../../test/support/stored-instance.js'
import type { InstanceId } from '../domain/instance.js'
import { PasskeyLinks } from './passkey-links.js'

const instanceId = '3A' as InstanceId
const other = '3B' as InstanceId

eachDatabase('a one-time link', (openDatabase) => {
  const open = async (clock = new ManualClock()) => {
    const database = await openDatabase()
    await insertInstances(database, [instanceId, other])
    return new PasskeyLinks({ database, clock })
  }

  it('has 128 random bits and names its instance and linking', async () => {
    const links = await open()
    const { token } = await links.create(instanceId, 'challenge')
    expect(Buffer.from(token, 'base64url')).toHaveLength(16)
    expect(await links.find(token)).toMatchObject({ instanceId, challenge: 'challenge' })
    expect((await links.create(instanceId, 'challenge')).token).not.toBe(token)
  })

  it('ends after ten minutes', async () => {
    const clock = new ManualClock()
    const links = await open(clock)
    const { token, expiresAt } = await links.create(instanceId, 'challenge')
    expect(expiresAt).toBe(clock.now() + 600_000)
    await clock.advance(599_999)
    expect(await links.find(token)).toBeDefined()
    await clock.advance(1)
    expect(await links.find(token)).toBeUndefined()
  })

  it('is not found by another token', async () => {
    const links = await open()
    await links.create(instanceId, 'challenge')
    expect(await links.find('AAAAAAAAAAAAAAAAAAAAAA')).toBeUndefined()
  })

  it('gives way when an instance has too many, and leaves those of others', async () => {
    const clock = new ManualClock()
    const links = await open(clock)
    const foreign = (await links.create(other, 'challenge')).token
    const made: string[] = []
    for (let count = 0; count < 21; count += 1) {
      made.push((await links.create(instanceId, 'challenge')).token)
      await clock.advance(1)
    }
    const found = await Promise.all(made.map((token) => links.find(token)))
    expect(found.map((link) => link !== undefined)).toEqual([false, ...Array(20).fill(true)])
    expect(await links.find(foreign)).toBeDefined()
  })
})
