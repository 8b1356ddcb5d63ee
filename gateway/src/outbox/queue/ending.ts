/**
 * How a message ends that was not sent, and what its caller reads about it.
 *
 * The texts say what happened and what to do now. They never hold the code or
 * the phone number: callbacks end up in other people's logs.
 */

import type { NewChats, NotPossible, Unreachable } from '../../domain/sending.js'
import type { FailureReason } from '../../domain/gateway-event.js'
import type { EpochMs } from '../../domain/time.js'

export interface Ending {
  readonly status: 'failed' | 'expired' | 'cancelled'
  readonly reason: FailureReason
  readonly explanation: string
  /** WhatsApp's code, where it refused. */
  readonly refusalCode?: number | undefined
  /** WhatsApp's word on the number, where it was asked after a refusal. */
  readonly newChats?: NewChats | undefined
}

export const expired: Ending = {
  status: 'expired',
  reason: 'expired',
  explanation:
    'The message expired before it could be sent, so it was not sent. Check that the instance is connected and send a new code.',
}

export const cancelled: Ending = {
  status: 'cancelled',
  reason: 'cancelled',
  explanation: 'The message was deleted from the queue by its caller, so it was not sent.',
}

export const unconfirmed: Ending = {
  status: 'failed',
  reason: 'unconfirmed',
  explanation:
    'The message was sent, but WhatsApp did not confirm it, so it may or may not have arrived. Ask the recipient before you send it again.',
}

export const noSuchRecipient: Ending = {
  status: 'failed',
  reason: 'no-such-recipient',
  explanation:
    'The number is not on WhatsApp, so nothing was sent. Check the number, or reach the person another way.',
}

export function unreachable(why: Unreachable): Ending {
  return { status: 'failed', reason: 'recipient-unreachable', explanation: unreachableTexts[why] }
}

const unreachableTexts: Readonly<Record<Unreachable, string>> = {
  unanswered:
    'WhatsApp was asked twice and did not say whether the number exists, so nothing was sent. Check the number, or send it again later.',
  'no-such-group':
    'WhatsApp does not know the group, so nothing was sent. Check the id of the group.',
  'not-a-member':
    'The number of this instance is not a member of the group, so nothing was sent. Let an admin add it, then send it again.',
}

export function notPossible(why: NotPossible): Ending {
  return { status: 'failed', reason: 'not-possible', explanation: notPossibleTexts[why] }
}

/** Those of the forward and of the late edit are Z-API's own. */
const notPossibleTexts: Readonly<Record<NotPossible, string>> = {
  'unknown-message':
    'The message that it refers to was not found in this chat, so nothing was sent. Check its id and the phone; messages are kept for a limited time.',
  'nothing-to-forward': 'Message does not forward because it was not found',
  'not-forwardable':
    'Messages of this kind cannot be forwarded, so nothing was sent. Send the content again.',
  'not-own':
    'The message was written by another person, so it cannot be edited or deleted as an own one. Nothing was sent.',
  'not-editable':
    'The message has no text of this kind that could be edited, so nothing was sent. Texts are edited with editMessageId, captions with the attribute of their file.',
  'no-such-button':
    'The message has no button with this id that answers it, so nothing was sent. The ids are those that the callback of the message tells.',
  'not-answerable':
    'The message is no poll or event of this chat that can be answered, so nothing was sent. Polls and events are known from the moment on when the instance was linked.',
  'no-invitation':
    'Message was not sent because WhatsApp did not open the invitation: there is no such channel, this number is not its owner, or the person cannot be its admin',
  'no-such-option':
    'The poll has no such option, or takes fewer at once, so nothing was sent. Write the options as the poll does.',
  'edit-too-late': 'Message has not been edited because it has been more than 7 days',
}

/** `code` is that of the last failure, such as `UNABLE_TO_VERIFY_LEAF_SIGNATURE`. */
export function notSent(code?: string): Ending {
  const why = code === undefined ? '' : ` (${code})`
  return {
    status: 'failed',
    reason: 'not-sent',
    explanation: `The message could not be handed to WhatsApp although the instance is connected, and several tries failed${why}. Nothing was sent; send it again later.`,
  }
}

/** `why` is the message of a `MediaError`. */
export function fileFailed(why: string): Ending {
  return {
    status: 'failed',
    reason: 'image-failed',
    explanation: `The file could not be used, so the message was not sent. ${why}`,
  }
}

/** `status` is that of HTTP. */
export function fileRefused(status: number): Ending {
  const cure = fileCures[status] ?? 'Send another file'
  return fileFailed(`WhatsApp's media server refused it (HTTP ${status}). ${cure}.`)
}

const unauthorized =
  'Restart the instance, and check that no proxy or firewall answers in place of the server'

const fileCures: Readonly<Record<number, string>> = {
  401: unauthorized,
  403: unauthorized,
  413: 'Send a smaller file',
  415: 'Send a file of another kind',
}

export function refused(refusalCode: number): Ending {
  return {
    status: 'failed',
    reason: 'refused',
    explanation: `WhatsApp refused the message (code ${refusalCode}), so it was not delivered. Send it again later; if it is refused again, change its content.`,
    refusalCode,
  }
}

export function restricted(refusalCode: number, newChats?: NewChats): Ending {
  return {
    status: 'failed',
    reason: 'restricted',
    explanation: `WhatsApp does not let this number start new conversations at the moment (code ${refusalCode}), so the message was not delivered. Do not send it again: let the recipient write first, or wait until WhatsApp lifts the restriction.`,
    refusalCode,
    newChats,
  }
}

/** It was queued when another one was refused. Not written: each try makes it worse. */
export function barred(until: EpochMs): Ending {
  return {
    status: 'failed',
    reason: 'restricted',
    explanation: `WhatsApp does not let this number start new conversations until ${new Date(until).toISOString()}, so the message was not sent. Let the recipient write first, or send it again after that.`,
  }
}

/**
 * The honest ending: "was not sent" is said only if it is known. A message that
 * was written before and never confirmed may have arrived.
 */
export function honest(ending: Ending, mayHaveArrived: boolean): Ending {
  return mayHaveArrived ? unconfirmed : ending
}
