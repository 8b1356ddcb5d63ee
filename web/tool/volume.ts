/**
 * Fills a database with what an operator of many numbers has: instances, messages and callbacks.
 *
 * `npx tsx web/tool/volume.ts DATA_DIR` fills the SQLite database of a directory, `… DATA_DIR URL` a PostgreSQL. For looking at pages and for measuring: no gateway may run on it.
 */

import { randomBytes } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import type { Insertable } from 'kysely'
import type { Database } from '../../gateway/src/db/database.js'
import { createVault, type Vault } from '../../gateway/src/db/encryption.js'
import { openMasterKey } from '../../gateway/src/db/master-key.js'
import { openDatabase } from '../../gateway/src/db/open-database.js'
import type { Schema } from '../../gateway/src/db/schema.js'
import { chatOf, conversationKey } from '../../gateway/src/domain/chat.js'
import type { MessageId } from '../../gateway/src/domain/message-id.js'
import type { InstanceId } from '../../gateway/src/domain/instance.js'
import { Instances } from '../../gateway/src/instances/instances.js'
import { sealContent } from '../../gateway/src/outbox/message-row.js'
import { systemClock } from '../../gateway/src/runtime/clock.js'
import { newMessageId, newWhatsappId } from '../../gateway/src/runtime/ids.js'

export interface Volume {
  readonly instances: number
  readonly messages: number
  /** The newest message is of this moment; the oldest of 30 days earlier. */
  readonly now: number
}

const dayMs = 86_400_000
const spanMs = 30 * dayMs
const batch = 500
/** The first of the numbers with a trouble: restricted, banned, not linked, with a dead receiver. */
export const troublesAt = 3
const unlinkedAt = troublesAt + 2

const cities = ['São Paulo', 'Recife', 'Curitiba', 'Manaus', 'Belém', 'Natal', 'Santos', 'Olinda']
const uses = ['Loja', 'Clínica', 'Escola', 'Banco', 'Hotel', 'Mercado', 'Farmácia']

/** What became of a message, how often of 1,000, and why. */
const endings = [
  { of: 620, status: 'read' },
  { of: 250, status: 'delivered' },
  { of: 70, status: 'sent' },
  {
    of: 18,
    status: 'failed',
    failure: 'no-such-recipient',
    says: 'This number is not on WhatsApp.',
  },
  {
    of: 12,
    status: 'failed',
    failure: 'refused',
    says: 'WhatsApp refused the message (code 473).',
  },
  {
    of: 8,
    status: 'failed',
    failure: 'restricted',
    says: 'WhatsApp does not let this number start new conversations (code 463).',
  },
  {
    of: 4,
    status: 'failed',
    failure: 'image-failed',
    says: 'The image could not be fetched (404).',
  },
  { of: 14, status: 'expired', failure: 'expired', says: 'The code expired before it was sent.' },
  { of: 4, status: 'cancelled', failure: 'cancelled', says: 'It was deleted from the queue.' },
] as const

const kinds = [
  'otp-button',
  'otp-button',
  'otp-button',
  'text',
  'text',
  'image',
  'document',
  'poll',
]

/** @returns the instances with their tokens */
export async function fillVolume(
  database: Database,
  vault: Vault,
  { instances: count, messages, now }: Volume,
): Promise<readonly { readonly id: InstanceId; readonly token: string }[]> {
  const made = await makeInstances(database, vault, count)
  const ids = made.map(({ id }) => id)
  const stepMs = spanMs / messages
  for (let from = 0; from < messages; from += batch * 10)
    await database.transaction(async ({ query }) => {
      for (let at = from; at < Math.min(from + batch * 10, messages); at += batch) {
        const numbers = Array.from({ length: Math.min(batch, messages - at) }, (_, one) => at + one)
        const rows = numbers.map((one) => messageRow(ids, one, now - spanMs + stepMs * (one + 1)))
        await query.insertInto('message').values(rows).execute()
        const deliveries = rows.map((row, index) => deliveryRow(row, at + index))
        await query.insertInto('delivery').values(deliveries).execute()
      }
    })
  await waitingMessages(database, vault, ids, now)
  await makeTroubles(database, ids, now)
  return made
}

async function makeInstances(database: Database, vault: Vault, count: number) {
  const endpoints = { setEndpoints: async () => undefined }
  const instances = new Instances({ database, vault, clock: systemClock, endpoints })
  const made: { readonly id: InstanceId; readonly token: string }[] = []
  for (let at = 0; at < count; at += 1) {
    const name = `${uses[at % uses.length]} ${cities[at % cities.length]} ${at + 1}`
    const { instance, token } = await instances.create({ name })
    made.push({ id: instance.id, token })
    const url = `https://example.com/whatsapp/${at + 1}`
    const kindsTold = [
      'message.sent',
      'message.failed',
      'message.status-changed',
      'message.received',
    ]
    await database.query
      .insertInto('callback_endpoint')
      .values(
        kindsTold.map((event_kind) => ({
          instance_id: instance.id,
          event_kind,
          url,
          disabled_at: null,
        })),
      )
      .execute()
  }
  return made
}

interface MessageInsert extends Insertable<Schema['message']> {
  readonly id: MessageId
  readonly instance_id: InstanceId
}

