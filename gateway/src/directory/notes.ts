/** The table `chat_note`: what the people of a number wrote down about a chat, one note each. */

import { randomBytes } from 'node:crypto'
import type { Database, Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import type { ChatNoteTable } from '../db/directory-tables.js'
import { type ChatId, chatKey, type PersonId } from '../domain/chat.js'
import type { InstanceId } from '../domain/instance.js'
import type { Note } from '../domain/label.js'
import type { Clock } from '../runtime/clock.js'
import { keysOf, type PeopleOfRows, personKey } from './directory-rows.js'

export interface NotesOptions {
  readonly database: Database
  readonly vault: Vault
  readonly people: PeopleOfRows
  readonly clock: Pick<Clock, 'now'>
}

/** As long as those of WhatsApp's app. */
const idBytes = 32

export class Notes {
  readonly #options: NotesOptions

  constructor(options: NotesOptions) {
    this.#options = options
  }

  /** In place of the one before. An empty content removes it. Safe to repeat. */
  async put(instanceId: InstanceId, chat: ChatId, note: Note): Promise<void> {
    const { database, vault } = this.#options
    const key = await this.#keyOf(instanceId, chat)
    if (note.content === '') {
      await database.query
        .deleteFrom('chat_note')
        .where('instance_id', '=', instanceId)
        .where('chat_key', '=', key)
        .execute()
      return
    }
    const values = {
      note_id: note.id,
      content_sealed: vault.seal(Buffer.from(note.content), contextOf(instanceId, note.id)),
      created_at: note.createdAt,
      changed_at: note.changedAt,
    }
    await database.query
      .insertInto('chat_note')
      .values({ instance_id: instanceId, chat_key: key, ...values })
      .onConflict((conflict) => conflict.columns(['instance_id', 'chat_key']).doUpdateSet(values))
      .execute()
  }

  /** The note of the chat with another content, or the first one. It is not stored. */
  async withContent(instanceId: InstanceId, chat: ChatId, content: string): Promise<Note> {
    const now = this.#options.clock.now()
    const before = await this.find(instanceId, chat)
    const { id = randomBytes(idBytes).toString('base64'), createdAt = now } = { ...before }
    return { id, content, createdAt, changedAt: now }
  }

  async find(instanceId: InstanceId, chat: ChatId): Promise<Note | undefined> {
    return (await this.findAll(instanceId, [chat]))[0]
  }

  /** In the order of the chats; `undefined` for one without a note. */
  async findAll(
    instanceId: InstanceId,
    chats: readonly ChatId[],
  ): Promise<readonly (Note | undefined)[]> {
    if (chats.length === 0) return []
    const { database, people } = this.#options
    const keys = await keysOf(instanceId, chats, people, database.query)
    const rows = await database.query
      .selectFrom('chat_note')
      .selectAll()
      .where('instance_id', '=', instanceId)
      .where('chat_key', 'in', keys)
      .execute()
    const byKey = new Map(rows.map((row) => [row.chat_key, row]))
    return keys.map((key) => {
      const row = byKey.get(key)
      return row && this.#noteOf(instanceId, row)
    })
  }

  /** A LID turned out to be the person of a number: the note of the number stays, if it has one. */
  async join(
    instanceId: InstanceId,
    pairs: readonly PersonId[],
    { query }: Pick<Transaction, 'query'>,
  ): Promise<void> {
    for (const { phone, lid } of pairs) {
      const [of, into] = [chatKey({ kind: 'person', lid }), personKey({ phone, lid })]
      const rows = await query
        .selectFrom('chat_note')
        .select('chat_key')
        .where('instance_id', '=', instanceId)
        .where('chat_key', 'in', [of, into])
        .execute()
      if (!rows.some(({ chat_key: key }) => key === of)) continue
      if (rows.length === 2)
        await query
          .deleteFrom('chat_note')
          .where('instance_id', '=', instanceId)
          .where('chat_key', '=', of)
          .execute()
      else
        await query
          .updateTable('chat_note')
          .set({ chat_key: into })
          .where('instance_id', '=', instanceId)
          .where('chat_key', '=', of)
          .execute()
    }
  }

  async #keyOf(instanceId: InstanceId, chat: ChatId): Promise<string> {
    const { database, people } = this.#options
    return (await keysOf(instanceId, [chat], people, database.query))[0] ?? ''
  }

  #noteOf(instanceId: InstanceId, row: Omit<ChatNoteTable, 'instance_id'>): Note {
    const content = this.#options.vault.open(row.content_sealed, contextOf(instanceId, row.note_id))
    return {
      id: row.note_id,
      content: Buffer.from(content).toString(),
      createdAt: row.created_at,
      changedAt: row.changed_at,
    }
  }
}

function contextOf(instanceId: InstanceId, id: string): string {
  return JSON.stringify(['chat_note', instanceId, id])
}
