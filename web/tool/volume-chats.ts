/** Fills the chats of one number: what the tab Chats and its conversation show. */

import type { Database } from '../../gateway/src/db/database.js'
import type { Vault } from '../../gateway/src/db/encryption.js'
import { sameForAll } from '../../gateway/src/db/retention.js'
import { Directory } from '../../gateway/src/directory/directory.js'
import { KeptMessages } from '../../gateway/src/directory/kept-messages.js'
import { KnownPeople } from '../../gateway/src/directory/known-people.js'
import type { InstanceId } from '../../gateway/src/domain/instance.js'
import { systemClock } from '../../gateway/src/runtime/clock.js'
import { silentLog } from '../../gateway/src/runtime/telemetry.js'
import { keptText } from '../../gateway/test/support/kept-text.js'
import { whatsappIdOf } from '../../gateway/test/support/outgoing-message.js'

const chats = 2_000
const lines = 300
const minuteMs = 60_000
const dayMs = 86_400_000

const people = ['Maria', 'João', 'Ana Beatriz', 'Condomínio Edifício Flor do Campo', 'Zé']

const says = [
  'Oi, meu pedido ainda não chegou.',
  'Bom dia! Vou verificar com a transportadora e já retorno.',
  'Obrigada! Fico no aguardo.',
  'O código de rastreio é https://example.com/rastreio/BR845201998877665544332211?origem=whatsapp',
]

export const firstChat = '5511980000000'

const phoneOf = (at: number): string => String(Number(firstChat) + at)

/** 2,000 chats, and 300 messages in the newest of them. */
export async function fillChats(
  { database, vault }: { readonly database: Database; readonly vault: Vault },
  instanceId: InstanceId,
  now: number,
): Promise<void> {
  const ports = { database, vault, clock: systemClock, log: silentLog }
  const known = new KnownPeople(ports)
  await using directory = new Directory({
    ...ports,
    people: known,
    retention: sameForAll(undefined),
  })
  const kept = new KeptMessages({ ...ports, people: known, retention: sameForAll(30 * dayMs) })
  const facts = Array.from({ length: chats }, (_, at) => ({
    kind: 'chat' as const,
    chat: { kind: 'person' as const, phone: phoneOf(at) },
    facts: {
      ...(at % 4 === 3 ? {} : { name: `${people[at % people.length]} ${at + 1}` }),
      lastMessageAt: now - at * 7 * minuteMs,
    },
  }))
  await directory.take(instanceId, facts)
  await database.transaction(async ({ query }) => {
    for (let at = 0; at < lines; at += 1) {
      const id = whatsappIdOf(`3EB0${String(at).padStart(18, '0')}`)
      const said = keptText(id, now - (lines - at) * 5 * minuteMs, {
        chat: { kind: 'person', phone: firstChat },
        author: { phone: firstChat },
        fromMe: at % 3 === 1,
        text: `${says[at % says.length]} (${at + 1})`,
      })
      await kept.keep(instanceId, said, query)
    }
  })
}
