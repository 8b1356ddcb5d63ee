/**
 * Decides what follows each way a send can end.
 *
 * What is known about the outcome decides, not how bad it looks: what surely
 * left nothing may be tried again freely, what was refused only where the
 * refusal may be passing, and what is unknown only under the same id.
 */

import { traitsOf } from '../../domain/content/index.js'
import type { ChatId } from '../../domain/chat.js'
import { type SendResult, strangerRefusal } from '../../domain/sending.js'
import type { OutgoingMessage } from '../../domain/message.js'
import type { EpochMs } from '../../domain/time.js'
import { type BackoffPolicy, backoffMs } from '../../runtime/backoff.js'
import {
  type Ending,
  expired,
  fileRefused,
  honest,
  noSuchRecipient,
  notPossible,
  notSent,
  refused,
  restricted,
  unconfirmed,
  unreachable,
} from './ending.js'

export interface Attempt {
  /** `attempts` counts the one that just ended. */
  readonly message: OutgoingMessage
  /** An earlier attempt was written and never confirmed. */
  readonly mayHaveArrived: boolean
  /** How often in a row it was `not-sent` although the session was open, with this time. */
  readonly notSentInARow: number
}

export type AfterSend =
  | {
      readonly kind: 'sent'
      readonly at: EpochMs
      readonly chat: ChatId
      readonly serverId?: string | undefined
    }
  /** Send the same content as plain text, under a new id and at once. */
  | { readonly kind: 'fall-back'; readonly refusalCode: number }
  /** Send it again under the same id, once the session has come back (`resendAt`). */
  | { readonly kind: 'unknown' }
  /** It keeps its place in the line; the attempt counts only if something was `written`. */
  | {
      readonly kind: 'retry'
      readonly afterMs: number
      readonly written: boolean
      readonly renewEncryption: boolean
    }
  | { readonly kind: 'ended'; readonly ending: Ending }

/** WhatsApp does not take the button in this form, or not from this number. Plain text passes. */
const buttonRefusals: readonly number[] = [405, 473, 479]

/** The device's Signal session is stale. For a text, which has no button to blame, a new one is the cure. */
const staleSession = 479

const mostAttempts = 5
const mostRefusedAttempts = 3
const refusedBackoff: BackoffPolicy = { firstMs: 2_000, capMs: 10_000, jitter: 'equal' }

/** About two minutes in all. Longer would hold up everything behind it in the line. */
const mostNotSent = 10
const notSentBackoff: BackoffPolicy = { firstMs: 1_000, capMs: 30_000, jitter: 'equal' }

/** Draws from `random`, so call it once a result and keep the answer. */
export function afterSend(result: SendResult, attempt: Attempt, random: () => number): AfterSend {
  const { message, mayHaveArrived, notSentInARow } = attempt
  switch (result.kind) {
    case 'sent':
      return { kind: 'sent', at: result.at, chat: result.chat, serverId: result.serverId }
    case 'refused':
      return afterRefusal(result, attempt, random)
    case 'no-such-recipient':
      return ended(honest(noSuchRecipient, mayHaveArrived))
    case 'recipient-unreachable':
      return ended(honest(unreachable(result.why), mayHaveArrived))
    case 'file-refused':
      return ended(honest(fileRefused(result.status), mayHaveArrived))
    case 'not-possible':
      return ended(honest(notPossible(result.why), mayHaveArrived))
    case 'too-late':
      return ended(honest(expired, mayHaveArrived))
    case 'not-sent':
      if (notSentInARow >= mostNotSent)
        return ended(honest(notSent(codeOf(result.cause)), mayHaveArrived))
      return {
        kind: 'retry',
        afterMs: backoffMs(Math.max(1, notSentInARow), notSentBackoff, random),
        written: false,
        renewEncryption: false,
      }
    case 'unknown':
      return message.attempts >= mostAttempts ? ended(unconfirmed) : { kind: 'unknown' }
  }
}

function afterRefusal(
  { code, newChats }: SendResult & { readonly kind: 'refused' },
  attempt: Attempt,
  random: () => number,
): AfterSend {
  const { message, mayHaveArrived } = attempt
  if (traitsOf(message.content).fallback && buttonRefusals.includes(code)) {
    return { kind: 'fall-back', refusalCode: code }
  }
  if (code === strangerRefusal) return ended(restricted(code, newChats))
  // From 500 on the server speaks of itself. Other codes speak of the message, and will not change.
  const mayPass = code >= 500 || code === staleSession
  if (!mayPass || message.attempts >= mostRefusedAttempts) {
    return ended(honest(refused(code), mayHaveArrived))
  }
  return {
    kind: 'retry',
    afterMs: backoffMs(message.attempts, refusedBackoff, random),
    written: true,
    renewEncryption: code === staleSession,
  }
}

/** Codes such as Node's: other texts of an error may hold what must not be told. */
function codeOf(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined
  const code: unknown = Reflect.get(cause, 'code')
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]*$/u.test(code) ? code : codeOf(cause.cause)
}

function ended(ending: Ending): AfterSend {
  return { kind: 'ended', ending }
}

/** Receipts of what arrived before the link broke come right after it is back; a resend waits for them. */
const receiptGraceMs = 2_000

/** A link that stays up although an ack is missing: the ack may still come, so this is generous. */
const sameLinkGraceMs = 30_000

/** When an unconfirmed message may be sent again. A moment in the past means "now". */
export function resendAt(
  /** When its outcome became unknown; `undefined` for one that a dead process left behind. */
  unknownSince: EpochMs | undefined,
  /** When the session was opened that is open now. */
  openedAt: EpochMs,
): EpochMs {
  if (unknownSince === undefined || openedAt >= unknownSince) return openedAt + receiptGraceMs
  return unknownSince + sameLinkGraceMs
}
