import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { noEndpoints } from '../../test/support/stored-instance.js'
import type { Database } from '../db/database.js'
import { createVault } from '../db/encryption.js'
import type { Actor } from '../domain/audit.js'
import { ConfiguredCallersError, ConfiguredTokenError } from '../domain/errors.js'
import { newInstanceId } from '../runtime/ids.js'
import { silentLog } from '../runtime/telemetry.js'
import { AccessTokens } from './access-tokens.js'
import { AllowedCallers } from './allowed-callers.js'
import { AuditLog } from './audit-log.js'
import { InstanceAccess } from './instance-access.js'
import { InstanceLife, keepCancelledMs } from './instance-life.js'
import { Instances } from './instances.js'
import { Proxies } from './proxies.js'

const vault = createVault(randomBytes(32))
const hourMs = 3_600_000
const dayMs = 24 * hourMs
const partner: Actor = { role: 'partner', address: '203.0.113.7' }
const operator: Actor = { role: 'operator', address: '127.0.0.1' }

function roomsOf(database: Database) {
  const clock = new ManualClock()
  const common = { database, vault, clock }
  return {
    clock,
    tokens: new AccessTokens(common),
    instances: new Instances({ ...common, endpoints: noEndpoints }),
    access: new InstanceAccess(common),
    life: new InstanceLife(common),
    audit: new AuditLog(common),
  }
}

const acts = async (audit: AuditLog) => (await audit.list({ limit: 100 })).map(({ act }) => act)

eachDatabase('rotation', (open) => {
  test('of a gateway token lets both in until the overlap ends, after a restart too', async () => {
    const { tokens, clock } = roomsOf(await open())
    const { client: first = '' } = await tokens.open()
    const second = await tokens.rotate('client', dayMs, operator)
    expect(second.previousUntil).toBe(clock.now() + dayMs)

    const later = roomsOf(await open.again())
    await later.tokens.open()
    await later.clock.advance(dayMs - 1)
    for (const token of [first, second.token])
      expect(later.tokens.accepts('client', token)).toBe(true)
    await later.clock.advance(1)
    expect(later.tokens.accepts('client', first)).toBe(false)
    expect(later.tokens.accepts('client', second.token)).toBe(true)
  })

  test('without an overlap, or twice, ends what was before at once', async () => {
    const { tokens } = roomsOf(await open())
    const { partner: first = '' } = await tokens.open()
    const second = await tokens.rotate('partner', 0, operator)
    expect(second.previousUntil).toBeUndefined()
    expect(tokens.accepts('partner', first)).toBe(false)
    const third = await tokens.rotate('partner', dayMs, operator)
    const fourth = await tokens.rotate('partner', dayMs, operator)
    const accepted = [second, third, fourth].map(({ token }) => tokens.accepts('partner', token))
    expect(accepted).toEqual([false, true, true])
  })

  test('of a configured token is refused, and names the cure', async () => {
    const database = await open()
    const tokens = new AccessTokens({ database, clock: new ManualClock(), client: 'mine' })
    await tokens.open()
    await expect(tokens.rotate('client', dayMs, operator)).rejects.toThrow(ConfiguredTokenError)
    await expect(tokens.rotate('client', 0, operator)).rejects.toThrow('RECADO_CLIENT_TOKEN')
    expect(tokens.accepts('client', 'mine')).toBe(true)
    expect(await acts(new AuditLog({ database, clock: new ManualClock() }))).toEqual([])
  })

  test("of an instance's token lets both in until the overlap ends", async () => {
    const { instances, access, clock } = roomsOf(await open())
    const { instance, token } = await instances.create({ name: 'Loja' })
    const other = await instances.create({ name: 'Outra' })
    const made = await access.rotateToken(instance.id, hourMs, partner)
    expect(await instances.tokenOf(instance.id)).toBe(made.token)
    for (const each of [token, made.token])
      expect((await instances.authenticate(instance.id, each))?.id).toBe(instance.id)
    expect(await instances.authenticate(other.instance.id, made.token)).toBeUndefined()
    expect(await instances.authenticate(other.instance.id, other.token)).toBeDefined()
    await clock.advance(hourMs)
    expect(await instances.authenticate(instance.id, token)).toBeUndefined()
    await access.rotateToken(instance.id, 0, partner)
    expect(await instances.authenticate(instance.id, made.token)).toBeUndefined()
  })

  test('of a signing secret gives a new one each time, and both until the overlap ends', async () => {
    const { instances, access, clock } = roomsOf(await open())
    const { id } = (await instances.create({ name: 'Loja' })).instance
    const first = await instances.signingSecretOf(id)
    const { secret } = await access.rotateSigningSecret(id, hourMs, partner)
    expect(await instances.signingSecretsOf(id)).toEqual([secret, first])
    expect(await instances.signingSecretOf(id)).toBe(secret)
    await clock.advance(hourMs)
    expect(await instances.signingSecretsOf(id)).toEqual([secret])
    const third = await access.rotateSigningSecret(id, 0, partner)
    expect(await instances.signingSecretsOf(id)).toEqual([third.secret])
    expect(new Set([first, secret, third.secret]).size).toBe(3)
  })

  test('of what does not exist leaves no trace', async () => {
    const { access, audit } = roomsOf(await open())
    await expect(access.rotateToken(newInstanceId(), 0, partner)).rejects.toThrow('no result')
    await expect(access.setAllowedCallers(newInstanceId(), [], partner)).rejects.toThrow(
      'no result',
    )
    expect(await acts(audit)).toEqual([])
  })
})

