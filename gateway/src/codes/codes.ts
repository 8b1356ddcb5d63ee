/**
 * Login codes that are made, sent and checked here, so that their caller never
 * sees one.
 *
 * A code leaves through the ordinary outbox, and what is needed to check it is
 * stored in the same transaction: there is no code that was sent and cannot be
 * checked, and none that can be checked and was not accepted.
 */

import { randomBytes } from 'node:crypto'
import type { Database, Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import { TooManyCodesError } from '../domain/errors.js'
import type { InstanceId } from '../domain/instance.js'
import type { FileSource } from '../domain/content/files.js'
import type { MessageContent } from '../domain/content/index.js'
import type { MessageId, WhatsappId } from '../domain/message.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import type { RandomBytes } from '../runtime/ids.js'
import { type Addressee, type CodePlace, CodeStore, type PeoplePort } from './code-store.js'
import { asMade, type Charset, newCode } from './new-code.js'
import { opens, waitForNextStartMs } from './pending-code.js'

interface AcceptedMessage {
  readonly id: MessageId
  readonly whatsappId: WhatsappId
  readonly acceptedAt: EpochMs
}

/** The outbox. */
export interface OutboxPort {
  accept(
    instanceId: InstanceId,
    submission: {
      readonly recipient: Addressee
      readonly content: MessageContent
      readonly expiresInSeconds: number
    },
    options: {
      readonly idempotencyKey: string | undefined
      readonly parameters: object
      readonly alongside: (message: AcceptedMessage, transaction: Transaction) => Promise<void>
    },
  ): Promise<AcceptedMessage>
}

export interface CodesOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Clock
  readonly outbox: OutboxPort
  readonly people: PeoplePort
  readonly randomBytes?: RandomBytes
}

/** What a caller wants sent, already checked. */
export interface CodeWish {
  readonly addressee: Addressee
  /** `{code}` in it becomes the code. */
  readonly text: string
  readonly buttonText: string
  readonly image?: FileSource | undefined
  /** At most 15: what is longer counts as no login code. */
  readonly length: number
  readonly charset: Charset
  readonly expiresInSeconds: number
  /** At most `longestCooldownSeconds`. */
  readonly cooldownSeconds: number
}

export interface Started {
  readonly id: MessageId
  readonly whatsappId: WhatsappId
  /** From then on the code is sent no more and opens nothing. */
  readonly expiresAt: EpochMs
}

export const longestCooldownSeconds = 3_600

/**
 * Checks are answered at whole multiples of this time after they were asked, so
 * that what was found, which takes some milliseconds more or less, does not show.
 */
export const answerGridMs = 50

export class Codes {
  readonly #options: CodesOptions
  readonly #store: CodeStore

  constructor(options: CodesOptions) {
    this.#options = options
    this.#store = new CodeStore(options)
  }

  /**
   * Makes a code and queues it; resolves once both are on the disk. Throws
   * what the outbox throws, and `TooManyCodesError` before the cooldown of the
   * last code is over: nothing was stored then. Repeating is safe under the
   * same key only.
   */
  async start(
    instanceId: InstanceId,
    wish: CodeWish,
    { idempotencyKey }: { readonly idempotencyKey?: string | undefined } = {},
  ): Promise<Started> {
    const { outbox, randomBytes: random = randomBytes } = this.#options
    const { addressee, expiresInSeconds } = wish
    const lifeMs = expiresInSeconds * 1_000
    const code = newCode(wish.length, wish.charset, random)
    const submission = { recipient: addressee, content: contentOf(wish, code), expiresInSeconds }
    const { id, whatsappId, acceptedAt } = await outbox.accept(instanceId, submission, {
      idempotencyKey,
      // The code is another one each time: what was asked for is what tells requests apart.
      parameters: { codeToStart: wish },
      alongside: async (message, transaction) => {
        const place = { instanceId, addressee }
        await this.#checkCooldown(place, message.acceptedAt, transaction)
        const expiresAt = message.acceptedAt + lifeMs
        const nextStartAt = message.acceptedAt + wish.cooldownSeconds * 1_000
        const started = { messageId: message.id, code, expiresAt, nextStartAt }
        await this.#store.put(place, started, transaction)
      },
    })
    return { id, whatsappId, expiresAt: acceptedAt + lifeMs }
  }

  /**
   * Whether this is the code that the person was sent last; once, within its
   * life, and within five tries. The same `false` at the same pace for a person
   * who was sent none. After an error it is not known whether it counted.
   */
  async check(instanceId: InstanceId, addressee: Addressee, typed: string): Promise<boolean> {
    const { database, clock } = this.#options
    const place = { instanceId, addressee }
    const code = asMade(typed)
    const askedAt = clock.now()
    const isValid = await database.transaction(async (transaction) => {
      const tried = await this.#store.try(place, code, transaction)
      if (tried === undefined || !opens(tried, tried.isRight, askedAt)) return false
      await this.#store.markUsed(place, askedAt, transaction)
      return true
    })
    const tookMs = Math.max(0, clock.now() - askedAt)
    await clock.sleep(answerGridMs - (tookMs % answerGridMs))
    return isValid
  }

  /** Deletes the codes that may not be checked any more; returns how many. */
  purge(): Promise<number> {
    return this.#store.purge(this.#options.database.query, this.#options.clock.now())
  }

  async #checkCooldown(place: CodePlace, now: EpochMs, transaction: Transaction): Promise<void> {
    const nextStartAt = await this.#store.nextStartAt(place, transaction)
    if (nextStartAt === undefined) return
    const waitMs = waitForNextStartMs(nextStartAt, now, longestCooldownSeconds * 1_000)
    if (waitMs > 0) throw new TooManyCodesError(Math.ceil(waitMs / 1_000))
  }
}

function contentOf({ text, buttonText, image }: CodeWish, code: string): MessageContent {
  return {
    kind: 'otp-button',
    text: text.replaceAll('{code}', code),
    code,
    buttonText,
    ...(image === undefined ? {} : { image }),
  }
}
