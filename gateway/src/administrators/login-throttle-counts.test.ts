import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { createVault } from '../db/encryption.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { type Caller, LoginThrottle } from './login-throttle.js'

/** The waits that so many tries in a row are given. */
const tries = async (throttle: LoginThrottle, caller: Caller, count: number) => {
  const waits: (number | undefined)[] = []
  for (let time = 0; time < count; time += 1) waits.push(await throttle.begin(caller))
  return waits
}

async function attackFromEverywhere(throttle: LoginThrottle, name: string): Promise<void> {
  for (let host = 0; host < 51; host += 1)
    await throttle.begin({ name, address: `198.51.100.${host}` })
}

eachDatabase('the counts of failed logins', (openDatabase) => {
  const open = async (clock = new ManualClock()) =>
    new LoginThrottle({
      database: await openDatabase(),
      vault: createVault(randomBytes(32)),
      clock,
    })

  const hourMs = 3_600_000
  const ana: Caller = { name: 'ana', address: '203.0.113.7' }

  const free = Array<undefined>(5).fill(undefined)

  it('failures are forgotten an hour after the last one, and not before', async () => {
    const clock = new ManualClock()
    const throttle = await open(clock)
    await tries(throttle, ana, 5)
    await clock.advance(hourMs - 1)
    expect(await tries(throttle, ana, 2)).toEqual([undefined, 10])
    await clock.advance(hourMs)
    expect(await tries(throttle, ana, 6)).toEqual([...free, 5])
  })

  it('any try from an address that failed too often waits, whatever its name', async () => {
    const clock = new ManualClock()
    const throttle = await open(clock)
    for (let index = 0; index < 20; index += 1)
      await throttle.begin({ name: `name-${index}`, address: ana.address })
    expect(await throttle.waitOf(ana.address)).toBeUndefined()
    await throttle.begin(ana)
    expect(await throttle.waitOf(ana.address)).toBe(5)
    expect(await throttle.waitOf('203.0.113.8')).toBeUndefined()
    await clock.advance(4_999)
    expect(await throttle.waitOf(ana.address)).toBe(1)
    await clock.advance(1)
    expect(await throttle.waitOf(ana.address)).toBeUndefined()
  })

  it('a browser that logged in before has a count of its own, and no other', async () => {
    const throttle = await open()
    const known = { ...ana, browser: 'a' }
    expect(await tries(throttle, ana, 6)).toEqual([...free, 5])
    expect(await tries(throttle, known, 6)).toEqual([...free, 5])
    expect(await throttle.begin({ ...known, browser: 'b' })).toBeUndefined()
    expect(await throttle.begin({ ...known, name: 'bia' })).toBeUndefined()
    await throttle.succeeded(known)
    expect(await throttle.begin(known)).toBeUndefined()
  })

  it('an account that many addresses attack waits from a new address, and not from a known one', async () => {
    const throttle = await open()
    await attackFromEverywhere(throttle, 'ana')
    expect(await throttle.begin(ana)).toBe(1)
    expect(await throttle.begin({ ...ana, isKnownAddress: true })).toBeUndefined()
    expect(await throttle.begin({ ...ana, name: 'bia' })).toBeUndefined()
  })

  it('what was never counted can be taken back', async () => {
    const throttle = await open()
    await throttle.succeeded(ana)
    await throttle.undecided(ana)
    expect(await tries(throttle, ana, 6)).toEqual([...free, 5])
  })

  it('neither names nor addresses are stored as they are', async () => {
    const database = await openDatabase()
    const vault = createVault(randomBytes(32))
    const throttle = new LoginThrottle({ database, vault, clock: new ManualClock() })
    await throttle.begin(ana)
    await throttle.begin({ ...ana, browser: 'a' })
    const rows = await database.query.selectFrom('login_failure').select('key_hash').execute()
    expect(rows).toHaveLength(4)
    for (const { key_hash } of rows) expect(key_hash).toMatch(/^[0-9a-f]{64}$/u)
  })

  it('a refused try leaves no count behind, and those that are there', async () => {
    const database = await openDatabase()
    const vault = createVault(randomBytes(32))
    const throttle = new LoginThrottle({ database, vault, clock: new ManualClock() })
    for (let index = 0; index < 21; index += 1)
      await throttle.begin({ name: `name-${index}`, address: ana.address })
    const counts = () =>
      database.query
        .selectFrom('login_failure')
        .select(['key_hash', 'count'])
        .orderBy('key_hash')
        .execute()
    const before = await counts()
    expect(await throttle.begin(ana)).toBe(5)
    expect(await counts()).toEqual(before)
  })

  it('many logins at once on one account neither fail nor are lost', async () => {
    const throttle = await open()
    const callers = Array.from({ length: 12 }, (_, host) => ({
      name: 'ana',
      address: `198.51.100.${host % 4}`,
    }))
    await Promise.all(
      callers.map(async (caller) => {
        await throttle.begin(caller)
        await throttle.succeeded(caller)
      }),
    )
    expect(await tries(throttle, ana, 5)).toEqual(free)
  })

  it('of more than ten thousand counts, the oldest are forgotten', async () => {
    const clock = new ManualClock()
    const database = await openDatabase()
    const options = { database, vault: createVault(randomBytes(32)), clock }
    const throttle = new LoginThrottle(options)
    await tries(throttle, ana, 4)
    await clock.advance(1)
    // Ana has three of them.
    const others = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        key_hash: `${count} ${index}`,
        count: 1,
        last_at: clock.now(),
      }))
    await database.query.insertInto('login_failure').values(others(9_997)).execute()
    expect(await throttle.purge()).toBe(0)
    await database.query.insertInto('login_failure').values(others(1)).execute()
    expect(await throttle.purge()).toBe(3)
    expect(await tries(throttle, ana, 6)).toEqual([...free, 5])
  })

  it('are forgotten an hour after the last one', async () => {
    const clock = new ManualClock()
    const throttle = await open(clock)
    await tries(throttle, ana, 1)
    await clock.advance(hourMs - 1)
    expect(await throttle.purge()).toBe(0)
    await clock.advance(1)
    expect(await throttle.purge()).toBe(3)
  })
})
