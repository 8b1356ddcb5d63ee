import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { expect, it } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { createVault } from '../db/encryption.js'
import { Administrators } from './administrators.js'

const address = '203.0.113.7'
const good = { name: 'Ana', password: 'correct horse battery' }

eachDatabase('administrators', (openDatabase) => {
  async function open() {
    const database = await openDatabase()
    const clock = new ManualClock()
    const vault = createVault(randomBytes(32))
    const administrators = new Administrators({ database, clock, vault })
    const again = () => new Administrators({ database, clock, vault })
    return { database, clock, administrators, again }
  }

  async function made() {
    const stage = await open()
    const code = await stage.administrators.open()
    const result = await stage.administrators.setUp(code ?? '', good, address)
    if (result.kind !== 'made') throw new Error(result.kind)
    return { ...stage, ana: result.administrator }
  }

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

  it('holds up whoever guesses, the right password too', async () => {
    const { administrators, clock } = await made()
    for (let count = 0; count < 5; count += 1)
      await administrators.logIn({ ...good, password: 'x' }, address)
    const heldUp = { kind: 'held-up', retryAfterSeconds: 5 }
    expect(await administrators.logIn(good, address)).toEqual(heldUp)
    expect(await administrators.logIn(good, '198.51.100.1')).toMatchObject({ kind: 'right' })
    await clock.advance(5_000)
    expect(await administrators.logIn(good, address)).toMatchObject({ kind: 'right' })
  })

  it('asks for a one-time code once it is enrolled, and takes each once', async () => {
    const { administrators, clock, ana, database } = await made()
    const { secret, uri } = administrators.offerSecondFactor(ana)
    expect(uri).toContain(`secret=${secret}`)
    const codeNow = () =>
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock.now() })
    const wish = { secret, password: good.password }
    const wrongCode = codeNow() === '000000' ? '000001' : '000000'
    expect(await administrators.enrol(ana.id, { ...wish, code: wrongCode }, address)).toEqual({
      kind: 'wrong',
    })
    expect(await administrators.logIn(good, address)).toMatchObject({ kind: 'right' })

    const enrolled = await administrators.enrol(ana.id, { ...wish, code: codeNow() }, address)
    if (enrolled.kind !== 'right') throw new Error(enrolled.kind)
    expect(enrolled.recoveryCodes).toHaveLength(10)
    const [row] = await database.query.selectFrom('administrator').selectAll().execute()
    expect(Buffer.from(row?.totp_sealed ?? []).toString('latin1')).not.toContain(secret)

    expect(await administrators.logIn(good, address)).toEqual({ kind: 'code-needed' })
    // The code that enrolled is used up.
    const withCode = (code: string) => administrators.logIn({ ...good, code }, address)
    expect(await withCode(codeNow())).toEqual({ kind: 'wrong' })
    await clock.advance(30_000)
    expect(await withCode(codeNow())).toMatchObject({ kind: 'right' })
    expect(await withCode(codeNow())).toEqual({ kind: 'wrong' })
    await clock.advance(3_600_000)
    const [recovery = ''] = enrolled.recoveryCodes
    expect(await withCode(recovery.toUpperCase())).toMatchObject({ kind: 'right' })
    expect(await withCode(recovery)).toEqual({ kind: 'wrong' })
    expect(await administrators.recoveryCodesLeft(ana.id)).toBe(9)
  })

  it('lets the second factor go for the password, with its recovery codes', async () => {
    const { administrators, clock, ana } = await made()
    const { secret } = administrators.offerSecondFactor(ana)
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({
      timestamp: clock.now(),
    })
    await administrators.enrol(ana.id, { secret, code, password: good.password }, address)
    expect(await administrators.dropSecondFactor(ana.id, 'x', address)).toEqual({ kind: 'wrong' })
    expect(await administrators.dropSecondFactor(ana.id, good.password, address)).toEqual({
      kind: 'right',
    })
    expect(await administrators.recoveryCodesLeft(ana.id)).toBe(0)
    expect(await administrators.logIn(good, address)).toMatchObject({ kind: 'right' })
  })

  it('changes the password for the old one', async () => {
    const { administrators, ana } = await made()
    const change = { old: 'x', new: 'another long password' }
    expect(await administrators.changePassword(ana.id, change, address)).toEqual({ kind: 'wrong' })
    const right = { ...change, old: good.password }
    expect(await administrators.changePassword(ana.id, right, address)).toEqual({ kind: 'right' })
    expect(await administrators.logIn(good, address)).toEqual({ kind: 'wrong' })
    const changed = { ...good, password: change.new }
    expect(await administrators.logIn(changed, address)).toMatchObject({ kind: 'right' })
  })
})
