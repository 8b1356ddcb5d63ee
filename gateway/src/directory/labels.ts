/** The tables `label` and `chat_label`: the labels of a business account, and the chats that have them. */

import type { Database, Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import type { LabelTable } from '../db/directory-tables.js'
import { type ChatId, chatKey, type PersonId } from '../domain/chat.js'
import type { InstanceId } from '../domain/instance.js'
import type { Label, LabelFact } from '../domain/label.js'
import { keysOf, type PeopleOfRows, personKey } from './directory-rows.js'

export interface LabelsOptions {
  readonly database: Database
  readonly vault: Vault
  readonly people: PeopleOfRows
}

type Query = Transaction['query']

export class Labels {
  readonly #options: LabelsOptions

  constructor(options: LabelsOptions) {
    this.#options = options
  }

  /** In the order in which they were told. Safe to repeat. */
  async take(
    instanceId: InstanceId,
    facts: readonly LabelFact[],
    { query }: Pick<Transaction, 'query'>,
  ): Promise<void> {
    for (const fact of facts)
      if (fact.kind === 'label') await this.#put(instanceId, fact.label, query)
      else if (fact.kind === 'label-deleted') await this.#delete(instanceId, fact.id, query)
      else await this.#assign(instanceId, fact, query)
  }

  /** By number. Those that were deleted are not among them. */
  async list(instanceId: InstanceId): Promise<readonly Label[]> {
    const rows = await this.#options.database.query
      .selectFrom('label')
      .selectAll()
      .where('instance_id', '=', instanceId)
      .where('is_deleted', '=', 0)
      .execute()
    return rows
      .map((row) => this.#labelOf(instanceId, row))
      .toSorted((one, other) => Number(one.id) - Number(other.id))
  }

  async find(instanceId: InstanceId, id: string): Promise<Label | undefined> {
    const row = await this.#options.database.query
      .selectFrom('label')
      .selectAll()
      .where('instance_id', '=', instanceId)
      .where('label_id', '=', id)
      .where('is_deleted', '=', 0)
      .executeTakeFirst()
    return row && this.#labelOf(instanceId, row)
  }

  /** A number that no label has or had. */
  async nextId(instanceId: InstanceId): Promise<string> {
    const rows = await this.#options.database.query
      .selectFrom('label')
      .select('label_id')
      .where('instance_id', '=', instanceId)
      .execute()
    const numbers = rows.map(({ label_id: id }) => Number(id)).filter(Number.isSafeInteger)
    return String(Math.max(0, ...numbers) + 1)
  }

  /** The labels of a chat. */
  async ofChat(instanceId: InstanceId, chat: ChatId): Promise<readonly string[]> {
    const { database, people } = this.#options
    const [key = ''] = await keysOf(instanceId, [chat], people, database.query)
    const rows = await database.query
      .selectFrom('chat_label')
      .select('label_id')
      .where('instance_id', '=', instanceId)
      .where('chat_key', '=', key)
      .orderBy('label_id')
      .execute()
    return rows.map(({ label_id: id }) => id)
  }

  /** A LID turned out to be the person of a number: the labels of both are those of the number. */
  async join(
    instanceId: InstanceId,
    pairs: readonly PersonId[],
    { query }: Pick<Transaction, 'query'>,
  ): Promise<void> {
    for (const { phone, lid } of pairs) {
      const old = chatKey({ kind: 'person', lid })
      const rows = await query
        .deleteFrom('chat_label')
        .where('instance_id', '=', instanceId)
        .where('chat_key', '=', old)
        .returning('label_id')
        .execute()
      if (rows.length === 0) continue
      const key = personKey({ phone, lid })
      await query
        .insertInto('chat_label')
        .values(rows.map((row) => ({ instance_id: instanceId, ...row, chat_key: key })))
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
  }

  async #put(instanceId: InstanceId, { id, name, color }: Label, query: Query): Promise<void> {
    const values = {
      name_sealed: this.#options.vault.seal(Buffer.from(name), contextOf(instanceId, id)),
      color,
      is_deleted: 0,
    }
    await query
      .insertInto('label')
      .values({ instance_id: instanceId, label_id: id, ...values })
      .onConflict((conflict) => conflict.columns(['instance_id', 'label_id']).doUpdateSet(values))
      .execute()
  }

  /** Its number stays taken: the phone does not give it again either. */
  async #delete(instanceId: InstanceId, id: string, query: Query): Promise<void> {
    await query
      .updateTable('label')
      .set({ is_deleted: 1 })
      .where('instance_id', '=', instanceId)
      .where('label_id', '=', id)
      .execute()
    await query
      .deleteFrom('chat_label')
      .where('instance_id', '=', instanceId)
      .where('label_id', '=', id)
      .execute()
  }

  async #assign(
    instanceId: InstanceId,
    { chat, label, isAssigned }: Extract<LabelFact, { kind: 'chat-label' }>,
    query: Query,
  ): Promise<void> {
    const [key = ''] = await keysOf(instanceId, [chat], this.#options.people, query)
    if (isAssigned)
      await query
        .insertInto('chat_label')
        .values({ instance_id: instanceId, label_id: label, chat_key: key })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    else
      await query
        .deleteFrom('chat_label')
        .where('instance_id', '=', instanceId)
        .where('label_id', '=', label)
        .where('chat_key', '=', key)
        .execute()
  }

  #labelOf(instanceId: InstanceId, row: LabelRow): Label {
    const { label_id: id, color, name_sealed: sealed } = row
    const name = this.#options.vault.open(sealed, contextOf(instanceId, id))
    return { id, name: Buffer.from(name).toString(), color }
  }
}

type LabelRow = Omit<LabelTable, 'instance_id'>

function contextOf(instanceId: InstanceId, id: string): string {
  return JSON.stringify(['label', instanceId, id])
}
