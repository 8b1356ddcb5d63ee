import { expect, it } from 'vitest'
import {
  address,
  ana as good,
  openAdministrators,
  setUpAna,
} from '../../test/support/administrators.js'
import { eachDatabase } from '../../test/support/databases.js'

eachDatabase('administrators', (openDatabase) => {
  const open = async () => openAdministrators(await openDatabase())
  const made = async () => setUpAna(await open())

  it('makes the first administrator for the setup code alone, and once', async () => {
    const { administrators, again } = await open()
    const code = (await administrators.open()) ?? ''
    expect(code).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/u)
    expect(await administrators.setUp('aaaaa-aaaaa', good, address)).toEqual({ kind: 'wrong' })
    expect(await administrators.setUp('', good, address)).toEqual({ kind: 'wrong' })
    expect(await administrators.exist()).toBe(false)

    const typed = code.toUpperCase().replaceAll('-', ' ')
    expect(await administrators.setUp(typed, good, address)).toMatchObject({
      kind: 'made',
      administrator: { name: 'ana', hasSecondFactor: false },
    })
    expect(await administrators.setUp(code, good, address)).toEqual({ kind: 'too-late' })
    expect(await again().open()).toBeUndefined()
  })

  it('makes one of two that come at once with the same code', async () => {
    const { administrators } = await open()
    const code = (await administrators.open()) ?? ''
    const results = await Promise.all(
      ['ana', 'bia'].map((name) => administrators.setUp(code, { ...good, name }, address)),
    )
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['made', 'too-late'])
  })

  it('keeps no password', async () => {
    const { database } = await made()
    const rows = await database.query.selectFrom('administrator').selectAll().execute()
    expect(JSON.stringify(rows)).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
    expect(JSON.stringify(rows)).not.toContain(good.password)
  })

  it('answers the same to a wrong name and a wrong password', async () => {
    const { administrators } = await made()
    expect(await administrators.logIn(good, address)).toMatchObject({ kind: 'right' })
    expect(await administrators.logIn({ ...good, name: ' ANA ' }, address)).toMatchObject({
      kind: 'right',
    })
    const wrong = { kind: 'wrong' }
    expect(await administrators.logIn({ ...good, password: 'x' }, address)).toEqual(wrong)
    expect(await administrators.logIn({ ...good, name: 'bia' }, address)).toEqual(wrong)
  })

  it('delays a person who guesses, even with the right password', async () => {
    const { administrators, clock } = await made()
    for (let count = 0; count < 5; count += 1)
      await administrators.logIn({ ...good, password: 'x' }, address)
    const heldUp = { kind: 'held-up', retryAfterSeconds: 5 }
    expect(await administrators.logIn(good, address)).toEqual(heldUp)
    expect(await administrators.logIn(good, '198.51.100.1')).toMatchObject({ kind: 'right' })
    await clock.advance(5_000)
    expect(await administrators.logIn(good, address)).toMatchObject({ kind: 'right' })
  })

  it('changes the password for the old one', async () => {
    const { administrators, login } = await made()
    const change = { old: 'x', new: 'another long password' }
    expect(await administrators.changePassword(login, change)).toEqual({ kind: 'wrong' })
    const right = { ...change, old: good.password }
    expect(await administrators.changePassword(login, right)).toEqual({ kind: 'right' })
    expect(await administrators.logIn(good, address)).toEqual({ kind: 'wrong' })
    const changed = { ...good, password: change.new }
    expect(await administrators.logIn(changed, address)).toMatchObject({ kind: 'right' })
  })
})
