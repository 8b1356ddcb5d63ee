/**
 * (f) What one message costs in a database with ten times the rows: the rooms themselves on
 * SQLite, without WhatsApp and the door, whose cost does not depend on rows.
 */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { KnownPeople } from '../gateway/src/directory/known-people.js'
import { chatOf } from '../gateway/src/domain/chat.js'
import type { InstanceId } from '../gateway/src/domain/instance.js'
import { Outbox, type QueuePort } from '../gateway/src/outbox/outbox.js'
import { Restrictions } from '../gateway/src/outbox/limits/restrictions.js'
import { noMembers } from '../gateway/src/outbox/queue/moves.js'
import { Sender } from '../gateway/src/outbox/queue/sender.js'
import { systemClock } from '../gateway/src/runtime/clock.js'
import { silentLog } from '../gateway/src/runtime/telemetry.js'
import { Courier } from '../gateway/src/webhooks/courier.js'
import { Webhooks } from '../gateway/src/webhooks/webhooks.js'
import { keepsNothing, sessionThatSends } from '../gateway/test/support/prepared-message.js'
import { sendingHolds } from '../gateway/test/support/sending-holds.js'
import { fillStore, type Store } from './stored.js'
import type { Comparison } from './table.js'

const fewRows = 3_000
const messagesARun = 300

type Step = 'accept' | 'send' | 'callbacks'
type Costs = Readonly<Record<Step, number>>

export async function measureGrowth({
  runs,
}: {
  readonly runs: number
}): Promise<readonly Comparison[]> {
  const directory = await mkdtemp(join(tmpdir(), 'recado-bench-'))
  try {
    return await fillStore(join(directory, 'few'), (few) =>
      fillStore(join(directory, 'many'), (many) => compare(few, many, runs)),
    )
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

async function compare(few: Store, many: Store, runs: number): Promise<readonly Comparison[]> {
  const inFew = await withRows(few, fewRows)
  const inMany = await withRows(many, fewRows * 10)
  // What is compiled on the way of the first ones is not what we ask about.
  for (const [store, id] of [
    [few, inFew],
    [many, inMany],
  ] as const)
    await costsOf(store, id)
  const ours: Costs[] = []
  const bare: Costs[] = []
  for (let run = 0; run < runs; run += 1) {
    if (run % 2 === 0) bare.push(await costsOf(few, inFew))
    ours.push(await costsOf(many, inMany))
    if (run % 2 === 1) bare.push(await costsOf(few, inFew))
  }
  return (['accept', 'send', 'callbacks'] as const).map((step) => ({
    name: `${step}, ${fewRows * 10} rows against ${fewRows}`,
    unit: 'ms CPU a message',
    ours: ours.map((costs) => costs[step]),
    bare: bare.map((costs) => costs[step]),
    goal: { better: 'less', ratio: 1.2 },
  }))
}

/** An instance that has sent, and told of, so many messages. */
async function withRows({ database, instances }: Store, count: number): Promise<InstanceId> {
  const { instance } = await instances.create({ name: 'growth' })
  const { id } = instance
  const now = Date.now()
  const numbers = sql`with recursive n(x) as (select 1 union all select x + 1 from n where x < ${count})`
  await sql`
    insert into message (id, instance_id, whatsapp_id, recipient, status, accepted_at, typing_ms, attempts, sent_at)
    ${numbers} select hex(randomblob(16)), ${id}, hex(randomblob(11)), '{"kind":"person","phone":"5511"}',
      'delivered', ${now} - x, 0, 1, ${now} - x from n`.execute(database.query)
  await sql`
    insert into delivery (id, instance_id, event_kind, url, lane, status, attempts, next_attempt_at, created_at, ended_at)
    ${numbers} select hex(randomblob(16)), ${id}, 'message.sent', 'http://127.0.0.1/', 'lane ' || (x % 50),
      'done', 1, ${now} - x, ${now} - x, ${now} - x from n`.execute(database.query)
  await sql`
    insert into contact (instance_id, person_hash, last_at)
    ${numbers} select ${id}, hex(randomblob(16)), ${now} from n`.execute(database.query)
  await sql`
    insert into callback_endpoint (instance_id, event_kind, url)
    values (${id}, 'message.sent', 'http://127.0.0.1/')`.execute(database.query)
  return id
}

async function costsOf(store: Store, instanceId: InstanceId): Promise<Costs> {
  const people = new KnownPeople({ database: store.database, clock: systemClock })
  const ports = { ...store, people, clock: systemClock, random: Math.random, log: silentLog }
  let isOpen = false
  const restrictions = new Restrictions({ ...ports, ownPhone: () => undefined })
  const holds = sendingHolds({ ...ports, restrictions })
  const webhooks = new Webhooks({
    ...ports,
    settings: store.instances,
    selfOf: () => ({}),
    render: (event) => ({ kind: event.kind }),
    wake: () => {},
  })
  await using sender = new Sender({
    members: noMembers,
    ...ports,
    restrictions,
    holds,
    events: webhooks,
    pacing: async () => ({ minGapMs: 0, maxGapMs: 0 }),
    media: { prepare: () => Promise.reject(new Error('there are no images')) },
    keeping: keepsNothing,
    session: sessionThatSends(
      ({ recipient }) => ({ kind: 'sent', at: Date.now(), chat: chatOf(recipient) }),
      () => isOpen,
    ),
  })
  const queue: QueuePort = {
    isOpen: () => isOpen,
    accepted: (id, place) => sender.accepted(id, place),
    done: (message) => sender.done(message),
    forecast: (id, query) => sender.forecast(id, query),
    lookAgain: (id) => sender.lookAgain(id),
  }
  const outbox = new Outbox({
    ...ports,
    restrictions,
    holds,
    events: webhooks,
    settings: store.instances,
    queue,
  })
  await sender.start()

  const accept = await cpuOf(async () => {
    await Promise.all(
      Array.from({ length: messagesARun }, (_, index) => acceptOne(outbox, instanceId, index)),
    )
  })
  const isLeft = () => countOf(store, sql`message where status in ('queued', 'sending', 'unknown')`)
  const send = await cpuOf(async () => {
    isOpen = true
    sender.sessionOpened(instanceId)
    while ((await isLeft()) > 0) await delay(20)
  })
  await using courier = new Courier({
    maskAnswer: (answer) => answer,
    ...ports,
    version: 'bench',
    fetch: async () => ({ status: 200, headers: {}, body: Buffer.alloc(0), truncated: false }),
    tokens: store.instances,
  })
  const isOwed = () => countOf(store, sql`delivery where status = 'pending'`)
  const callbacks = await cpuOf(async () => {
    courier.start()
    while ((await isOwed()) > 0) await delay(20)
  })
  return { accept, send, callbacks }
}

function acceptOne(outbox: Outbox, instanceId: InstanceId, index: number): Promise<unknown> {
  return outbox.accept(instanceId, {
    recipient: { kind: 'person', phone: `55119${90_000_000 + (index % 50)}` },
    content: { kind: 'otp-button', text: 'Seu código', code: '845201', buttonText: 'Copiar' },
  })
}

async function countOf({ database }: Store, rows: ReturnType<typeof sql>): Promise<number> {
  const counted = await sql<{ count: number }>`select count(*) as count from ${rows}`.execute(
    database.query,
  )
  return counted.rows[0]?.count ?? 0
}

/** In milliseconds a message. */
async function cpuOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000 / messagesARun
}
