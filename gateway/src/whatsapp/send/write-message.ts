/**
 * Writes a prepared message, and says truthfully what became of it.
 *
 * Up to the write it may fail without a trace. From then on only the server's ack says what
 * happened (`server-word.ts`).
 */

import { isJidNewsletter } from 'baileys'
import { traitsOf } from '../../domain/content/index.js'
import { NotConnectedError } from '../../domain/errors.js'
import type { EngineMessage, NotWritten, Written } from '../../domain/sending.js'
import { withEncAttributes } from '../baileys-patches/enc-attributes.js'
import { nodesReadLast } from '../baileys-patches/last-moment.js'
import { Deferred, unlessAborted } from '../deferred.js'
import { statusJid } from '../jid.js'
import type { RatchetMark } from '../keys/ratchet-doubts.js'
import type { EncodedMessage } from './encoded-message.js'
import { newsletterStanza, stanzaIdOf } from './newsletter-stanza.js'
import { assertOpen, connectionLost, type SendContext } from './send-context.js'
import { acknowledged } from './server-word.js'
import { attributesOf, nodesOf, planOf } from './stanza-plan.js'

class TooLateError extends Error {
  override readonly name = 'TooLateError'
}

/** As `PreparedMessage.write`. `mark` is stored. */
export async function write(
  message: EngineMessage,
  encoded: EncodedMessage,
  mark: RatchetMark,
  context: SendContext,
): Promise<Written> {
  const { acks, memory, closed } = context
  const { whatsappId } = message
  const done = context.watch()
  try {
    await unlessAborted(closed, showTyping(message, encoded.jid, context), connectionLost)
    await memory.sentIds.set(whatsappId, true)
  } catch (cause) {
    done()
    return { kind: 'not-sent', cause }
  }
  const stanzaId = stanzaIdOf(whatsappId, encoded)
  // The ack may be faster than the write.
  const ack = acks.expect(stanzaId)
  const left = new Deferred()
  const relayed = relay(message, encoded, mark, left, context).then(
    () => undefined,
    (cause: unknown) => ({ cause }),
  )
  // A connection that ended before the write refuses it in `assertOpen`, however long Baileys still tries.
  const begun = Promise.race([left.promise, relayed])
  const failure = await unlessAborted(closed, begun, () => undefined)
  if (!left.hasCome) {
    acks.forget(stanzaId)
    done()
    return notWritten(failure?.cause)
  }
  const word = acknowledged({ whatsappId, stanzaId, encoded, ack, relayed }, context)
  return { kind: 'written', acknowledged: word.finally(done) }
}

async function showTyping(
  { typingMs, content }: EngineMessage,
  jid: string,
  context: SendContext,
): Promise<void> {
  assertOpen(context)
  // Channels and statuses show no typing.
  if (typingMs === 0 || isJidNewsletter(jid) || jid === statusJid) return
  const { sock, clock, closed } = context
  await sock.sendPresenceUpdate(traitsOf(content).presence ?? 'composing', jid)
  await clock.sleep(typingMs, closed)
  await sock.sendPresenceUpdate('paused', jid)
}

/** Has Baileys encrypt and write it. `left` comes in the very turn in which Baileys writes. */
async function relay(
  { whatsappId, expiresAt }: EngineMessage,
  encoded: EncodedMessage,
  mark: RatchetMark,
  left: Deferred,
  context: SendContext,
): Promise<void> {
  const { sock, doubts, groups, clock } = context
  const { jid, chat, audience, wire } = encoded
  const plan = planOf(wire.message)
  const lastLook = (): void => {
    assertOpen(context)
    assertNothingInDoubt(context)
    if (expiresAt !== undefined && clock.now() >= expiresAt)
      throw new TooLateError('its time was over right before the write')
    left.come()
  }
  const relayMessage = async (): Promise<unknown> => {
    if (chat.kind === 'newsletter') {
      lastLook()
      return sock.sendNode(newsletterStanza(stanzaIdOf(whatsappId, encoded), encoded))
    }
    const additionalNodes = nodesReadLast([...nodesOf(plan), ...wire.additionalNodes], lastLook)
    return sock.relayMessage(jid, withEncAttributes(wire.message, plan), {
      messageId: whatsappId,
      additionalNodes,
      additionalAttributes: attributesOf(plan),
      ...(audience === undefined ? {} : { statusJidList: [...audience.people] }),
    })
  }
  try {
    await doubts.during(mark, relayMessage, () => left.hasCome)
  } finally {
    groups.forget(jid)
  }
}

/** A message that left right before this one moved our own devices' ratchets, and they could not be stored. */
function assertNothingInDoubt({ doubts }: SendContext): void {
  if (doubts.doubted.length > 0) throw new Error('a message before it was not stored')
}

function notWritten(cause: unknown): NotWritten {
  if (cause instanceof TooLateError) return { kind: 'too-late' }
  return { kind: 'not-sent', cause: cause ?? new NotConnectedError('the connection was lost') }
}