eachDatabase('allowed callers', (open) => {
  test('are kept, and what is configured counts alone', async () => {
    const database = await open()
    const clock = new ManualClock()
    const callers = new AllowedCallers({ database, clock, configured: [] })
    await callers.open()
    expect(callers.admits('203.0.113.9')).toBe(true)
    await callers.set(['198.51.100.0/24'], operator)
    await callers.set(['192.0.2.0/24'], operator)
    expect(
      ['203.0.113.9', '192.0.2.1', '198.51.100.1'].map((each) => callers.admits(each)),
    ).toEqual([false, true, false])
    const again = new AllowedCallers({ database, clock, configured: [] })
    await again.open()
    expect(again.networks).toEqual(['192.0.2.0/24'])

    const configured = new AllowedCallers({ database, clock, configured: ['203.0.113.9'] })
    await configured.open()
    expect([configured.admits('203.0.113.9'), configured.admits('192.0.2.1')]).toEqual([
      true,
      false,
    ])
    await expect(configured.set([], operator)).rejects.toThrow(ConfiguredCallersError)
  })

  test('of an instance come with it', async () => {
    const { instances, access } = roomsOf(await open())
    const { instance } = await instances.create({ name: 'Loja' })
    expect(instance.allowedCallers).toBeUndefined()
    await access.setAllowedCallers(instance.id, ['192.0.2.7'], partner)
    expect((await instances.find(instance.id))?.allowedCallers).toEqual(['192.0.2.7'])
    await access.setAllowedCallers(instance.id, [], partner)
    expect(await instances.find(instance.id)).toEqual(instance)
  })
})

eachDatabase('the end of an instance', (open) => {
  test('can be taken back for 15 days', async () => {
    const { instances, life, clock } = roomsOf(await open())
    const { id } = (await instances.create({ name: 'Loja' })).instance
    expect(await life.cancel(id, partner)).toBe(true)
    expect((await instances.find(id))?.cancelledAt).toBe(clock.now())
    const at = clock.now()
    await clock.advance(keepCancelledMs - 1)
    // A repetition must not restart the time.
    expect(await life.cancel(id, partner)).toBe(false)
    expect((await instances.find(id))?.cancelledAt).toBe(at)
    expect(await life.overdue()).toEqual([])
    await clock.advance(1)
    expect(await life.overdue()).toEqual([id])
    expect(await life.resume(id, partner)).toBe(true)
    expect(await life.resume(id, partner)).toBe(false)
    expect(await life.overdue()).toEqual([])
    expect((await instances.find(id))?.cancelledAt).toBeUndefined()
  })

  test('deletes all its rows, none of other instances, and not the audit log', async () => {
    const database = await open()
    const { instances, life, audit } = roomsOf(database)
    const { id } = (await instances.create({ name: 'Loja', by: partner })).instance
    const other = (await instances.create({ name: 'Outra', by: partner })).instance
    for (const instance_id of [id, other.id]) {
      const identity = { instance_id, value_sealed: Buffer.from('x') }
      await database.query.insertInto('credential').values(identity).execute()
      const endpoint = { instance_id, event_kind: 'message.sent', url: 'https://example.com/' }
      await database.query.insertInto('callback_endpoint').values(endpoint).execute()
    }
    await life.delete(id, partner)
    await life.delete(id, partner)
    expect((await instances.list()).map((each) => each.id)).toEqual([other.id])
    for (const table of ['credential', 'callback_endpoint'] as const) {
      const rows = await database.query.selectFrom(table).select('instance_id').execute()
      expect(rows).toEqual([{ instance_id: other.id }])
    }
    expect(await acts(audit)).toEqual(['instance-deleted', 'instance-created', 'instance-created'])
  })
})

