/** The stores of the directory over one database. */

import type { Database } from '../../src/db/database.js'
import { type Retention, sameForAll } from '../../src/db/retention.js'
import { createVault } from '../../src/db/encryption.js'
import { Directory } from '../../src/directory/directory.js'
import { KeptMessages } from '../../src/directory/kept-messages.js'
import { KnownPeople } from '../../src/directory/known-people.js'
import type { IncomingMessage } from '../../src/domain/incoming-message.js'
import { silentLog } from '../../src/runtime/telemetry.js'
import { ManualClock } from './manual-clock.js'
import { whatsappIdOf } from './outgoing-message.js'

export interface DirectoryStage {
  readonly clock: ManualClock
  readonly people: KnownPeople
  readonly directory: Directory
  readonly kept: KeptMessages
}

export function directoryOn(
  database: Database,
  {
    keepMs,
    clock = new ManualClock(1_000),
    retention = sameForAll(keepMs),
  }: { keepMs?: number; clock?: ManualClock; retention?: Retention<number | undefined> } = {},
): DirectoryStage {
  const vault = createVault(new Uint8Array(32).fill(7))
  const people = new KnownPeople({
    database,
    clock,
    joined: (instanceId, pairs, transaction) => directory.join(instanceId, pairs, transaction),
  })
  const directory: Directory = new Directory({
    database,
    vault,
    clock,
    people,
    retention,
    log: silentLog,
  })
  const kept = new KeptMessages({
    database,
    vault,
    clock,
    people,
    retention: sameForAll(30 * 86_400_000),
  })
  return { clock, people, directory, kept }
}

const bia = { phone: '5511777777777', lid: '164354629388413' }

export function saidIn(change: Partial<IncomingMessage>): IncomingMessage {
  return {
    whatsappId: whatsappIdOf('3EB0A'),
    chat: { kind: 'person', ...bia },
    sender: bia,
    fromMe: false,
    at: 500,
    forwarded: false,
    content: { kind: 'text', text: 'oi' },
    original: { bytes: Buffer.from('oi') },
    ...change,
  }
}
