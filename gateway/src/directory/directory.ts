/**
 * What WhatsApp told of the chats, people and groups of a number.
 *
 * Most of it is told once, after the linking, so it is stored as it comes: facts add to what is
 * known, whatever their order, and may be repeated. It answers after a restart and without a
 * connection.
 */

import { sql } from 'kysely'
import type { Database, Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import { eraseRows } from '../db/erase-rows.js'
import { Ends, type Retention } from '../db/retention.js'
import type { ChatId, PersonId } from '../domain/chat.js'
import type { DirectoryFact, FactSource } from '../domain/directory.js'
import type { GroupInfo } from '../domain/group.js'
import type { IncomingMessage } from '../domain/incoming-message.js'
import type { InstanceId } from '../domain/instance.js'
import type { LabelFact } from '../domain/label.js'
import { isOfAccount } from '../domain/notice.js'
import type { PrivacyFact } from '../domain/privacy.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import type { Log } from '../runtime/telemetry.js'
import { Channels } from './channels.js'
import { Chats } from './chats.js'
import { Contacts } from './contacts.js'
import { Groups } from './groups.js'
import { Labels } from './labels.js'
import { Notes } from './notes.js'
import { Privacy } from './privacy.js'
import type { PeopleOfRows } from './directory-rows.js'
import type { KnownPeople } from './known-people.js'
import { SentMessages } from './sent-messages.js'

export interface DirectoryOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Pick<Clock, 'now'>
  readonly people: PeopleOfRows & Pick<KnownPeople, 'learn'>
  readonly log: Log
  /** How long something is kept after it last changed. 0 keeps nothing; undefined keeps it as long as its instance. */
  readonly retention: Retention<number | undefined>
}

const tables = [
  'directory_chat',
  'directory_contact',
  'directory_group',
  'directory_privacy',
  'directory_channels',
] as const
const ofOwner = [
  ...tables,
  'history_chunk',
  'kept_message',
  'label',
  'chat_label',
  'chat_note',
] as const

export class Directory implements AsyncDisposable {
  readonly chats: Chats
  readonly contacts: Contacts
  readonly groups: Groups
  readonly labels: Labels
  readonly notes: Notes
  readonly privacy: Privacy
  readonly channels: Channels
  readonly #sent: SentMessages
  readonly #options: DirectoryOptions
  readonly #ends: Ends
  readonly #owners = new Map<
    InstanceId,
    { readonly phone: string; readonly isStored: Promise<void> }
  >()

  constructor(options: DirectoryOptions) {
    this.#options = options
    this.#ends = new Ends(options.retention)
    this.chats = new Chats(options)
    this.contacts = new Contacts(options)
    this.groups = new Groups(options)
    this.labels = new Labels(options)
    this.notes = new Notes(options)
    this.privacy = new Privacy(options)
    this.channels = new Channels(options)
    this.#sent = new SentMessages((instanceId, facts) => this.take(instanceId, facts), options.log)
  }

