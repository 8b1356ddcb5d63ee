/**
 * Decides which waiting message of an instance is next. This is the only place that decides it.
 *
 * Order is kept within a chat and nowhere else: of each chat only the first waiting message is
 * considered, and whatever that one waits for holds up its own chat. Among the chats that can go,
 * the more urgent message goes first (`turns.ts` says when it does not), and of one priority the
 * message that was accepted first. One message leaves at a time, and the gap after it counts for
 * every chat of the instance.
 */

import type { Priority } from '../../domain/priority.js'
import type { EpochMs } from '../../domain/time.js'

/** A chat, by its first waiting message. */
export interface WaitingChat {
  /** The message's place in the order of acceptance. */
  readonly place: number
  readonly priority: Priority
  /** It waits for something whose end wakes the queue: its send, its file, a look-up. */
  readonly isBusy: boolean
  /** Everything that it needs is there, and it waits for its turn to leave. */
  readonly isPrepared: boolean
  /** A repetition leaves no earlier. */
  readonly notBefore: EpochMs
  /** Whether the gap after the last send counts; not for a repetition of that very message. */
  readonly owesGap: boolean
}

/** What counts for all chats of the instance. */
export interface QueueState {
  readonly now: EpochMs
  /** Which priority goes first, and which one if that has nothing to send. */
  readonly turns: readonly Priority[]
  /** When the gap after the last send is over. */
  readonly gapOverAt: EpochMs
  /** Another message has its turn and is not on the wire yet. */
  readonly isOneLeaving: boolean
  /** Messages on the wire that are not acknowledged yet. */
  readonly unacknowledged: number
  /** Messages that are being prepared or are prepared. */
  readonly preparing: number
  /** Until then the message that is being prepared is not overtaken. */
  readonly beginNotBefore: EpochMs
  /** No wait is longer. A longer one means that the clock was set back, and it is over. */
  readonly longestWaitMs: number
}

export type Next<Chat> =
  /** This chat's message: to be prepared or, if it is prepared, to leave. */
  | { readonly kind: 'message'; readonly chat: Chat }
  /** Nothing can go before this moment; without one, only a wake brings more. */
  | { readonly kind: 'wait'; readonly until?: EpochMs | undefined }

/** 16 round trips of 50 ms are 320 messages a second, more than one session can encrypt. */
export const mostUnacknowledged = 16
export const mostPreparing = 16
/** A code need not wait until one of 16 images has left. */
export const morePreparingIfHigh = 4

export function nextMessage<Chat extends WaitingChat>(
  chats: Iterable<Chat>,
  queue: QueueState,
): Next<Chat> {
  let first: Chat | undefined
  let until: EpochMs | undefined
  for (const chat of chats) {
    if (chat.isBusy || !hasRoom(chat, queue)) continue
    const at = earliest(chat, queue)
    if (at > queue.now) until = Math.min(until ?? at, at)
    else if (first === undefined || comesBefore(chat, first, queue)) first = chat
  }
  return first === undefined ? { kind: 'wait', until } : { kind: 'message', chat: first }
}

function comesBefore(one: WaitingChat, other: WaitingChat, { turns }: QueueState): boolean {
  if (one.priority === other.priority) return one.place < other.place
  return turns.indexOf(one.priority) < turns.indexOf(other.priority)
}

/** What has no room now waits for the end of another one, which wakes the queue. */
function hasRoom({ isPrepared, priority }: WaitingChat, queue: QueueState): boolean {
  if (queue.isOneLeaving || queue.unacknowledged >= mostUnacknowledged) return false
  const more = priority === 'high' ? morePreparingIfHigh : 0
  return isPrepared || queue.preparing < mostPreparing + more
}

/** A moment in the past means "now". */
function earliest(
  { isPrepared, notBefore, owesGap }: WaitingChat,
  { now, gapOverAt, beginNotBefore, longestWaitMs }: QueueState,
): EpochMs {
  const waits = [notBefore, owesGap ? gapOverAt : 0, isPrepared ? 0 : beginNotBefore]
  return Math.max(...waits.filter((at) => at - now <= longestWaitMs), 0)
}
