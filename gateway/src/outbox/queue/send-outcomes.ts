/**
 * Writes down how the sends of one queue ended. An end is kept until it is written, however often
 * the database fails.
 */

import { traitsOf } from '../../domain/content/index.js'
import type { Database } from '../../db/database.js'
import { newWhatsappId } from '../../runtime/ids.js'
import type { Clock } from '../../runtime/clock.js'
import type { QueuedMessage } from '../message-row.js'
import type { Outcomes } from '../outcomes.js'
import { atRest, inTheAir } from '../history/message-statuses.js'
import type { OutboxStore } from '../outbox-store.js'
import type { EndedAttempt } from '../status-changes.js'
import { mayGoTwice } from './moves.js'
import type { AfterSend } from './send-retry.js'
import type { KnownChat } from './waiting-chats.js'

export interface SendOutcomesOptions {
  readonly database: Database
  readonly clock: Clock
  readonly store: OutboxStore
  readonly outcomes: Outcomes
  /** A message was put back and may expire before the watch for expiry looks again. */
  readonly onPutBack: () => void
}

/** The end of a send. */
export interface SendOutcome {
  readonly chat: KnownChat
  /** As it was before it was claimed. */
  readonly message: QueuedMessage
  /** Whether its row is `sending`; what never had its turn still waits. */
  readonly isClaimed: boolean
  readonly after: AfterSend
  readonly attempt: EndedAttempt
}

export class SendOutcomes {
  readonly #options: SendOutcomesOptions
  readonly #isOpen: () => boolean
  readonly #unwritten: SendOutcome[] = []

  /** `isOpen` tells whether the session is. */
  constructor(options: SendOutcomesOptions, isOpen: () => boolean) {
    this.#options = options
    this.#isOpen = isOpen
  }

  add(outcome: SendOutcome): void {
    this.#unwritten.push(outcome)
  }

  /** Writes all of them, one after the other; `onWritten` is called after each. May run again after it threw. */
  async write(onWritten: (outcome: SendOutcome) => void): Promise<void> {
    for (;;) {
      const [outcome] = this.#unwritten
      if (outcome === undefined) return
      await this.#write(outcome)
      this.#unwritten.shift()
      onWritten(outcome)
    }
  }

  async #write({ chat, message, isClaimed, after, attempt }: SendOutcome): Promise<void> {
    const { clock, database, store, outcomes, onPutBack } = this.#options
    const from = isClaimed ? inTheAir : atRest
    switch (after.kind) {
      case 'sent':
        return database.transaction(async (transaction) => {
          const { at, chat: to, serverId } = after
          const news = { status: 'sent', at, chat: to, serverId } as const
          if (!(await outcomes.sent(message, from, news, transaction)))
            return store.status.nameChat(transaction.query, message, after.chat)
          await outcomes.tellStatusSent(message, after.at, transaction)
        })
      case 'ended':
        return outcomes.ended(message, from, after.ending, attempt)
      case 'fall-back':
        await this.#fallBack(message, after.refusalCode, attempt)
        chat.unknown = undefined
        break
      case 'unknown':
        if (await this.#goesElsewhere(message, attempt)) break
        await store.status.markUnknown(database.query, message, attempt)
        chat.unknown = { since: clock.now() }
        break
      case 'retry': {
        // What stands still because of the session goes on as soon as that is back.
        const retryAt = this.#isOpen() ? clock.now() + after.afterMs : undefined
        chat.renewEncryption ||= after.renewEncryption
        chat.retryAt = retryAt ?? 0
        await store.status.putBack(database.query, message, from, {
          status: message.status === 'unknown' ? 'unknown' : 'queued',
          attempts: message.attempts + (after.written ? 1 : 0),
          retryAt,
          attempt,
        })
        break
      }
    }
    onPutBack()
  }

  async #goesElsewhere(message: QueuedMessage, attempt: EndedAttempt): Promise<boolean> {
    if (!mayGoTwice(message)) return false
    const { database, outcomes } = this.#options
    return database.transaction((transaction) =>
      outcomes.moves.moveIn(transaction, message, inTheAir, 'unknown', attempt),
    )
  }

  async #fallBack(
    { id, instanceId, content, whatsappId }: QueuedMessage,
    refusalCode: number,
    attempt: EndedAttempt,
  ): Promise<void> {
    const traits = traitsOf(content)
    const instead = traits.fallback?.(content)
    if (instead === undefined) return
    const { database, store, outcomes } = this.#options
    const { context } = content
    const fallback = { refusalCode, refusedWhatsappId: whatsappId, sentAs: instead.kind }
    await database.transaction(async (transaction) => {
      const inContext = context === undefined ? instead : { ...instead, context }
      const by = { whatsappId: newWhatsappId(), content: inContext, fallback, attempt }
      if (!(await store.replace(transaction.query, { id, instanceId }, by))) return
      const rest = traits.fallbackRest?.(content) ?? []
      await outcomes.add(rest, { id, instanceId, fallback }, transaction)
    })
  }
}
