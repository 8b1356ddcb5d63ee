import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { createVault } from '../db/encryption.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { type Caller, LoginThrottle } from './login-throttle.js'

const tries = async (throttle: LoginThrottle, caller: Caller, count: number) => {
  const waits: (number | undefined)[] = []
  for (let time = 0; time < count; time += 1) waits.push(await throttle.begin(caller))
  return waits
}

eachDatabase('the delay of logins from known addresses', (openDatabase) => {
  const open = async (clock = new ManualClock()) =>
    new LoginThrottle({
      database: await openDatabase(),
      vault: createVault(randomBytes(32)),
      clock,
    })

  const known: Caller = { name: 'ana', address: '203.0.113.7', isKnownAddress: true }
  const free = Array<undefined>(5).fill(undefined)

  it('a known address waits for its own failures', async () => {
    expect(await tries(await open(), known, 6)).toEqual([...free, 5])
  })

  it('a known address that tries many accounts waits like any other', async () => {
    const throttle = await open()
    for (let index = 0; index < 21; index += 1)
      await throttle.begin({ name: `name-${index}`, address: known.address })
    expect(await throttle.begin(known)).toBe(5)
  })

  it('a right password without the one-time code counts as no failure, however often', async () => {
    const throttle = await open()
    for (let round = 0; round < 60; round += 1) {
      expect(await throttle.begin({ ...known, isKnownAddress: false })).toBeUndefined()
      await throttle.undecided({ ...known, isKnownAddress: false })
    }
  })

  it('a right password without the one-time code leaves the earlier failures counted', async () => {
    const throttle = await open()
    await tries(throttle, known, 4)
    await throttle.begin(known)
    await throttle.undecided(known)
    expect(await tries(throttle, known, 2)).toEqual([undefined, 5])
  })
})
