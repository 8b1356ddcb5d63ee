import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { createVault } from '../db/encryption.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { LoginThrottle } from './login-throttle.js'

eachDatabase('the delay of logins', (openDatabase) => {
  const open = async (clock = new ManualClock()) =>
    new LoginThrottle({
      database: await openDatabase(),
      vault: createVault(randomBytes(32)),
      clock,
    })

  const ana = { name: 'ana', address: '203.0.113.7' }

  async function fail(throttle: LoginThrottle, caller: typeof ana, times: number) {
    const waits: (number | undefined)[] = []
    for (let time = 0; time < times; time += 1) waits.push(await throttle.begin(caller))
    return waits
  }

  it('holds up the sixth try of an account from one address, and no other account or address', async () => {
    const throttle = await open()
    expect(await fail(throttle, ana, 6)).toEqual([...Array(5).fill(undefined), 5])
    expect(await throttle.begin({ ...ana, address: '203.0.113.8' })).toBeUndefined()
    expect(await throttle.begin({ ...ana, name: 'bia' })).toBeUndefined()
  })

  it('hears the next one when the wait is over, and then waits twice as long', async () => {
    const clock = new ManualClock()
    const throttle = await open(clock)
    await fail(throttle, ana, 5)
    await clock.advance(4_999)
    expect(await throttle.begin(ana)).toBe(1)
    await clock.advance(1)
    expect(await throttle.begin(ana)).toBeUndefined()
    expect(await throttle.begin(ana)).toBe(10)
  })

  it('forgets the failures of a person whose login was right', async () => {
    const throttle = await open()
    for (let round = 0; round < 8; round += 1) {
      expect(await fail(throttle, ana, 3)).toEqual([undefined, undefined, undefined])
      await throttle.succeeded(ana)
    }
  })

  it('counts an IPv6 network as one address', async () => {
    const throttle = await open()
    const waits: (number | undefined)[] = []
    for (let index = 0; index < 6; index += 1)
      waits.push(await throttle.begin({ name: 'ana', address: `2001:db8:1:2:${index}::1` }))
    expect(waits.at(-1)).toBe(5)
    expect(await throttle.begin({ name: 'ana', address: '2001:db8:1:3::1' })).toBeUndefined()
  })

  it('holds up an address that tries many accounts', async () => {
    const throttle = await open()
    const waits: (number | undefined)[] = []
    for (let index = 0; index < 22; index += 1)
      waits.push(await throttle.begin({ name: `name-${index}`, address: ana.address }))
    expect(waits.slice(0, 21).every((wait) => wait === undefined)).toBe(true)
    expect(waits.at(-1)).toBe(5)
  })

  it('a login that succeeds gives back its own tries, and none that others made at its address', async () => {
    const throttle = await open()
    for (let name = 0; name < 20; name += 1)
      await throttle.begin({ name: `name-${name}`, address: ana.address })
    expect(await throttle.begin(ana)).toBeUndefined()
    await throttle.succeeded(ana)
    expect(await throttle.begin({ name: 'one more', address: ana.address })).toBeUndefined()
    expect(await throttle.begin({ name: 'another', address: ana.address })).toBe(5)
  })

  it('a login that succeeds gives back its own tries, and none that others made at its account', async () => {
    const throttle = await open()
    for (let host = 0; host < 50; host += 1)
      await throttle.begin({ name: 'ana', address: `198.51.100.${host}` })
    expect(await throttle.begin(ana)).toBeUndefined()
    await throttle.succeeded(ana)
    expect(await throttle.begin({ name: 'ana', address: '198.51.100.100' })).toBeUndefined()
    expect(await throttle.begin({ name: 'ana', address: '198.51.100.101' })).toBe(1)
  })

  it('a hundred tries at once are a hundred', async () => {
    const throttle = await open()
    const waits = await Promise.all(Array.from({ length: 100 }, () => throttle.begin(ana)))
    expect(waits.filter((wait) => wait === undefined)).toHaveLength(5)
  })

  it('two nodes of one database count together', async () => {
    const options = { vault: createVault(randomBytes(32)), clock: new ManualClock() }
    const database = await openDatabase()
    const [one, other] = [1, 2].map(() => new LoginThrottle({ ...options, database }))
    if (one === undefined || other === undefined) throw new Error('there are two')
    await fail(one, ana, 3)
    expect(await fail(other, ana, 3)).toEqual([undefined, undefined, 5])
    expect(await one.begin(ana)).toBe(5)
  })
})
