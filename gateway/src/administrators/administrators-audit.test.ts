import { expect, it } from 'vitest'
import { address, ana, openAdministrators, setUpAna } from '../../test/support/administrators.js'
import { oneTimeCode } from '../../test/support/console-stage.js'
import { eachDatabase } from '../../test/support/databases.js'
import { add, findById } from './administrator-store.js'

const { password } = ana
const visitor = (name?: string) => ({ role: 'visitor', name, address })
const administrator = { role: 'administrator', name: 'ana', address }
const refused = (detail: string, name?: string) => ({
  act: 'login-refused',
  by: visitor(name),
  detail,
})

eachDatabase('the audit of administrators', (openDatabase) => {
  async function made() {
    const stage = await setUpAna(openAdministrators(await openDatabase()))
    const offered = stage.administrators.offerSecondFactor(stage.administrator)
    const codeNow = () => oneTimeCode(offered.secret, stage.clock.now())
    /** What was recorded since the setup, the oldest first. */
    const recorded = async () =>
      (await stage.audit.list({ limit: 99 }))
        .toReversed()
        .slice(2)
        .map(({ act, by, detail }) => ({ act, by, detail }))
    const enrol = async () => {
      const wish = { secret: offered.secret, password, code: codeNow() }
      expect(await stage.administrators.enrol(stage.login, wish)).toMatchObject({ kind: 'right' })
      await stage.clock.advance(30_000)
    }
    return { ...stage, codeNow, recorded, enrol }
  }

  it('holds who was made an administrator, and each login', async () => {
    const { audit } = await made()
    expect((await audit.list({ limit: 9 })).toReversed()).toMatchObject([
      { act: 'administrator-made', by: visitor('ana') },
      { act: 'logged-in', by: administrator },
    ])
  })

  it('holds each refused login with its cause, and the name only where it exists', async () => {
    const { administrators, recorded, enrol, login } = await made()
    await enrol()
    await administrators.logIn({ name: 'typed password', password }, address)
    await administrators.logIn({ ...ana, password: 'x' }, address)
    await administrators.logIn({ ...ana, code: 'x' }, address)
    await administrators.changePassword(login, { old: 'x', new: password })
    await administrators.dropSecondFactor(login, { password, code: 'x' })
    expect((await recorded()).slice(1)).toEqual([
      refused('unknown name'),
      refused('wrong password', 'ana'),
      refused('wrong one-time code', 'ana'),
      refused('wrong password, asked again', 'ana'),
      refused('wrong one-time code, asked again', 'ana'),
    ])
  })

  it('holds each change of what a login needs, and how many logins it ended', async () => {
    const { administrators, logins, recorded, enrol, codeNow, ...stage } = await made()
    await enrol()
    await logins.begin(stage.administrator, { address, browser: '' })
    await administrators.dropSecondFactor(stage.login, { password, code: codeNow() })
    await administrators.changePassword(stage.login, { old: password, new: password })
    const by = administrator
    expect(await recorded()).toEqual([
      { act: 'second-factor-on', by, detail: undefined },
      { act: 'logged-in', by, detail: undefined },
      { act: 'second-factor-off', by, detail: '1 other logins ended' },
      { act: 'password-changed', by, detail: undefined },
    ])
  })

  it('holds each logout', async () => {
    const { logins, recorded, login, ...stage } = await made()
    const { session } = await logins.begin(stage.administrator, { address, browser: '' })
    await logins.revokeOthers(stage.administrator, login.sessionId, address)
    await logins.revoke(stage.administrator, session.id, address)
    await logins.revoke(stage.administrator, login.sessionId, address)
    expect((await recorded()).slice(1)).toEqual([
      { act: 'logins-ended', by: administrator, detail: '1 logins' },
      { act: 'logged-out', by: administrator, detail: undefined },
    ])
  })

  it('changes nothing for an administrator who was removed meanwhile', async () => {
    const { administrators, login, recorded } = await made()
    const removed = { ...login, id: 'removed' }
    expect(await administrators.find('removed')).toBeUndefined()
    const change = { old: password, new: 'another long password' }
    expect(await administrators.changePassword(removed, change)).toEqual({ kind: 'wrong' })
    expect(await recorded()).toMatchObject([{ act: 'login-refused', by: visitor() }])
  })

  it('tells whether the second factor is on, and opens its secret in its own place only', async () => {
    const {
      administrators,
      administrator: { id },
      database,
      enrol,
      codeNow,
    } = await made()
    const found = { id, name: 'ana', role: 'administrator' }
    expect(await administrators.find(id)).toEqual({ ...found, hasSecondFactor: false })
    await enrol()
    expect(await administrators.find(id)).toMatchObject({ id, hasSecondFactor: true })
    const row = await findById(database.query, id)
    if (row === undefined) throw new Error('ana is gone')
    await add(database.query, { ...row, id: 'bia', name: 'bia' })
    const copied = administrators.logIn({ ...ana, name: 'bia', code: codeNow() }, address)
    await expect(copied).rejects.toThrow('does not open')
  })
})
