/**
 * Makes the fixture of a released schema: a database as this version leaves it
 * when it dies in the middle of a send, as SQL. Run it once for each release:
 *
 *   node --import tsx gateway/tool/schema-fixture.ts gateway/test/fixtures/schema-0006 postgres://…
 *
 * The URL names an empty PostgreSQL database; `pg_dump` of the same version has to
 * be on the path. `gateway/test/architecture/upgrades.test.ts` upgrades every fixture.
 */

import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import type { Database } from '../src/db/database.js'
import { createVault } from '../src/db/encryption.js'
import { checkMasterKey } from '../src/db/master-key.js'
import { type DatabaseLocation, openDatabase } from '../src/db/open-database.js'
import type { Value } from '../src/db/tables.js'
import { KnownPeople } from '../src/directory/known-people.js'
import { chatOf } from '../src/domain/chat.js'
import { Instances } from '../src/instances/instances.js'
import { Restrictions } from '../src/outbox/limits/restrictions.js'
import { Outbox } from '../src/outbox/outbox.js'
import { noMembers } from '../src/outbox/queue/moves.js'
import { Sender } from '../src/outbox/queue/sender.js'
import { systemClock } from '../src/runtime/clock.js'
import { silentLog } from '../src/runtime/telemetry.js'
import { AnswerSecretStore } from '../src/sessions/answer-secret-store.js'
import { CredentialStore } from '../src/sessions/credential-store.js'
import { RegistrationStore } from '../src/sessions/registration-store.js'
import { ResendStore } from '../src/sessions/resend-store.js'
import { Webhooks } from '../src/webhooks/webhooks.js'
import type { SendingHolds } from '../src/outbox/limits/sending-holds.js'
import { queueForecast } from '../test/support/queue-forecast.js'
import { keepsNothing, sessionThatSends } from '../test/support/prepared-message.js'
import { sendingHolds } from '../test/support/sending-holds.js'
import { renderCallback } from '../src/zapi/callbacks.js'

const recipient = { kind: 'person', phone: '5511999990002' } as const
/** Longer than a login code, so that it waits for as long as it takes. */
const codeOf = (n: number): string => `0002012636-upgrade-${n}`

const [target, postgresUrl] = process.argv.slice(2)
if (target === undefined || postgresUrl === undefined)
  throw new Error('the folder of the fixture and the URL of an empty PostgreSQL are needed')
await mkdir(target, { recursive: true })
await make('sqlite', target)
await make('postgres', target, postgresUrl)
// The sends that hang would keep the process.
process.exit(0)

async function make(dialect: 'sqlite' | 'postgres', folder: string, url?: string): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'recado-fixture-'))
  const location: DatabaseLocation = url === undefined ? { dataDir } : { url }
  const database = await openDatabase(location)
  const known = await fill(database)
  const text = url === undefined ? await dumpSqlite(database) : await dumpPostgres(url)
  await writeFile(join(folder, `${dialect}.sql`), text)
  const facts = { ...known, migrations: await hashesOfMigrations() }
  await writeFile(join(folder, `${dialect}.json`), `${JSON.stringify(facts, undefined, 2)}\n`)
  await rm(dataDir, { recursive: true })
}

/** Gives what the test has to find again. */
async function fill(database: Database): Promise<object> {
  const masterKey = randomBytes(32)
  const vault = createVault(masterKey)
  await checkMasterKey(database, vault)
  const common = { database, vault, clock: systemClock, log: silentLog }
  const webhooks = new Webhooks({
    ...common,
    settings: { settingsOf: (id, transaction) => instances.settingsOf(id, transaction) },
    selfOf: () => ({ phone: '5511988880001' }),
    render: (event) =>
      renderCallback(event, (mediaId) => `https://recado.example/media/${mediaId}`),
    wake() {},
  })
  const instances: Instances = new Instances({ ...common, endpoints: webhooks })
  const { instance, token } = await instances.create({ name: 'Padaria "São João"' })
  const { id } = instance
  await instances.updateSettings(id, { notifySentByMe: true })
  const url = 'https://callbacks.example/hook'
  await webhooks.setEndpoint(id, ['message.sent', 'message.received'], url)

  await new CredentialStore(common).save(id, {
    identity: Buffer.from('the identity'),
    keys: [{ type: 'session', id: '1.0', value: Buffer.from('a ratchet') }],
  })
  await new RegistrationStore(common).remember(id, recipient.phone, '551199990002')
  const keepUntil = systemClock.now() + 72 * 3_600_000
  await new ResendStore(common).keep(id, '3EB0AA', Buffer.from('a copy'), keepUntil)
  await new AnswerSecretStore(common).keep(
    id,
    '3EB0BB',
    Buffer.from('a secret'),
    90 * 24 * 3_600_000,
  )

  const people = new KnownPeople(common)
  const restrictions = new Restrictions({ ...common, people, ownPhone: () => undefined })
  const holds = sendingHolds({ ...common, restrictions })
  const messages = await fillOutbox(
    { ...common, people, restrictions, holds, settings: instances, events: webhooks },
    id,
  )
  return {
    takenAt: systemClock.now(),
    masterKey: masterKey.toString('base64'),
    instanceId: id,
    token,
    codes: { sent: codeOf(1), sending: codeOf(2), waiting: codeOf(3) },
    ...messages,
  }
}

