/**
 * Gets a message ready to leave: everything that the recipient does not see. It may fail
 * without a trace, and may be done again.
 */

import { filesOf, type MessageContent, traitsOf } from '../../domain/content/index.js'
import type { EarlierChange, OriginalMessage } from '../../domain/kept-message.js'
import type {
  EngineMessage,
  NotWritten,
  PreparedMessage,
  Unreachable,
} from '../../domain/sending.js'
import { callLink } from '../account/call-link.js'
import { openInvitation } from '../account/newsletter-invitation.js'
import { toWire } from '../content/index.js'
import type { WireMessage } from '../content/wire-message.js'
import { unlessAborted } from '../deferred.js'
import { renewEncryption } from '../keys/renew-encryption.js'
import { FileRefusedError } from '../media/media-hosts.js'
import { uploadFiles } from '../media/media-upload.js'
import { type NewsletterUpload, uploadToNewsletter } from '../media/newsletter-upload.js'
import { ownPersonOf } from '../receive/from-baileys.js'
import { withTimer } from './chat-timer.js'
import type { EncodedMessage } from './encoded-message.js'
import { findEarlier, needed, NotPossibleError } from './earlier-message.js'
import { withContext } from './message-context.js'
import { assertNewsletterTakes } from './newsletter-stanza.js'
import { encodeOriginal } from './original-message.js'
import { ownSecretOf } from './own-secret.js'
import { wayTo } from './reach.js'
import type { Address } from './resolve.js'
import { encodeCopy } from './resend-copy.js'
import { sealAnswer, type SecretUse } from './seal-answer.js'
import { assertOpen, connectionLost, type SendContext } from './send-context.js'
import { isAboutAnother } from './stanza-plan.js'
import { asStatus, settingNode } from './status-audience.js'
import { write } from './write-message.js'

/** As `EngineConnection.prepare`. */
export async function prepare(
  message: EngineMessage,
  context: SendContext,
): Promise<PreparedMessage | NotWritten> {
  const done = context.watch()
  try {
    // Baileys goes on waiting for answers for long.
    const encoded = await unlessAborted(context.closed, encode(message, context), connectionLost)
    if (encoded === undefined) return { kind: 'no-such-recipient' }
    if ('unreachable' in encoded) return { kind: 'recipient-unreachable', why: encoded.unreachable }
    return prepared(message, encoded, context)
  } catch (cause) {
    if (cause instanceof FileRefusedError)
      return { kind: 'file-refused', status: cause.status, cause }
    if (cause instanceof NotPossibleError) return { kind: 'not-possible', why: cause.why }
    return { kind: 'not-sent', cause }
  } finally {
    done()
  }
}

function prepared(
  message: EngineMessage,
  encoded: EncodedMessage,
  context: SendContext,
): PreparedMessage {
  const { sock, doubts, clock, closed } = context
  const { whatsappId } = message
  const { jid, chat, wire, original } = encoded
  const mark = doubts.mark(jid)
  const author = ownPersonOf(sock.authState.creds.me)
  return {
    kind: 'prepared',
    keep: {
      resendCopy: encodeCopy({ to: jid, ...wire }),
      message: original && { whatsappId, chat, author, fromMe: true, at: clock.now(), original },
      change: changeBy(encoded),
      ratchetMark: mark.key,
    },
    isUsable: () => !closed.aborted,
    write: () => write(message, encoded, mark, context),
  }
}

/** What it makes of the earlier message that it is about. */
function changeBy({ about, chat, wire }: EncodedMessage): EarlierChange | undefined {
  if (about === undefined) return undefined
  const reference = { whatsappId: about.whatsappId, chat: about.chat ?? chat }
  if (wire.deletes) return { reference }
  return wire.changes && { reference, bytes: encodeOriginal(wire.changes).bytes }
}

/** `undefined`: the number is not on WhatsApp. */
async function encode(
  message: EngineMessage,
  context: SendContext,
): Promise<EncodedMessage | { readonly unreachable: Unreachable } | undefined> {
  const { sock, clock } = context
  assertOpen(context)
  const address = await wayTo(message.recipient, context)
  if (address === undefined || 'unreachable' in address) return address

  const { content, files } = message
  const about = traitsOf(content).earlier?.(content)
  const earlier = about && (await findEarlier(about, address, context))
  const { uploaded, mediaId } = await upload(message, address, context)
  const call = traitsOf(content).call?.(content)
  const newsletter = traitsOf(content).invitation?.(content)
  const wireContext = {
    shape: context.buttonShape,
    at: clock.now(),
    isGroup: address.chat.kind === 'group',
    messageSecret: ownSecretOf(message.whatsappId, sock.authState.creds),
    callLink: call && (await callLink(call, sock)),
    invitation:
      newsletter === undefined
        ? undefined
        : await openInvitation(newsletter, message.recipient, context.newsletters),
    chatJid: address.jid,
    earlier,
    seal: (use: SecretUse, plaintext: Uint8Array) =>
      sealAnswer(needed(earlier), use, plaintext, sock),
  }
  const timerSeconds = await context.timers.timerOf(context.instanceId, address.chat)
  const wireOf = async (some: MessageContent): Promise<WireMessage> => {
    const bare = toWire(some, { prepared: files, uploaded }, wireContext)
    const said = await withContext(bare.message, some.context, address, context)
    if (address.audience === undefined) return { ...bare, message: withTimer(said, timerSeconds) }
    const additionalNodes = [settingNode(address.audience), ...bare.additionalNodes]
    return { ...bare, message: asStatus(said), additionalNodes }
  }
  const wire = await wireOf(content)
  const original = await originalOf(message, wire, wireOf)
  const inNewsletter = { mediaId, targetServerId: earlier?.kept.serverId }
  if (address.chat.kind === 'newsletter') assertNewsletterTakes(wire.message, inNewsletter)

  await renewWhatIsInDoubt(address.jid, message.renewEncryption, context)
  return { ...address, wire, original, about, newsletter: inNewsletter }
}

/** Puts its files on WhatsApp's media hosts. */
async function upload(
  { content, files }: EngineMessage,
  { chat }: Address,
  { mediaHosts: hosts, memory: { uploads } }: SendContext,
): Promise<NewsletterUpload> {
  const requests = filesOf(content)
  if (chat.kind === 'newsletter') return uploadToNewsletter(requests, files, { hosts, uploads })
  const uploaded = await uploadFiles(requests, files, { hosts, uploads })
  return { uploaded, mediaId: undefined }
}

/** What is kept of it; `undefined` for what nothing can refer to. */
async function originalOf(
  { content, keepAs }: EngineMessage,
  { message, timerSeconds }: WireMessage,
  wireOf: (content: MessageContent) => Promise<WireMessage>,
): Promise<OriginalMessage | undefined> {
  if (isAboutAnother(message) || timerSeconds !== undefined) return undefined
  if (keepAs === content) return encodeOriginal(message)
  return { ...encodeOriginal((await wireOf(keepAs)).message), isMasked: true }
}

/** Also the chats that others left in doubt: our own devices' ratchets moved with theirs. */
async function renewWhatIsInDoubt(
  jid: string,
  asked: boolean,
  context: SendContext,
): Promise<void> {
  const { doubts } = context
  const { doubted } = doubts
  for (const each of doubted) {
    await renewEncryption(each, context)
    await doubts.settle(each)
  }
  if (asked && !doubted.includes(jid)) await renewEncryption(jid, context)
}
