/**
 * Sends one message, and says truthfully how it ended.
 *
 * Everything up to the write may fail without a trace: the answer is then
 * `not-sent` and the caller may try again. From the moment of the write on,
 * only the server's ack says what happened; without it the answer is `unknown`
 * and a repetition has to use the same id.
 */

import type { WASocket } from 'baileys'
import type { ChatId } from '../../domain/chat.js'
import type { EarlierReference } from '../../domain/content/context.js'
import type { OriginalMessage } from '../../domain/kept-message.js'
import { filesOf, type MessageContent, traitsOf } from '../../domain/content/index.js'
import type { EngineMessage, SendResult, Turn, Unreachable } from '../../domain/engine.js'
import { NotConnectedError } from '../../domain/errors.js'
import type { InstanceId } from '../../domain/instance.js'
import type { WhatsappId } from '../../domain/message.js'
import type { Clock } from '../../runtime/clock.js'
import type { Log } from '../../runtime/telemetry.js'
import type { Ack, PendingAcks } from './acks.js'
import { FileRefusedError, type MediaHosts } from '../media/media-hosts.js'
import { uploadFiles } from '../media/media-upload.js'
import type { PairingMemory } from '../connection/pairing-memory.js'
import type { DeviceSessions } from '../keys/device-sessions.js'
import { sealAnswer, type SecretUse } from './seal-answer.js'
import { type FreshGroups, wayTo } from './reach.js'
import { Deferred, unlessAborted } from '../deferred.js'
import { withEncAttributes } from '../baileys-patches/enc-attributes.js'
import { nodesReadLast } from '../baileys-patches/last-moment.js'
import { askNewChats } from '../account/new-chats.js'
import type { ButtonShape } from '../content/biz.js'
import { callLink } from '../account/call-link.js'
import { findEarlier, needed, NotPossibleError } from './earlier-message.js'
import { toWire } from '../content/index.js'
import { ownPersonOf } from '../receive/from-baileys.js'
import type { KeptMessagePort } from '../receive/kept-message-port.js'
import { withContext } from './message-context.js'
import { encodeOriginal } from './original-message.js'
import { ownSecretOf } from './own-secret.js'
import { attributesOf, isAboutAnother, nodesOf, planOf } from './stanza-plan.js'
import type { WireMessage } from '../content/wire-message.js'
import type { RatchetDoubts } from '../keys/ratchet-doubts.js'
import { renewEncryption } from '../keys/renew-encryption.js'
import { encodeCopy, type ResendPort } from './resend-copy.js'
import type { Address, RecipientResolver } from './resolve.js'

/** How long the server may take for its ack, counted from the write. */
const ackTimeoutMs = 10_000
/** The number may start no conversation, or something is wrong with this one contact. */
const restriction = 463
/** The address does not exist. */
const unknownRecipient = 404

export interface SendContext {
  readonly instanceId: InstanceId
  readonly sock: WASocket
  readonly acks: PendingAcks
  readonly resolver: RecipientResolver
  readonly sessions: DeviceSessions
  readonly groups: FreshGroups
  readonly doubts: RatchetDoubts
  readonly memory: Pick<PairingMemory, 'sentIds' | 'uploads' | 'addressing'>
  readonly resends: ResendPort
  readonly keptMessages: KeptMessagePort
  readonly clock: Clock
  readonly log: Log
  readonly buttonShape: ButtonShape
  readonly mediaHosts: MediaHosts
  /** Called when the ack comes after `unknown` was answered. */
  tellLateAck(whatsappId: WhatsappId, chat: ChatId): void
  /** Aborts as soon as the connection is of no use any more. */
  readonly closed: AbortSignal
}

/** Never throws. */
export async function send(message: EngineMessage, context: SendContext): Promise<SendResult> {
  let prepared: Prepared | { readonly unreachable: Unreachable } | undefined
  let turn: Turn
  try {
    // Baileys goes on waiting for answers for long.
    prepared = await unlessAborted(context.closed, prepare(message, context), connectionLost)
    if (prepared === undefined) return { kind: 'no-such-recipient' }
    if ('unreachable' in prepared)
      return { kind: 'recipient-unreachable', why: prepared.unreachable }
    turn = await unlessAborted(context.closed, message.turn(), connectionLost)
    await unlessAborted(context.closed, type(message, prepared, turn, context), connectionLost)
  } catch (cause) {
    if (cause instanceof FileRefusedError)
      return { kind: 'file-refused', status: cause.status, cause }
    if (cause instanceof NotPossibleError) return { kind: 'not-possible', why: cause.why }
    return { kind: 'not-sent', cause }
  }
  return write(message, prepared, turn, context)
}

