import { expect, it } from 'vitest'
import { address, ana, openAdministrators, setUpAna } from '../../test/support/administrators.js'
import { oneTimeCode } from '../../test/support/console-stage.js'
import { eachDatabase } from '../../test/support/databases.js'

const wrong = { kind: 'wrong' }
const { password } = ana

eachDatabase('the second factor of administrators', (openDatabase) => {
  async function made() {
    const stage = await setUpAna(openAdministrators(await openDatabase()))
    const { secret, uri } = stage.administrators.offerSecondFactor(stage.administrator)
    const codeNow = () => oneTimeCode(secret, stage.clock.now())
    const wrongCode = () => (codeNow() === '000000' ? '000001' : '000000')
    const logIn = (code?: string) => stage.administrators.logIn({ ...ana, code }, address)
    return { ...stage, secret, uri, codeNow, wrongCode, logIn }
  }

  async function enrolled() {
    const stage = await made()
    const wish = { secret: stage.secret, password, code: stage.codeNow() }
    const result = await stage.administrators.enrol(stage.login, wish)
    if (result.kind !== 'right') throw new Error(result.kind)
    await stage.clock.advance(30_000)
    return { ...stage, recoveryCodes: result.recoveryCodes }
  }

  it('is asked for once it is enrolled, and each code is taken once', async () => {
    const { administrators, clock, login, database, ...stage } = await made()
    expect(stage.uri).toContain(`secret=${stage.secret}`)
    const wish = { secret: stage.secret, password }
    expect(await administrators.enrol(login, { ...wish, code: stage.wrongCode() })).toEqual(wrong)
    expect(await stage.logIn()).toMatchObject({ kind: 'right' })

    const result = await administrators.enrol(login, { ...wish, code: stage.codeNow() })
    if (result.kind !== 'right') throw new Error(result.kind)
    expect(result.recoveryCodes).toHaveLength(10)
    const [row] = await database.query.selectFrom('administrator').selectAll().execute()
    expect(Buffer.from(row?.totp_sealed ?? []).toString('latin1')).not.toContain(stage.secret)

    expect(await stage.logIn()).toEqual({ kind: 'code-needed' })
    // The code that enrolled is used up.
    expect(await stage.logIn(stage.codeNow())).toEqual(wrong)
    await clock.advance(30_000)
    expect(await stage.logIn(stage.codeNow())).toMatchObject({ kind: 'right' })
    expect(await stage.logIn(stage.codeNow())).toEqual(wrong)
    await clock.advance(3_600_000)
    const [recovery = ''] = result.recoveryCodes
    expect(await stage.logIn(recovery.toUpperCase())).toMatchObject({ kind: 'right' })
    expect(await stage.logIn(recovery)).toEqual(wrong)
    expect(await administrators.recoveryCodesLeft(login.id)).toBe(9)
  })

  it('ends every other login when it is switched on or off', async () => {
    const { administrators, administrator, logins, login, token, clock, ...stage } = await made()
    const from = { address: '198.51.100.9', browser: '' }
    const byPasswordAlone = await logins.begin(administrator, from)
    const wish = { secret: stage.secret, password, code: stage.codeNow() }
    expect(await administrators.enrol(login, wish)).toMatchObject({ kind: 'right' })
    expect(await logins.find(byPasswordAlone.token)).toBeUndefined()
    expect(await logins.find(token)).toBeDefined()

    const another = await logins.begin(administrator, from)
    await clock.advance(30_000)
    const proof = { password, code: stage.codeNow() }
    expect(await administrators.dropSecondFactor(login, proof)).toEqual({ kind: 'right' })
    expect(await logins.find(another.token)).toBeUndefined()
    expect(await logins.find(token)).toBeDefined()
  })

  it('is switched off by its code with the password, and with it its recovery codes', async () => {
    const { administrators, login, ...stage } = await enrolled()
    const drop = (proof: { password: string; code: string }) =>
      administrators.dropSecondFactor(login, proof)
    expect(await drop({ password, code: '' })).toEqual(wrong)
    expect(await drop({ password, code: stage.wrongCode() })).toEqual(wrong)
    expect(await drop({ password: 'x', code: stage.codeNow() })).toEqual(wrong)
    expect(await drop({ password, code: stage.codeNow() })).toEqual({ kind: 'right' })
    expect(await administrators.recoveryCodesLeft(login.id)).toBe(0)
    expect(await stage.logIn()).toMatchObject({ kind: 'right' })
  })

  it('is switched off by a recovery code, too', async () => {
    const { administrators, login, recoveryCodes } = await enrolled()
    const proof = { password, code: recoveryCodes[0] ?? '' }
    expect(await administrators.dropSecondFactor(login, proof)).toEqual({ kind: 'right' })
  })

  it('is not replaced by another one while it is on', async () => {
    const { administrators, administrator, login, clock, ...stage } = await enrolled()
    const { secret } = administrators.offerSecondFactor(administrator)
    const wish = { secret, password, code: oneTimeCode(secret, clock.now()) }
    expect(await administrators.enrol(login, wish)).toEqual({ kind: 'on-already' })
    expect(await stage.logIn(oneTimeCode(secret, clock.now()))).toEqual(wrong)
    expect(await stage.logIn(stage.codeNow())).toMatchObject({ kind: 'right' })
  })

  it('is guessed five times and no more, however often the right password comes in between', async () => {
    const { logIn, wrongCode, clock, codeNow } = await enrolled()
    const kinds: string[] = []
    for (let round = 0; round < 10; round += 1) {
      await logIn()
      kinds.push((await logIn(wrongCode())).kind)
    }
    expect(kinds).toEqual([...Array(5).fill('wrong'), ...Array(5).fill('held-up')])
    await clock.advance(5_000)
    expect(await logIn(codeNow())).toMatchObject({ kind: 'right' })
  })

  it('is guessed no more often by who is asked for the password again', async () => {
    const { administrators, login, logIn, wrongCode } = await enrolled()
    const change = { old: password, new: 'another long password' }
    for (let round = 0; round < 5; round += 1) {
      expect(await logIn(wrongCode())).toEqual(wrong)
      if (round < 4) await administrators.changePassword(login, { ...change, new: password })
    }
    expect(await logIn(wrongCode())).toMatchObject({ kind: 'held-up' })
    expect(await administrators.changePassword(login, change)).toMatchObject({ kind: 'held-up' })
  })

  it('counts no failure when its code is asked for, so an ordinary login is never held up', async () => {
    const { logIn, codeNow, clock } = await enrolled()
    for (let round = 0; round < 30; round += 1) {
      expect(await logIn()).toEqual({ kind: 'code-needed' })
      expect(await logIn(codeNow())).toMatchObject({ kind: 'right' })
      await clock.advance(30_000)
    }
  })
})
