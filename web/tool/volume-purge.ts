/**
 * How long the first purge of 100,000 messages, 100,000 callbacks and 100,000 kept messages takes that are all too old,
 * and how long it holds the event loop at a time: `npx tsx web/tool/volume-purge.ts` on SQLite, `… URL` on an empty PostgreSQL.
 */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createVault, type Vault } from '../../gateway/src/db/encryption.js'
import type { Database } from '../../gateway/src/db/database.js'
import { openMasterKey } from '../../gateway/src/db/master-key.js'
import { openDatabase } from '../../gateway/src/db/open-database.js'
import { sameForAll } from '../../gateway/src/db/retention.js'
import { KeptMessages } from '../../gateway/src/directory/kept-messages.js'
import { KnownPeople } from '../../gateway/src/directory/known-people.js'
import type { InstanceId } from '../../gateway/src/domain/instance.js'
import { DoneMessages } from '../../gateway/src/outbox/history/done-messages.js'
import { silentLog } from '../../gateway/src/runtime/telemetry.js'
import { purgeEnded } from '../../gateway/src/webhooks/delivery-store.js'
import { keptText } from '../../gateway/test/support/kept-text.js'
import { whatsappIdOf } from '../../gateway/test/support/outgoing-message.js'
import { fillVolume } from './volume.js'

const messages = 100_000
const dayMs = 86_400_000

const url = process.argv[2]
const dataDir = await mkdtemp(join(tmpdir(), 'recado-volume-purge-'))
try {
  await using database = await openDatabase(url === undefined ? { dataDir } : { url })
  const { key } = await openMasterKey({ configured: undefined, dataDir })
  const vault = createVault(key)
  const now = Date.now()
  const made = await fillVolume(database, vault, {
    instances: 50,
    messages,
    now: now - 61 * dayMs,
  })
  const instance = made[0]
  if (instance === undefined) throw new Error('no instance was made')
  const kept = keptOf(database, vault, now)
  await fillKept(database, kept, instance.id, now - 61 * dayMs)
  const done = new DoneMessages({ database, clock: { now: () => now } })
  await told('messages', () => done.purge())
  await told('callbacks', async () => {
    await purgeEnded(database.query, 'done', now)
    await purgeEnded(database.query, 'dead', now)
  })
  await told('kept messages', () => kept.purge())
} finally {
  await rm(dataDir, { recursive: true, force: true })
}

function keptOf(database: Database, vault: Vault, now: number): KeptMessages {
  const ports = { database, vault, clock: { now: () => now }, log: silentLog }
  return new KeptMessages({
    ...ports,
    people: new KnownPeople(ports),
    retention: sameForAll(30 * dayMs),
  })
}

async function fillKept(
  database: Database,
  kept: KeptMessages,
  id: InstanceId,
  at: number,
): Promise<void> {
  for (let from = 0; from < messages; from += 2_000)
    await database.transaction(async ({ query }) => {
      for (let one = from; one < from + 2_000; one += 1) {
        const phone = String(5_511_980_000_000 + (one % 5_000))
        const said = keptText(whatsappIdOf(`3EB0${String(one).padStart(18, '0')}`), at, {
          chat: { kind: 'person', phone },
          author: { phone },
          fromMe: false,
          text: `Oi ${one}`,
        })
        await kept.keep(id, said, query)
      }
    })
  await database.query
    .updateTable('kept_message')
    .set((row) => ({ keep_until: row('keep_until', '-', 61 * dayMs) }))
    .execute()
}

async function told(what: string, purge: () => Promise<unknown>): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  // It measures from turn to turn, and notes a delay once the loop turns.
  await turns()
  const begin = performance.now()
  await purge()
  const tookMs = performance.now() - begin
  await turns()
  delay.disable()
  const worstMs = delay.max / 1e6
  process.stdout.write(
    `${what}: ${tookMs.toFixed(0)} ms, event loop held for ${worstMs.toFixed(0)} ms at most\n`,
  )
}

function turns(): Promise<void> {
  return new Promise((turned) => setTimeout(turned, 20))
}