function connectionLost(): never {
  throw new NotConnectedError('the connection was lost')
}

interface Prepared extends Address {
  readonly wire: WireMessage
  /** As it is kept; `undefined` for what nothing can refer to. */
  readonly original: OriginalMessage | undefined
  /** The earlier message that it is about. */
  readonly about: EarlierReference | undefined
}

/** All that can be done without anybody seeing it. `undefined`: the number is not on WhatsApp. */
async function prepare(
  message: EngineMessage,
  context: SendContext,
): Promise<Prepared | { readonly unreachable: Unreachable } | undefined> {
  const { sock, clock } = context
  assertOpen(context)
  const address = await wayTo(message.recipient, context)
  if (address === undefined || 'unreachable' in address) return address

  const { content, files } = message
  const about = traitsOf(content).earlier?.(content)
  const earlier = about && (await findEarlier(about, address, context))
  const uploaded = await uploadFiles(filesOf(content), files, {
    hosts: context.mediaHosts,
    uploads: context.memory.uploads,
  })
  const call = traitsOf(content).call?.(content)
  const wireContext = {
    shape: context.buttonShape,
    at: clock.now(),
    isGroup: address.chat.kind === 'group',
    messageSecret: ownSecretOf(message.whatsappId, sock.authState.creds),
    callLink: call && (await callLink(call, sock)),
    chatJid: address.jid,
    earlier,
    seal: (use: SecretUse, plaintext: Uint8Array) =>
      sealAnswer(needed(earlier), use, plaintext, sock),
  }
  const wireOf = async (some: MessageContent): Promise<WireMessage> => {
    const bare = toWire(some, { prepared: files, uploaded }, wireContext)
    return { ...bare, message: await withContext(bare.message, some.context, address, context) }
  }
  const wire = await wireOf(content)
  const original = await originalOf(message, wire, wireOf)

  await renewWhatIsInDoubt(address.jid, message.renewEncryption, context)
  return { ...address, wire, original, about }
}

/** What is kept of it; `undefined` for what nothing can refer to. */
async function originalOf(
  { content, keepAs }: EngineMessage,
  { message }: WireMessage,
  wireOf: (content: MessageContent) => Promise<WireMessage>,
): Promise<OriginalMessage | undefined> {
  if (isAboutAnother(message)) return undefined
  if (keepAs === content) return encodeOriginal(message)
  return { ...encodeOriginal((await wireOf(keepAs)).message), isMasked: true }
}