  /** Stores them together, or throws and stores none. */
  async take(
    instanceId: InstanceId,
    facts: readonly DirectoryFact[],
    source: FactSource = 'told',
  ): Promise<void> {
    if (facts.length === 0) return
    await this.#options.database.transaction((transaction) =>
      this.takeIn(instanceId, facts, source, transaction),
    )
  }

  /** The same in the caller's transaction. */
  async takeIn(
    instanceId: InstanceId,
    facts: readonly DirectoryFact[],
    source: FactSource,
    transaction: Transaction,
  ): Promise<void> {
    // A new label needs a number that no other one has, so labels are kept as long as their instance.
    const labels = facts.flatMap((fact) => (isOfLabels(fact) ? [fact] : []))
    await this.labels.take(instanceId, labels, transaction)
    if (!(await this.#keeps(instanceId, transaction))) return
    await this.#options.people.learn(instanceId, facts.flatMap(peopleIn), transaction)
    const groups = facts.flatMap((fact) => (fact.kind === 'group' ? [fact.group] : []))
    const chats = facts.flatMap((fact) => (fact.kind === 'chat' ? [fact] : []))
    await this.chats.take(
      instanceId,
      [...chats, ...groups.filter(isChat).map(chatOf)],
      source,
      transaction,
    )
    for (const fact of facts)
      if (fact.kind === 'chat-deleted')
        await this.chats.delete(instanceId, fact.chat, fact.at, transaction)
    const contacts = facts.flatMap((fact) => (fact.kind === 'contact' ? [fact] : []))
    await this.contacts.take(instanceId, contacts, source, transaction)
    await this.groups.put(instanceId, groups, transaction)
    const left = facts.flatMap((fact) => (fact.kind === 'group-left' ? [fact.group] : []))
    await this.groups.remove(instanceId, left, transaction)
    const privacy = facts.flatMap((fact) => (isOfPrivacy(fact) ? [fact] : []))
    await this.privacy.take(instanceId, privacy, transaction)
  }

  /** Call it once for each message, in the transaction that makes it known. */
  async heard(
    instanceId: InstanceId,
    message: IncomingMessage,
    transaction: Transaction,
  ): Promise<void> {
    const { chat, sender, senderName, groupName, fromMe, at, content } = message
    if (isOfAccount(content) || !(await this.#keeps(instanceId, transaction))) return
    const isSaid = message.original !== undefined && message.editOf === undefined
    if (isSaid) await this.chats.talked(instanceId, chat, { at, isUnread: !fromMe }, transaction)
    if (groupName !== undefined)
      await this.chats.heardName(instanceId, chat, groupName, transaction)
    if (content.kind === 'timer') {
      const facts = { timerSeconds: content.seconds }
      await this.chats.take(instanceId, [{ chat, facts }], 'told', transaction)
    }
    if (senderName !== undefined && !fromMe)
      await this.contacts.heard(instanceId, sender, senderName, transaction)
  }

  /** A message left. Returns at once; the chat tells of it a moment later. */
  sent(instanceId: InstanceId, chat: ChatId, at: EpochMs): void {
    if (chat.kind === 'status') return
    this.#sent.sent(instanceId, chat, at)
  }

  /** All groups that the number is in, as WhatsApp told them just now. */
  async takeGroups(instanceId: InstanceId, groups: readonly GroupInfo[]): Promise<void> {
    await this.#options.database.transaction(async (transaction) => {
      if (!(await this.#keeps(instanceId, transaction))) return
      const facts = groups.map((group) => ({ kind: 'group', group }) as const)
      await this.takeIn(instanceId, facts, 'told', transaction)
      const ids = groups.map(({ group }) => group)
      await this.groups.keepOnly(instanceId, ids, transaction)
    })
  }

  /** These numbers and LIDs are the same people. `KnownPeople` calls it with news. */
  async join(
    instanceId: InstanceId,
    pairs: readonly PersonId[],
    transaction: Transaction,
  ): Promise<void> {
    await this.chats.join(instanceId, pairs, transaction)
    await this.contacts.join(instanceId, pairs, transaction)
    await this.labels.join(instanceId, pairs, transaction)
    await this.notes.join(instanceId, pairs, transaction)
  }

  /** The instance is linked to this number: what another number knew is erased. Cheap to repeat. */
  async linked(instanceId: InstanceId, phone: string): Promise<void> {
    const known = this.#owners.get(instanceId)
    if (known?.phone === phone) return known.isStored
    const before = known?.isStored.catch(() => undefined)
    const isStored = Promise.resolve(before).then(() => this.#setOwner(instanceId, phone))
    this.#owners.set(instanceId, { phone, isStored })
    try {
      await isStored
    } catch (cause) {
      this.#owners.delete(instanceId)
      throw cause
    }
  }

  async #setOwner(instanceId: InstanceId, phone: string): Promise<void> {
    const owner = await this.#options.database.query
      .selectFrom('directory_owner')
      .select('phone')
      .where('instance_id', '=', instanceId)
      .executeTakeFirst()
    if (owner?.phone === phone) return
    if (owner !== undefined) await this.erase(instanceId)
    await this.#options.database.query
      .insertInto('directory_owner')
      .values({ instance_id: instanceId, phone })
      .onConflict((conflict) => conflict.column('instance_id').doUpdateSet({ phone }))
      .execute()
  }

  /** Everything that is known for this instance, what was said too. Again is safe. */
  async erase(instanceId: InstanceId): Promise<void> {
    for (const table of ofOwner)
      await eraseRows(this.#options.database.query, table, sql`instance_id = ${instanceId}`)
    this.#forgetWritten()
  }

  /** Erases what has not changed for too long; gives how much that was. Safe to repeat. */
  async purge(): Promise<number> {
    const { database, clock } = this.#options
    const ends = await this.#ends.at(clock.now(), 'changed_at')
    let erased = 0
    for (const table of tables)
      for (const isOver of ends) erased += await eraseRows(database.query, table, isOver)
    if (erased > 0) this.#forgetWritten()
    return erased
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#sent.settled()
  }

  #forgetWritten(): void {
    this.chats.forgetWritten()
    this.contacts.forgetWritten()
  }

  async #keeps(instanceId: InstanceId, { query }: Transaction): Promise<boolean> {
    return (await this.#options.retention.keepMs(instanceId, query)) !== 0
  }
}

function isOfLabels(fact: DirectoryFact): fact is LabelFact {
  return fact.kind === 'label' || fact.kind === 'label-deleted' || fact.kind === 'chat-label'
}

function isOfPrivacy(fact: DirectoryFact): fact is PrivacyFact {
  return (
    fact.kind === 'privacy' || fact.kind === 'privacy-list' || fact.kind === 'privacy-list-changed'
  )
}

function peopleIn(fact: DirectoryFact): readonly PersonId[] {
  if (fact.kind === 'contact' || fact.kind === 'privacy-list-changed') return [fact.person]
  if (fact.kind === 'privacy-list') return fact.people
  if (fact.kind === 'chat' && fact.chat.kind === 'person') return [fact.chat]
  return fact.kind === 'group' ? fact.group.members.map(({ person }) => person) : []
}

/** People write in the groups of a community, and not in what holds them. */
const isChat = ({ isCommunity }: GroupInfo) => !isCommunity

function chatOf({ group, subject, isAnnouncement, timerSeconds }: GroupInfo) {
  const chat = { kind: 'group', group } as const
  return { chat, facts: { isAnnouncement, name: subject || undefined, timerSeconds } }
}
