/** What an edit or a deletion of ours makes of the kept message, whatever dies in between. */

import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { whatsappIdOf } from '../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../test/support/outbox-world.js'
import { sameForAll } from '../db/retention.js'
import { createVault } from '../db/encryption.js'
import { KeptMessages } from '../directory/kept-messages.js'
import { KnownPeople } from '../directory/known-people.js'
import type { MessageContent } from '../domain/content/index.js'
import type { InstanceId } from '../domain/instance.js'
import type { KeptMessage } from '../domain/kept-message.js'
import type { SendResult } from '../domain/sending.js'
import { decodeOriginal, encodeOriginal } from '../whatsapp/send/original-message.js'
import { CredentialStore } from '../sessions/credential-store.js'
import { ResendStore } from '../sessions/resend-store.js'
import { keepingIn } from './keeping.js'
import { earlierMessages } from './outgoing.js'

const chat = { kind: 'person', phone: '5511999990001' } as const
const target = whatsappIdOf('3EB0A')
const never = new Promise<never>(() => {})
const patience = { timeout: 60_000, interval: 2 }
const bytesOf = (text: string) => encodeOriginal({ conversation: text }).bytes
const textOf = (kept: KeptMessage | undefined) => kept && decodeOriginal(kept.original).conversation
const edit = { kind: 'edit', target, text: 'new', part: 'text' } as const
const deletion = { kind: 'deletion', target, isOwn: true } as const

eachDatabase('the message that one of ours changes', (openDatabase) => {
  let world: OutboxWorld
  let keptMessages: KeptMessages
  let instanceId: InstanceId

  beforeEach(async () => {
    const database = await openDatabase()
    const clock = new ManualClock(undefined, () => database.transaction(async () => {}))
    const base = { database, clock, vault: createVault(randomBytes(32)) }
    const people = new KnownPeople(base)
    keptMessages = new KeptMessages({ ...base, people, retention: sameForAll(60_000) })
    const stores = { resends: new ResendStore(base), credentials: new CredentialStore(base) }
    const keeping = keepingIn({ ...stores, keptMessages })
    const reference = { whatsappId: target, chat }
    // As the engine says it: the bytes of an edit, none of a deletion.
    const bytes = () => (content === edit ? bytesOf('new') : undefined)
    world = anOutboxWorld(database, {
      clock,
      policy: { minGapMs: 0, maxGapMs: 0 },
      earlier: earlierMessages(keptMessages),
      keeping: {
        keep: (message, what, transaction) =>
          keeping.keep(message, { ...what, change: { reference, bytes: bytes() } }, transaction),
      },
    })
    instanceId = await world.anInstance()
    const original = { bytes: bytesOf('old') }
    await keptMessages.keep(instanceId, {
      ...reference,
      author: chat,
      fromMe: true,
      at: 5,
      original,
    })
    await world.sender.start()
  })

  afterEach(() => world.sender[Symbol.asyncDispose]())

  let content: MessageContent
  const accept = (said: MessageContent) => {
    content = said
    return world.outbox.accept(instanceId, { recipient: chat, content })
  }
  const said = async () => textOf(await keptMessages.find(instanceId, { whatsappId: target, chat }))
  const ends = () => vi.waitUntil(() => world.events.length === 2, patience)

  it('says what the edit says, as soon as that is sent and not before', async () => {
    const server: { answer?: (result: SendResult) => void } = {}
    world.session.answerNext(
      () =>
        new Promise((resolve) => {
          server.answer = resolve
        }),
    )
    await accept(edit)
    await vi.waitUntil(() => world.session.sends.length === 1, patience)
    expect(await said()).toBe('old')
    server.answer?.({ kind: 'sent', at: 5, chat })
    await ends()
    expect(await said()).toBe('new')
  })

  it('is gone once its deletion is sent', async () => {
    await accept(deletion)
    await ends()
    expect(await said()).toBeUndefined()
  })

  it('stays as it was when the edit is refused', async () => {
    world.session.answerNext({ kind: 'refused', code: 400 })
    await accept(edit)
    await vi.waitUntil(() => world.events.length === 1, patience)
    expect(await said()).toBe('old')
  })

  it('changes with the status when the process dies after the ack and before its commit', async () => {
    const { dialect, query } = world.database
    const [forbid, allow] =
      dialect === 'sqlite'
        ? [
            `create trigger no_ends before update on message when new.status = 'sent'
             begin select raise(abort, 'not now'); end`,
            'drop trigger no_ends',
          ]
        : [
            `alter table message add constraint no_ends check (status <> 'sent')`,
            'alter table message drop constraint no_ends',
          ]
    await sql.raw(forbid).execute(query)
    await accept(edit)
    await vi.waitUntil(() => world.clock.sleepingMs.some((ms) => ms <= 500), patience)
    expect(world.session.sends).toHaveLength(1)
    expect(await said()).toBe('old')
    world.crash()
    await sql.raw(allow).execute(query)
    await world.restarted().start()
    await vi.waitUntil(() => world.clock.sleepingMs.includes(2_000), patience)
    await world.clock.advance(2_000)
    await ends()
    expect(world.session.sends).toHaveLength(2)
    expect(await said()).toBe('new')
  })

  it('changes when a receipt says after a crash that the edit arrived', async () => {
    world.session.answerNext(() => never)
    const { whatsappId } = await accept(edit)
    await vi.waitUntil(() => world.session.sends.length === 1, patience)
    world.crash()
    await world.restarted().start()
    expect(await said()).toBe('old')
    const receipt = { status: 'delivered', at: world.clock.now(), chat } as const
    await world.database.transaction((transaction) =>
      world.outbox.advance(instanceId, whatsappId, receipt, transaction),
    )
    expect(await said()).toBe('new')
  })
})
