/** The message that another one is about, as WhatsApp names it and as it was sent. */

import { jidNormalizedUser, type proto, type WASocket } from 'baileys'
import { type ChatId, isOtherPerson, type PersonId } from '../../domain/chat.js'
import type { EarlierReference } from '../../domain/content/context.js'
import type { NotPossible } from '../../domain/sending.js'
import type { InstanceId } from '../../domain/instance.js'
import type { KeptMessage } from '../../domain/kept-message.js'
import { groupJid, jidOfPerson, phoneJid } from '../jid.js'
import type { KeptMessagePort } from '../receive/kept-message-port.js'
import { decodeOriginal } from './original-message.js'
import type { Address } from './resolve.js'

/** The message cannot be sent, however often it is tried. */
export class NotPossibleError extends Error {
  override readonly name = 'NotPossibleError'
  readonly why: NotPossible

  constructor(why: NotPossible) {
    super(why)
    this.why = why
  }
}

export interface EarlierMessage {
  readonly key: proto.IMessageKey
  readonly message: proto.IMessage
  readonly kept: KeptMessage
  /** Of its author, as members of the chat are addressed. */
  readonly authorJid: string | undefined
}

export interface EarlierContext {
  readonly instanceId: InstanceId
  readonly sock: Pick<WASocket, 'authState'>
  readonly keptMessages: KeptMessagePort
  readonly groups: { cached(jid: string): Promise<{ addressingMode?: string } | undefined> }
}

/** `undefined` if it is not kept. Without a chat in the reference it was said where the new message goes. */
export async function findEarlier(
  { whatsappId, chat }: EarlierReference,
  address: Address,
  context: EarlierContext,
): Promise<EarlierMessage | undefined> {
  const { instanceId, keptMessages } = context
  const reference = { whatsappId, chat: chat ?? address.chat }
  const kept = await keptMessages.find(instanceId, reference)
  return kept && (await earlierOf(kept, address, context))
}

/** The message that a person is answered; to them alone also one that they wrote in a group. */
export async function findAnswered(
  reference: EarlierReference,
  address: Address,
  context: EarlierContext,
): Promise<EarlierMessage | undefined> {
  const found = await findEarlier(reference, address, context)
  if (reference.chat?.kind === 'status' && found !== undefined)
    return isOtherPerson(found.kept.author, personIn(address.chat)) ? undefined : found
  if (found !== undefined || address.chat.kind !== 'person') return found
  const kept = await context.keptMessages.findAnywhere(context.instanceId, reference.whatsappId)
  const isTheirs = kept?.chat.kind === 'group' && !isOtherPerson(kept.author, address.chat)
  return isTheirs ? earlierOf(kept, address, context) : undefined
}

function personIn(chat: ChatId): PersonId {
  return chat.kind === 'person' ? chat : {}
}

async function earlierOf(
  kept: KeptMessage,
  address: Address,
  context: EarlierContext,
): Promise<EarlierMessage> {
  const { whatsappId: id, fromMe, chat } = kept
  const remoteJid = chat.kind === 'group' ? groupJid(chat.group) : address.jid
  const authorJid = await authorJidOf(kept, remoteJid, context)
  const isNamed = chat.kind === 'group' && !fromMe
  return {
    kept,
    key: {
      remoteJid,
      id,
      fromMe,
      ...(isNamed && authorJid !== undefined ? { participant: authorJid } : {}),
    },
    message: decodeOriginal(kept.original),
    authorJid,
  }
}

async function authorJidOf(
  { fromMe, chat, author }: KeptMessage,
  remoteJid: string,
  { sock, groups }: EarlierContext,
): Promise<string | undefined> {
  const byNumber =
    chat.kind === 'group'
      ? (await groups.cached(remoteJid))?.addressingMode === 'pn'
      : !remoteJid.endsWith('@lid')
  if (fromMe) {
    const { id = '', lid } = sock.authState.creds.me ?? {}
    return jidNormalizedUser(byNumber ? id : (lid ?? id))
  }
  if (chat.kind !== 'group') return remoteJid
  return byNumber && author.phone !== undefined ? phoneJid(author.phone) : jidOfPerson(author)
}

/** Throws `NotPossibleError`. */
export function needed(
  earlier: EarlierMessage | undefined,
  why: NotPossible = 'unknown-message',
): EarlierMessage {
  if (earlier === undefined) throw new NotPossibleError(why)
  return earlier
}
