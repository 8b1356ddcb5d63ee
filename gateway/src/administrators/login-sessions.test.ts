import { expect, it } from 'vitest'
import { openAdministrators } from '../../test/support/administrators.js'
import { eachDatabase } from '../../test/support/databases.js'
import type { Database } from '../db/database.js'
import { add } from './administrator-store.js'
import { newsKinds } from '../db/signals.js'
import type { LoggedIn } from './login-sessions.js'

const hourMs = 3_600_000
const from = { address: '203.0.113.7', browser: 'Firefox' }

async function addAdministrator(database: Database, id: string): Promise<LoggedIn> {
  const secrets = { password_hash: 'x', totp_sealed: null, totp_last_step: null }
  await add(database.query, { id, name: id, ...secrets, created_at: 0 })
  return { id, name: id, role: 'administrator' }
}

eachDatabase('login sessions', (openDatabase) => {
  async function open() {
    const { database, clock, logins: sessions } = openAdministrators(await openDatabase())
    return { database, clock, sessions, ana: await addAdministrator(database, 'ana') }
  }

  it('finds a session by its token, and keeps the token nowhere', async () => {
    const { database, sessions, ana } = await open()
    const { token, session } = await sessions.begin(ana, from)
    expect(await sessions.find(token)).toEqual(session)
    expect(await sessions.find(session.id)).toBeUndefined()
    const rows = await database.query.selectFrom('login_session').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  it('ends after eight hours without a sight, and after seven days in any case', async () => {
    const { clock, sessions, ana } = await open()
    const idle = await sessions.begin(ana, from)
    const busy = await sessions.begin(ana, from)
    for (let hours = 0; hours < 7 * 24 - 1; hours += 1) {
      await clock.advance(hourMs)
      expect((await sessions.find(busy.token))?.id).toBe(busy.session.id)
    }
    expect(await sessions.find(idle.token)).toBeUndefined()
    expect(await sessions.list(ana.id)).toMatchObject([{ id: busy.session.id }])
    await clock.advance(hourMs)
    expect(await sessions.find(busy.token)).toBeUndefined()
    expect(await sessions.purge()).toBe(2)
  })

  it('is revoked only by its administrator, and tells the watchers', async () => {
    const { database, sessions, ana } = await open()
    const bia = await addAdministrator(database, 'bia')
    const [one, two] = [await sessions.begin(ana, from), await sessions.begin(ana, from)]
    const told: string[] = []
    const stop = sessions.onRevoked((ids) => told.push(...ids))
    expect(await sessions.revoke(bia, one.session.id, from.address)).toBe(false)
    expect(await sessions.revoke(ana, one.session.id, from.address)).toBe(true)
    expect(await sessions.revoke(ana, one.session.id, from.address)).toBe(false)
    expect(await sessions.find(one.token)).toBeUndefined()
    expect(told).toEqual([one.session.id])

    const three = await sessions.begin(ana, from)
    expect(await sessions.revokeOthers(ana, three.session.id, from.address)).toBe(1)
    expect(await sessions.find(two.token)).toBeUndefined()
    expect(await sessions.find(three.token)).toBeDefined()
    expect(told).toEqual([one.session.id, two.session.id])
    stop()
    await sessions.revoke(ana, three.session.id, from.address)
    expect(told).toHaveLength(2)
  })

  it('tells other nodes which logins are revoked, and hears it of them', async () => {
    const { database, sessions, ana } = await open()
    const carried: string[] = []
    database.signals.carryWith((kind, id) => void carried.push(`${kind} ${id}`))
    const told: string[] = []
    sessions.onRevoked((ids) => told.push(...ids))
    const { session } = await sessions.begin(ana, from)
    await sessions.revoke(ana, session.id, from.address)
    expect(carried).toContain(`login-ended ${session.id}`)
    for (const kind of newsKinds) database.signals.heard(kind, 'of another node')
    expect(told).toEqual([session.id, 'of another node'])
    expect(carried.filter((each) => each.startsWith('login-ended'))).toHaveLength(1)
  })

  it('keeps twenty an administrator, the ones seen last', async () => {
    const { clock, sessions, ana } = await open()
    const first = await sessions.begin(ana, from)
    for (let count = 0; count < 20; count += 1) {
      await clock.advance(1_000)
      await sessions.begin(ana, from)
    }
    expect(await sessions.list(ana.id)).toHaveLength(20)
    expect(await sessions.find(first.token)).toBeUndefined()
  })
})