/** The same number gives the same message but for its ids. */
function messageRow(ids: readonly InstanceId[], at: number, moment: number): MessageInsert {
  const acceptedAt = Math.round(moment)
  const instanceId = ids[(at * 7) % ids.length] ?? ids[0]
  if (instanceId === undefined) throw new Error('a volume needs an instance')
  const ending = endingOf((at * 379) % 1_000)
  const wasSent = ['read', 'delivered', 'sent'].includes(ending.status)
  const sentAt = acceptedAt + 1_200 + ((at * 31) % 9_000)
  const recipient = { kind: 'person', phone: phoneOf(at) } as const
  return {
    id: newMessageId(),
    instance_id: instanceId,
    whatsapp_id: newWhatsappId(),
    recipient: JSON.stringify(recipient),
    chat_key: conversationKey(chatOf(recipient)),
    priority: at % 10 === 0 ? 0 : at % 3 === 0 ? 2 : 1,
    kind: kinds[at % kinds.length] ?? 'text',
    has_file: 0,
    content_sealed: null,
    status: ending.status,
    accepted_at: acceptedAt,
    expires_at: acceptedAt + 600_000,
    typing_ms: 0,
    attempts: 1,
    sent_at: wasSent ? sentAt : null,
    delivered_at: ['read', 'delivered'].includes(ending.status) ? sentAt + 2_000 : null,
    read_at: ending.status === 'read' ? sentAt + 40_000 : null,
    failure: 'failure' in ending ? ending.failure : null,
    explanation: 'says' in ending ? ending.says : null,
    ended_at: 'failure' in ending ? acceptedAt + 600_000 : null,
    sends: JSON.stringify([{ claimedAt: sentAt - 200, endedAt: sentAt, outcome: 'sent' }]),
  }
}

function endingOf(place: number): (typeof endings)[number] {
  let rest = place
  for (const ending of endings) {
    if (rest < ending.of) return ending
    rest -= ending.of
  }
  return endings[0]
}

const phoneOf = (at: number): string => `55119${String(80_000_000 + ((at * 7_919) % 9_999_991))}`

function deliveryRow(message: MessageInsert, at: number): Insertable<Schema['delivery']> {
  const isDead = at % 400 === 0
  return {
    id: `msg_${randomBytes(12).toString('hex')}`,
    instance_id: message.instance_id,
    event_kind: message.failure === null ? 'message.sent' : 'message.failed',
    message_id: message.id,
    whatsapp_id: message.whatsapp_id,
    chat: JSON.stringify({ kind: 'person', phone: phoneOf(at) }),
    url: 'https://example.com/whatsapp/1',
    lane: `${message.instance_id} ${message.chat_key}`,
    body_sealed: null,
    status: isDead ? 'dead' : 'done',
    attempts: isDead ? 10 : 1,
    next_attempt_at: message.accepted_at,
    last_error: isDead ? '500' : null,
    created_at: message.accepted_at,
    ended_at: message.accepted_at + 400,
  }
}

/** 200 that wait, with their codes, and 800 more of a number that is not linked. */
async function waitingMessages(
  database: Database,
  vault: Vault,
  ids: readonly InstanceId[],
  now: number,
): Promise<void> {
  const rows = Array.from({ length: 1_000 }, (_, at): MessageInsert => {
    const of = at < 200 ? ids : ids.slice(unlinkedAt, unlinkedAt + 1)
    const row = messageRow(of, at * 13 + 1, now - 120_000 + at * 100)
    const code = String(100_000 + ((at * 7_919) % 900_000))
    const content = {
      kind: 'otp-button',
      text: `Seu código é ${code}`,
      code,
      buttonText: 'Copiar',
    } as const
    const place = { id: row.id, instanceId: row.instance_id }
    return {
      ...row,
      kind: 'otp-button',
      status: 'queued',
      content_sealed: sealContent(vault, place, content),
      expires_at: now + dayMs,
      sent_at: null,
      delivered_at: null,
      read_at: null,
      failure: null,
      explanation: null,
      ended_at: null,
      attempts: 0,
      sends: null,
    }
  })
  for (let at = 0; at < rows.length; at += batch)
    await database.query
      .insertInto('message')
      .values(rows.slice(at, at + batch))
      .execute()
}

/** Numbers that need a person: banned, restricted, unlinked, with a dead receiver. */
async function makeTroubles(
  database: Database,
  ids: readonly InstanceId[],
  now: number,
): Promise<void> {
  const [restricted, banned, unlinked, gone] = ids.slice(troublesAt)
  if (
    restricted === undefined ||
    banned === undefined ||
    unlinked === undefined ||
    gone === undefined
  )
    return
  const { query } = database
  await query
    .insertInto('restriction')
    .values({ instance_id: restricted, until: now + 5 * 3_600_000 })
    .execute()
  await query
    .insertInto('disconnection')
    .values([
      { instance_id: banned, reason: 'banned', since: now - 3_600_000 },
      { instance_id: unlinked, reason: 'logged-out', since: now - 7_200_000 },
    ])
    .execute()
  await query
    .updateTable('callback_endpoint')
    .set({ disabled_at: now - 1_800_000 })
    .where('instance_id', '=', gone)
    .execute()
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , dataDir, url] = process.argv
  if (dataDir === undefined) throw new Error('name the directory of the data')
  await using database = await openDatabase(url === undefined ? { dataDir } : { url })
  const { key } = await openMasterKey({ configured: undefined, dataDir })
  const made = await fillVolume(database, createVault(key), {
    instances: 50,
    messages: 100_000,
    now: Date.now(),
  })
  process.stdout.write(`${made.length} instances\n`)
}