/** One message that was sent, one that is being sent, one that waits. */
async function fillOutbox(
  common: Omit<ConstructorParameters<typeof Outbox>[0], 'queue'> & { readonly holds: SendingHolds },
  id: Parameters<Outbox['accept']>[0],
): Promise<object> {
  const outbox = new Outbox({
    ...common,
    queue: {
      isOpen: () => true,
      accepted() {},
      done() {},
      forecast: queueForecast({ ...common, isOpen: () => true }),
      lookAgain() {},
    },
  })
  const accept = (n: number) =>
    outbox.accept(
      id,
      {
        recipient,
        content: { kind: 'otp-button', text: 'PIX', code: codeOf(n), buttonText: 'Copiar' },
      },
      { idempotencyKey: `key ${n}` },
    )
  const sent = await accept(1)
  const sending = await accept(2)
  const waiting = await accept(3)

  let sends = 0
  await new Promise<void>((resolve, reject) => {
    const sender = new Sender({
      members: noMembers,
      ...common,
      random: () => 0,
      media: { prepare: () => Promise.reject(new Error('no image was sent')) },
      pacing: async () => ({ minGapMs: 0, maxGapMs: 0 }),
      keeping: keepsNothing,
      session: sessionThatSends(() => {
        sends += 1
        if (sends === 1) return { kind: 'sent', at: systemClock.now(), chat: chatOf(recipient) }
        resolve()
        return new Promise(() => {})
      }),
    })
    sender.start().catch(reject)
  })
  return {
    sent: { id: sent.id, whatsappId: sent.whatsappId },
    sending: { id: sending.id, whatsappId: sending.whatsappId },
    waiting: { id: waiting.id, whatsappId: waiting.whatsappId },
  }
}

async function dumpSqlite(database: Database): Promise<string> {
  const { query } = database
  const { rows: parts } = await sql<{ name: string; type: string; sql: string }>`
    select name, type, sql from sqlite_master where sql is not null and name not like 'sqlite_%'
    order by type desc, rowid`.execute(query)
  const lines = parts.map((part) => `${part.sql};`)
  for (const { name } of parts.filter(({ type }) => type === 'table')) {
    const { rows } = await sql<Record<string, Value>>`select * from ${sql.table(name)}`.execute(
      query,
    )
    for (const row of rows) {
      const columns = Object.keys(row).map((column) => `"${column}"`)
      lines.push(
        `INSERT INTO "${name}" (${columns.join(', ')}) VALUES (${Object.values(row).map(literal).join(', ')});`,
      )
    }
  }
  return `${lines.join('\n')}\n`
}

function literal(value: Value): string {
  if (value instanceof Uint8Array) return `X'${Buffer.from(value).toString('hex')}'`
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  return value === null ? 'NULL' : String(value)
}

async function dumpPostgres(url: string): Promise<string> {
  const { stdout } = await promisify(execFile)('pg_dump', [
    '--no-owner',
    '--no-privileges',
    '--no-comments',
    '--column-inserts',
    url,
  ])
  // Comments, empty lines, and what only psql understands.
  const lines = stdout.split('\n').filter((line) => !/^(?:--|\\|\s*$)/u.test(line))
  return `${lines.join('\n')}\n`
}

async function hashesOfMigrations(): Promise<object> {
  const place = new URL('../src/db/migrations/', import.meta.url)
  const names = (await readdir(place)).filter((name) => /^\d{4}-/u.test(name)).toSorted()
  const hashes = names.map(async (name) => [
    name,
    createHash('sha256')
      .update(await readFile(new URL(name, place)))
      .digest('hex'),
  ])
  return Object.fromEntries(await Promise.all(hashes))
}
