/**
 * An upgrade loses nothing: each schema that was ever released, with rows that
 * its own release wrote, is brought up to date and goes on where it stopped.
 *
 * The fixtures come from `gateway/tool/schema-fixture.ts`, run in the tree of that
 * release; it died in the middle of a send.
 */

import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Client } from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createVault } from '../../src/db/encryption.js'
import { checkMasterKey } from '../../src/db/master-key.js'
import { type DatabaseLocation, lastMigration, openDatabase } from '../../src/db/open-database.js'
import { sqliteFileName } from '../../src/db/sqlite.js'
import { Sqlite } from '../../src/db/sqlite-library.js'
import { KnownPeople } from '../../src/directory/known-people.js'
import { chatOf } from '../../src/domain/chat.js'
import type { InstanceId } from '../../src/domain/instance.js'
import { Instances } from '../../src/instances/instances.js'
import { MessageHistories } from '../../src/outbox/history/message-history.js'
import { Outbox, type QueuePort } from '../../src/outbox/outbox.js'
import { Restrictions } from '../../src/outbox/limits/restrictions.js'
import { noMembers } from '../../src/outbox/queue/moves.js'
import { Sender } from '../../src/outbox/queue/sender.js'
import { type Clock, systemClock } from '../../src/runtime/clock.js'
import { createGuardedFetch } from '../../src/runtime/guarded-fetch.js'
import { silentLog } from '../../src/runtime/telemetry.js'
import { AnswerSecretStore } from '../../src/sessions/answer-secret-store.js'
import { CredentialStore } from '../../src/sessions/credential-store.js'
import { RegistrationStore } from '../../src/sessions/registration-store.js'
import { ResendStore } from '../../src/sessions/resend-store.js'
import { Courier } from '../../src/webhooks/courier.js'
import { Webhooks } from '../../src/webhooks/webhooks.js'
import { temporaryPostgres } from '../support/databases.js'
import { EndpointServer } from '../support/endpoint-server.js'
import { keepsNothing, sessionThatSends } from '../support/prepared-message.js'
import { sendingHolds } from '../support/sending-holds.js'

const fixtures = resolve(import.meta.dirname, '../fixtures')
const migrations = resolve(import.meta.dirname, '../../src/db/migrations')
const releases = (await readdir(fixtures)).filter((name) => name.startsWith('schema-'))

interface Ids {
  readonly id: string
  readonly whatsappId: string
}

/** What its release put into a fixture. */
interface Facts {
  readonly takenAt: number
  readonly masterKey: string
  readonly instanceId: InstanceId
  readonly token: string
  readonly codes: Readonly<Record<'sent' | 'sending' | 'waiting', string>>
  readonly sent: Ids
  readonly sending: Ids
  readonly waiting: Ids
  /** SHA-256 of each migration of the release, by file name. */
  readonly migrations: Readonly<Record<string, string>>
}

type Dialect = 'sqlite' | 'postgres'

async function factsOf(release: string, dialect: Dialect): Promise<Facts> {
  return JSON.parse(await readFile(join(fixtures, release, `${dialect}.json`), 'utf8'))
}

