/** What the server says of a message that was written, and what is learned from it. */

import type { WhatsappId } from '../../domain/message.js'
import { type Acknowledgement, strangerRefusal } from '../../domain/sending.js'
import { askNewChats } from '../account/new-chats.js'
import { unlessAborted } from '../deferred.js'
import type { Ack } from './acks.js'
import type { EncodedMessage } from './encoded-message.js'
import type { SendContext } from './send-context.js'

/** How long the server may take for its ack, counted from the write. */
const ackTimeoutMs = 10_000
/** The address does not exist. */
const unknownRecipient = 404

export interface WrittenMessage {
  readonly whatsappId: WhatsappId
  /** The id that the ack names. */
  readonly stanzaId: string
  readonly encoded: EncodedMessage
  readonly ack: Promise<Ack>
  /** Resolves when Baileys has stored the ratchets, or has failed to. */
  readonly relayed: Promise<unknown>
}

/** Never throws. */
export async function acknowledged(
  written: WrittenMessage,
  context: SendContext,
): Promise<Acknowledgement> {
  try {
    const word = await wordOfServer(written.ack, context)
    // The ratchets are stored before the result is known, unless the connection is gone anyway.
    await unlessAborted(context.closed, written.relayed, nothing)
    if (word === undefined) return unconfirmed(written, context)
    return word.kind === 'taken'
      ? await taken(written.encoded, word.serverId, context)
      : await refused(written.encoded, word.code, context)
  } catch (cause) {
    return { kind: 'unknown', cause }
  }
}

function unconfirmed(
  { whatsappId, stanzaId, encoded: { chat } }: WrittenMessage,
  context: SendContext,
): Acknowledgement {
  context.acks.giveUp(stanzaId, (serverId) => context.tellLateAck(whatsappId, chat, serverId))
  const cause = new Error('WhatsApp did not acknowledge the message')
  context.endUnconfirmed(cause)
  return { kind: 'unknown', cause }
}

async function taken(
  encoded: EncodedMessage,
  serverId: string | undefined,
  context: SendContext,
): Promise<Acknowledgement> {
  context.memory.addressing.taken(encoded.jid)
  await learnTimer(encoded, context)
  return { kind: 'sent', at: context.clock.now(), chat: encoded.chat, serverId }
}

async function refused(
  { jid, chat }: EncodedMessage,
  code: number,
  context: SendContext,
): Promise<Acknowledgement> {
  if (chat.kind === 'person') {
    if (code === unknownRecipient) return askAnew(jid, context)
    if (context.memory.addressing.refused(jid, code, chat.phone))
      return { kind: 'not-sent', cause: new Error('WhatsApp takes no LIDs from this account') }
  }
  return refusal(code, context)
}

/** If it fails, later messages stay longer than the chat says. */
async function learnTimer(
  { chat, wire: { timerSeconds } }: EncodedMessage,
  { instanceId, timers, log }: SendContext,
): Promise<void> {
  if (timerSeconds === undefined) return
  try {
    await timers.take(instanceId, [{ kind: 'chat', chat, facts: { timerSeconds } }], 'told')
  } catch (cause) {
    log.warn('chat-timer-not-kept', { instanceId, cause })
  }
}

/** What is remembered of the way to the person is wrong. Nothing arrived, so another try is safe. */
async function askAnew(jid: string, { sessions, resolver }: SendContext): Promise<Acknowledgement> {
  await sessions.forget([jid])
  resolver.doubt(jid)
  return { kind: 'not-sent', cause: new Error('WhatsApp does not know the recipient any more') }
}

async function refusal(
  code: number,
  { sock, clock, closed }: SendContext,
): Promise<Acknowledgement> {
  if (code !== strangerRefusal) return { kind: 'refused', code }
  return { kind: 'refused', code, newChats: await askNewChats(sock, clock, closed) }
}

async function wordOfServer(
  ack: Promise<Ack>,
  { clock, closed }: SendContext,
): Promise<Ack | undefined> {
  const waiting = new AbortController()
  const timeout = clock.sleep(ackTimeoutMs, waiting.signal).then(nothing)
  const word = await unlessAborted(closed, Promise.race([ack, timeout]), nothing)
  // Without a reason of ours it would make an error, with its stack, for each message.
  waiting.abort('over')
  return word
}

function nothing(): undefined {
  return undefined
}