/** The recipient sees it, so the claim is stored before. */
async function type(
  { typingMs, content }: EngineMessage,
  { jid }: Prepared,
  { claimed }: Turn,
  { sock, clock, closed }: SendContext,
): Promise<void> {
  if (typingMs === 0) return
  await claimed
  await sock.sendPresenceUpdate(traitsOf(content).presence ?? 'composing', jid)
  await clock.sleep(typingMs, closed)
  await sock.sendPresenceUpdate('paused', jid)
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

/** A message that left right before this one moved our own devices' ratchets, and they could not be stored. */
function assertNothingInDoubt({ doubts }: SendContext): void {
  if (doubts.doubted.length > 0) throw new Error('a message before it was not stored')
}

class TooLateError extends Error {
  override readonly name = 'TooLateError'
}

async function write(
  message: EngineMessage,
  prepared: Prepared,
  { claimed }: Turn,
  context: SendContext,
): Promise<SendResult> {
  const { sock, acks, doubts, memory } = context
  const { jid, chat, wire } = prepared
  const { whatsappId } = message
  const left = new Deferred()
  const plan = planOf(wire.message)
  const additionalNodes = nodesReadLast([...nodesOf(plan), ...wire.additionalNodes], () => {
    assertOpen(context)
    assertNothingInDoubt(context)
    if (!message.mayStillLeave()) throw new TooLateError('its time was over right before the write')
    left.come()
  })

  await memory.sentIds.set(whatsappId, true)
  const ack = acks.expect(whatsappId)
  // Stored before the write, all in one commit where the database is free: what later messages refer
  // to, the copy, the claim, and the mark that the ratchets may move.
  const kept = Promise.all([
    keepCopy(message, encodeCopy({ to: jid, ...wire }), context),
    keepMessage(message, prepared, context),
  ])
  // The writer awaits it. If the write is never reached, ignore the rejection.
  kept.catch(nothing)
  const relay = async (): Promise<unknown> => {
    await kept
    await claimed
    return sock.relayMessage(jid, withEncAttributes(wire.message, plan), {
      messageId: whatsappId,
      additionalNodes,
      additionalAttributes: attributesOf(plan),
    })
  }
  const relayed = doubts
    .during(jid, relay, () => left.hasCome)
    .then(
      () => undefined,
      (cause: unknown) => ({ cause }),
    )
    .finally(() => context.groups.forget(jid))

  // A connection that ended before the write refuses it in `assertOpen`, however long Baileys still tries.
  const begun = Promise.race([left.promise, relayed])
  const failure = await unlessAborted(context.closed, begun, nothing)
  if (!left.hasCome) {
    acks.forget(whatsappId)
    return failure?.cause instanceof TooLateError
      ? { kind: 'too-late' }
      : {
          kind: 'not-sent',
          cause: failure?.cause ?? new NotConnectedError('the connection was lost'),
        }
  }

  const word = await wordOfServer(ack, context)
  // The ratchets are stored before anybody hears of the result, unless the connection is gone anyway.
  await unlessAborted(context.closed, relayed, nothing)
  if (word?.kind === 'refused' && word.code === unknownRecipient && chat.kind === 'person')
    return askAnew(jid, context)
  if (word?.kind === 'refused' && chat.kind === 'person') {
    if (memory.addressing.refused(jid, word.code, chat.phone))
      return { kind: 'not-sent', cause: new Error('WhatsApp takes no LIDs from this account') }
  }
  switch (word?.kind) {
    case 'taken':
      memory.addressing.taken(jid)
      await changeEarlier(prepared, context)
      return { kind: 'sent', at: context.clock.now(), chat }
    case 'refused':
      return refusal(word.code, context)
    case undefined:
      acks.giveUp(whatsappId, () => context.tellLateAck(whatsappId, chat))
      return { kind: 'unknown', cause: new Error('WhatsApp did not acknowledge the message') }
  }
}

function keepCopy(
  { whatsappId, resendUntil }: EngineMessage,
  copy: Uint8Array,
  { instanceId, resends }: SendContext,
): Promise<void> {
  return resends.keep(instanceId, whatsappId, copy, resendUntil)
}

async function keepMessage(
  { whatsappId }: EngineMessage,
  { chat, original }: Prepared,
  { instanceId, sock, keptMessages, clock }: SendContext,
): Promise<void> {
  if (original === undefined) return
  const author = ownPersonOf(sock.authState.creds.me)
  const kept = { whatsappId, chat, author, fromMe: true, at: clock.now(), original }
  await keptMessages.keep(instanceId, kept)
}

/** Later messages quote what the earlier one says now. If it fails, they quote what it said before. */
async function changeEarlier(
  { about, chat, wire }: Prepared,
  { instanceId, keptMessages, log }: SendContext,
): Promise<void> {
  if (about === undefined) return
  const reference = { whatsappId: about.whatsappId, chat: about.chat ?? chat }
  try {
    if (wire.deletes) await keptMessages.forget(instanceId, reference)
    if (wire.changes)
      await keptMessages.change(instanceId, reference, encodeOriginal(wire.changes).bytes)
  } catch (cause) {
    log.warn('kept-message-not-changed', { instanceId, cause })
  }
}

/** What is remembered of the way to the person is wrong. Nothing arrived, so another try is safe. */
async function askAnew(jid: string, { sessions, resolver }: SendContext): Promise<SendResult> {
  await sessions.forget([jid])
  resolver.doubt(jid)
  return { kind: 'not-sent', cause: new Error('WhatsApp does not know the recipient any more') }
}

async function refusal(code: number, { sock, clock, closed }: SendContext): Promise<SendResult> {
  if (code !== restriction) return { kind: 'refused', code }
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

function assertOpen({ sock, closed }: SendContext): void {
  if (closed.aborted || !sock.ws.isOpen)
    throw new NotConnectedError('the connection to WhatsApp is not open')
}