async function restore(release: string, dialect: Dialect): Promise<DatabaseLocation> {
  const text = await readFile(join(fixtures, release, `${dialect}.sql`), 'utf8')
  if (dialect === 'postgres') {
    const url = await temporaryPostgres()
    const client = new Client({ connectionString: url })
    await client.connect()
    await client.query(text)
    await client.end()
    return { url }
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'recado-upgrade-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const file = new Sqlite(join(dataDir, sqliteFileName))
  file.exec(text)
  file.close()
  return { dataDir }
}

/** The time at which the release died, and from there on faster: what may have left is sent again after seconds. */
function clockFrom(takenAt: number): Clock {
  const startedAt = Date.now()
  const faster = 20
  return {
    now: () => takenAt + (Date.now() - startedAt) * faster,
    sleep: (ms, signal) => systemClock.sleep(ms / faster, signal),
  }
}

test('there is a fixture of each release', () => {
  expect(releases).toEqual(
    expect.arrayContaining(['schema-0001', 'schema-0006', 'schema-0014', 'schema-0016']),
  )
})

test.each(releases)('no migration of %s was changed since', async (release) => {
  for (const dialect of ['sqlite', 'postgres'] as const) {
    const { migrations: released } = await factsOf(release, dialect)
    const now = Object.keys(released).map(async (name) => {
      const text = await readFile(join(migrations, name))
      return [name, createHash('sha256').update(text).digest('hex')]
    })
    expect(Object.fromEntries(await Promise.all(now))).toEqual(released)
  }
})

describe.each(
  releases.flatMap(
    (release) =>
      [
        [release, 'sqlite'],
        [release, 'postgres'],
      ] as const,
  ),
)('%s on %s', (release, dialect) => {
  test('is upgraded, readable, sends what waited once and tells what is owed', async () => {
    const facts = await factsOf(release, dialect)
    const { instanceId } = facts
    await using database = await openDatabase(await restore(release, dialect))
    const names = (await readdir(migrations)).filter((name) => /^\d{4}-/u.test(name))
    expect(`${await lastMigration(database.query)}.ts`).toBe(names.toSorted().at(-1))

    const vault = createVault(Buffer.from(facts.masterKey, 'base64'))
    await checkMasterKey(database, vault)
    const clock = clockFrom(facts.takenAt)
    const common = { database, vault, clock, log: silentLog, random: () => 0 }
    await using endpoint = await EndpointServer.start()
    const webhooks = new Webhooks({
      ...common,
      settings: { settingsOf: (id, transaction) => instances.settingsOf(id, transaction) },
      selfOf: () => ({ phone: '5511988880001' }),
      render: (event) =>
        event.kind === 'message.sent' ? { type: 'new', zaapId: event.messageId } : undefined,
      wake: (lane, id) => courier.wake(lane, id),
    })
    const instances: Instances = new Instances({ ...common, endpoints: webhooks })
    const loopback = createGuardedFetch({ allowedNetworks: ['127.0.0.0/8'] })
    await using courier: Courier = new Courier({
      maskAnswer: (answer) => answer,
      ...common,
      fetch: (_url, init) => loopback(endpoint.url(), init),
      tokens: instances,
      version: '1.2.3',
    })

    const instance = await instances.authenticate(instanceId, facts.token)
    expect(instance).toMatchObject({ name: 'Padaria "São João"', id: instanceId })
    expect(instance?.settings).toMatchObject({ notifySentByMe: true })
    await checkSessions(common, facts)

    const people = new KnownPeople(common)
    const restrictions = new Restrictions({ ...common, people, ownPhone: () => undefined })
    const holds = sendingHolds({ ...common, restrictions })
    const sent: string[][] = []
    const queue: QueuePort = {
      isOpen: () => true,
      accepted() {},
      done() {},
      forecast: (id, query) => sender.forecast(id, query),
      lookAgain() {},
    }
    await using sender: Sender = new Sender({
      members: noMembers,
      ...common,
      restrictions,
      holds,
      events: webhooks,
      media: { prepare: () => Promise.reject(new Error('no image was sent')) },
      pacing: async () => ({ minGapMs: 0, maxGapMs: 0 }),
      keeping: keepsNothing,
      session: sessionThatSends(({ whatsappId, content, recipient }) => {
        sent.push([whatsappId, content.kind === 'otp-button' ? content.code : content.kind])
        return { kind: 'sent', at: clock.now(), chat: chatOf(recipient) }
      }),
    })
    courier.start()
    await sender.start()
    const told = (id: string) => endpoint.hits.some(({ body }) => body['zaapId'] === id)
    for (let hits = 1; !told(facts.waiting.id); hits += 1) await endpoint.hit(hits)

    expect(sent).toEqual([
      [facts.sending.whatsappId, facts.codes.sending],
      [facts.waiting.whatsappId, facts.codes.waiting],
    ])
    // What the release owed is told in the bytes that it rendered.
    expect(endpoint.hits[0]?.body).toMatchObject({
      type: 'DeliveryCallback',
      zaapId: facts.sent.id,
      messageId: facts.sent.whatsappId,
    })
    expect(endpoint.hits[0]?.headers['z-api-token']).toBe(facts.token)
    const histories = new MessageHistories(common)
    for (const { id } of [facts.sent, facts.sending, facts.waiting])
      expect(await histories.find(instanceId, id)).toMatchObject({ status: 'sent' })

    const settings = instances
    const outbox = new Outbox({
      ...common,
      people,
      restrictions,
      holds,
      events: webhooks,
      queue,
      settings,
    })
    const { codes, waiting } = facts
    const content = { kind: 'otp-button', text: 'PIX', code: codes.waiting, buttonText: 'Copiar' }
    const again = await outbox.accept(
      instanceId,
      {
        recipient: { kind: 'person', phone: '5511999990002' },
        content: content as Parameters<typeof outbox.accept>[1]['content'],
      },
      { idempotencyKey: 'key 3' },
    )
    const knowsKeys = Object.keys(facts.migrations).some((name) => name.includes('idempotency'))
    expect(again.id === waiting.id).toBe(knowsKeys)
  })
})

const textOf = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString()

/** What the linked device needs to go on. */
async function checkSessions(
  common: ConstructorParameters<typeof ResendStore>[0],
  { instanceId, migrations: released }: Facts,
): Promise<void> {
  const credentials = new CredentialStore(common)
  expect(textOf(await credentials.loadIdentity(instanceId))).toBe('the identity')
  const keys = await credentials.loadKeys(instanceId, 'session', ['1.0'])
  expect(textOf(keys.get('1.0'))).toBe('a ratchet')
  expect(textOf(await new ResendStore(common).find(instanceId, '3EB0AA'))).toBe('a copy')
  const registrations = new RegistrationStore(common)
  expect(await registrations.find(instanceId, '5511999990002')).toMatchObject({
    registeredPhone: '551199990002',
  })
  const kept = await new AnswerSecretStore(common).find(instanceId, '3EB0BB')
  const knowsSecrets = '0008-incoming-media.ts' in released
  expect(textOf(kept)).toBe(knowsSecrets ? 'a secret' : undefined)
}