eachDatabase('a proxy', (open) => {
  test('is tried out, sealed, and given back; nothing changes when it cannot be reached', async () => {
    const database = await open()
    const clock = new ManualClock()
    const { instances, audit } = roomsOf(database)
    const { id } = (await instances.create({ name: 'Loja' })).instance
    const told: unknown[] = []
    const reconnected: string[] = []
    let failure: Error | undefined
    const proxies = new Proxies({
      database,
      vault,
      clock,
      log: silentLog,
      events: { publish: async (event) => void told.push(event) },
      async tryOut() {
        if (failure !== undefined) throw failure
      },
      reconnect: (each) => void reconnected.push(each),
    })
    const url = 'socks5://me:s3cret@proxy.example.com:1080'
    await proxies.setProxy(id, url, partner)
    await proxies.setProxy(id, url, partner)
    expect([await proxies.proxyOf(id), reconnected]).toEqual([url, [id]])
    const row = await database.query.selectFrom('instance').selectAll().executeTakeFirstOrThrow()
    expect(Buffer.from(row.proxy_sealed ?? []).includes('s3cret')).toBe(false)

    await proxies.givenUp(id)
    expect(told).toEqual([
      {
        kind: 'instance.proxy-failed',
        instanceId: id,
        occurredAt: clock.now(),
        proxy: 'socks5://proxy.example.com:1080',
      },
    ])

    failure = new Error('away')
    await expect(proxies.setProxy(id, 'http://other.example.com', partner)).rejects.toThrow('away')
    expect(await proxies.proxyOf(id)).toBe(url)
    await proxies.setProxy(id, undefined, partner)
    await proxies.givenUp(id)
    expect([await proxies.proxyOf(id), told.length]).toEqual([undefined, 1])
    expect(JSON.stringify(await audit.list({ limit: 9 }))).not.toContain('s3cret')
  })
})

eachDatabase('the audit log', (open) => {
  test('is read page by page, by instance and by time, and forgets after a year', async () => {
    const { audit, clock } = roomsOf(await open())
    const [one, other] = [newInstanceId(), newInstanceId()]
    for (const instanceId of [one, other, one]) {
      await audit.record({ act: 'callbacks-changed', by: partner, instanceId, detail: 'x' })
      await clock.advance(dayMs)
    }
    const [last, ...rest] = await audit.list({ limit: 1 })
    expect(rest).toEqual([])
    expect(last).toMatchObject({ act: 'callbacks-changed', by: partner, instanceId: one })
    const older = await audit.list({ limit: 9, before: last?.sequence })
    expect(older.map(({ instanceId }) => instanceId)).toEqual([other, one])
    expect(await audit.list({ limit: 9, instanceId: other })).toHaveLength(1)
    expect(await audit.list({ limit: 9, since: clock.now() - 2 * dayMs })).toHaveLength(2)
    await clock.advance(364 * dayMs)
    expect(await audit.purge()).toBe(1)
    expect(await audit.list({ limit: 9 })).toHaveLength(2)
  })

  test('holds nothing of an act that failed', async () => {
    const database = await open()
    const { audit } = roomsOf(database)
    const failing = database.transaction(async (transaction) => {
      await audit.record({ act: 'instance-deleted', by: partner }, transaction)
      throw new Error('and back')
    })
    await expect(failing).rejects.toThrow('and back')
    expect(await acts(audit)).toEqual([])
  })
})
