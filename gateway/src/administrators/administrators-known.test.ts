import { hash } from '@node-rs/argon2'
import { expect, it } from 'vitest'
import { address, ana, openAdministrators, setUpAna } from '../../test/support/administrators.js'
import { eachDatabase } from '../../test/support/databases.js'
import { setPassword } from './administrator-store.js'

const quick = { memoryCost: 8, timeCost: 1, parallelism: 1 } as const
const elsewhere = '192.0.2.1'
const wrong = { kind: 'wrong' }
const right = { kind: 'right' }
const heldUp = { kind: 'held-up' }

eachDatabase('administrators who logged in before', (openDatabase) => {
  const made = async () => setUpAna(openAdministrators(await openDatabase()))

  /** Ana's account is held up for strangers. */
  async function attacked() {
    const stage = await made()
    const { administrators, database, administrator } = stage
    // Checking a password costs nothing here, so many tries are quick.
    await setPassword(database.query, administrator.id, await hash(ana.password, quick))
    for (let host = 0; host < 51; host += 1)
      await administrators.logIn({ ...ana, password: 'x' }, `198.51.100.${host}`)
    expect(await administrators.logIn(ana, elsewhere)).toMatchObject(heldUp)
    return stage
  }

  it('log in from an address of theirs while strangers guess', async () => {
    const { administrators, administrator, logins } = await attacked()
    await logins.begin(administrator, { address: '2001:db8:1:2::1', browser: '' })
    expect(await administrators.logIn(ana, address)).toMatchObject(right)
    expect(await administrators.logIn(ana, '2001:db8:1:2::9')).toMatchObject(right)
    expect(await administrators.logIn(ana, '2001:db8:1:3::9')).toMatchObject(heldUp)
  })

  it('log in with a browser of theirs while strangers guess', async () => {
    const { administrators, administrator } = await attacked()
    const mark = administrators.markFor(administrator)
    expect(await administrators.logIn(ana, elsewhere, mark)).toMatchObject(right)
    const others = administrators.markFor({ ...administrator, id: 'another' })
    expect(await administrators.logIn(ana, elsewhere, others)).toMatchObject(heldUp)
    const unknown = { ...ana, name: 'bia' }
    expect(await administrators.logIn(unknown, elsewhere, mark)).toEqual(wrong)
  })

  it('wait for their own failures, counted for each browser', async () => {
    const { administrators, administrator } = await attacked()
    const [one, two] = [1, 2].map(() => administrators.markFor(administrator))
    for (let count = 0; count < 5; count += 1)
      expect(await administrators.logIn({ ...ana, password: 'x' }, address, one)).toEqual(wrong)
    expect(await administrators.logIn(ana, address, one)).toMatchObject(heldUp)
    expect(await administrators.logIn(ana, address, two)).toMatchObject(right)
    for (let count = 0; count < 5; count += 1)
      expect(await administrators.logIn({ ...ana, password: 'x' }, address)).toEqual(wrong)
    expect(await administrators.logIn(ana, address)).toMatchObject(heldUp)
  })

  it('find a place while strangers keep the gateway busy', async () => {
    const { administrators, administrator } = await made()
    const strangers = Array.from({ length: 12 }, (_, host) =>
      administrators.logIn({ ...ana, password: 'x' }, `198.51.100.${host}`),
    )
    const known = Promise.all([
      administrators.logIn(ana, elsewhere, administrators.markFor(administrator)),
      administrators.logIn(ana, address, administrators.markFor(administrator)),
    ])
    await Promise.allSettled(strangers)
    expect(await known).toMatchObject([right, right])
  })

  it('answer an unknown name as they answer a known one, however often it is tried', async () => {
    const { administrators } = await made()
    const unknown = { ...ana, name: 'bia' }
    for (let count = 0; count < 5; count += 1)
      expect(await administrators.logIn(unknown, elsewhere)).toEqual(wrong)
    expect(await administrators.logIn(unknown, elsewhere)).toMatchObject(heldUp)
  })

  it('say what an address has to wait before its body is read, unless the browser is known', async () => {
    const { administrators, administrator } = await made()
    expect(await administrators.waitOf(elsewhere, undefined)).toBeUndefined()
    for (let name = 0; name < 21; name += 1)
      await administrators.logIn({ ...ana, name: `name-${name}` }, elsewhere)
    expect(await administrators.waitOf(elsewhere, undefined)).toBe(5)
    expect(await administrators.waitOf(elsewhere, 'no mark')).toBe(5)
    expect(await administrators.waitOf('192.0.2.2', undefined)).toBeUndefined()
    const mark = administrators.markFor(administrator)
    expect(await administrators.waitOf(elsewhere, mark)).toBeUndefined()
  })
})
