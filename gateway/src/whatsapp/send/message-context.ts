/** What stands beside the content of a message of ours: the quote, and the people and groups that it names. */

import { type GroupMetadata, normalizeMessageContent, type proto } from 'baileys'
import type { ChatId, PersonId } from '../../domain/chat.js'
import type { MessageContext } from '../../domain/content/context.js'
import { oneFormOf } from '../../domain/phone-forms.js'
import {
  type EarlierContext,
  type EarlierMessage,
  findAnswered,
  needed,
} from './earlier-message.js'
import { groupJid, jidOfPerson, personOfJid, statusJid, withOtherAddress } from '../jid.js'
import { ownPersonOf } from '../receive/from-baileys.js'
import type { Address } from './resolve.js'
import { isSamePerson } from '../../domain/chat.js'

/** More names are not shown, and the message grows with each. */
const mostMentions = 1_024

export interface ContextOptions extends EarlierContext {
  readonly groups: { cached(jid: string): Promise<GroupMetadata | undefined> }
}

/** Puts it into the message. Throws `NotPossibleError` where the answered message is unknown. */
export async function withContext(
  message: proto.IMessage,
  context: MessageContext | undefined,
  address: Address,
  options: ContextOptions,
): Promise<proto.IMessage> {
  if (context === undefined) return message
  const { answers, mentions = [], mentionsAll, groupMentions = [] } = context
  const quoted = answers && needed(await findAnswered(answers, address, options))
  const members = await membersOf(address, options)
  const named = mentions.map((person) => mentionOf(person, members))
  const others = mentionsAll ? othersIn(members, options) : []
  const info: proto.IContextInfo = {
    ...(quoted && quoteOf(quoted, address.chat)),
    ...(named.length + others.length > 0
      ? { mentionedJid: [...new Set([...named.map(({ jid }) => jid), ...others])] }
      : {}),
    ...(mentionsAll ? { nonJidMentions: 1 } : {}),
    ...(groupMentions.length > 0
      ? {
          groupMentions: groupMentions.map(({ group, subject }) => ({
            groupJid: groupJid(group),
            groupSubject: subject,
          })),
        }
      : {}),
  }
  const rewrite = (text: string): string => {
    const withPeople = named.reduce((whole, { written, user }) => at(whole, written, user), text)
    return groupMentions.reduce(
      (whole, { group }) => at(whole, `${group}(?:-group)?`, groupJid(group)),
      withPeople,
    )
  }
  return inContext(message, info, rewrite)
}

/** `@written` becomes `@instead`; a longer number that begins with it is another one. */
function at(text: string, written: string, instead: string): string {
  return text.replace(new RegExp(`@${written}(?![\\w])`, 'gu'), `@${instead}`)
}

function inContext(
  message: proto.IMessage,
  info: proto.IContextInfo,
  rewrite: (text: string) => string,
): proto.IMessage {
  const { protocolMessage } = message
  if (protocolMessage?.editedMessage) {
    const editedMessage = inContext(protocolMessage.editedMessage, info, rewrite)
    return { ...message, protocolMessage: { ...protocolMessage, editedMessage } }
  }
  const [name, part] = partOf(message)
  if (name === undefined) return message
  const { text, caption, contextInfo } = part
  return {
    ...message,
    [name]: {
      ...part,
      ...(typeof text === 'string' ? { text: rewrite(text) } : {}),
      ...(typeof caption === 'string' ? { caption: rewrite(caption) } : {}),
      contextInfo: { ...contextInfo, ...info },
    },
  }
}

interface Part {
  readonly text?: unknown
  readonly caption?: unknown
  readonly contextInfo?: proto.IContextInfo | null
  /** Of a wrapper: what it holds. */
  readonly message?: proto.IMessage | null
}

/** The one part of the message that is filled, and its name. */
export function partOf(
  message: proto.IMessage,
): readonly [name: keyof proto.IMessage, part: Part] | readonly [undefined, Part] {
  for (const name of Object.keys(message)) {
    const part: unknown = Reflect.get(message, name)
    if (name === 'messageContextInfo' || typeof part !== 'object' || part === null) continue
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is one of its own keys
    return [name as keyof proto.IMessage, part]
  }
  return [undefined, {}]
}

/** `chat`: where the answer goes. */
export function quoteOf(
  { key, kept, message, authorJid }: EarlierMessage,
  chat: ChatId,
): proto.IContextInfo {
  const isPrivateAnswer = kept.chat.kind === 'group' && chat.kind === 'person'
  return {
    stanzaId: kept.whatsappId,
    ...(authorJid === undefined ? {} : { participant: authorJid }),
    quotedMessage: quotable(message),
    ...(isPrivateAnswer ? { remoteJid: key.remoteJid } : {}),
    ...(kept.chat.kind === 'status' ? { remoteJid: statusJid } : {}),
  }
}

/** Without the quote inside it, as WhatsApp's apps do, and without its secret. */
function quotable(whole: proto.IMessage): proto.IMessage {
  const message = normalizeMessageContent(whole) ?? {}
  if (typeof message.conversation === 'string') return { conversation: message.conversation }
  const [name, part] = partOf(message)
  if (name === undefined) return {}
  const { contextInfo: _, ...rest } = part
  return { [name]: rest }
}

interface Member {
  readonly jid: string
  readonly person: PersonId
}

async function membersOf({ jid }: Address, options: ContextOptions): Promise<readonly Member[]> {
  const participants = (await options.groups.cached(jid))?.participants ?? []
  return participants.map(({ id, lid, phoneNumber }) => ({
    jid: id,
    person: withOtherAddress(
      withOtherAddress(personOfJid(id) ?? {}, personOfJid(lid)),
      personOfJid(phoneNumber),
    ),
  }))
}

function othersIn(members: readonly Member[], { sock }: ContextOptions): readonly string[] {
  const own = ownPersonOf(sock.authState.creds.me)
  const others = members.filter(({ person }) => !isSamePerson(person, own))
  return others.slice(0, mostMentions).map(({ jid }) => jid)
}

interface Mention {
  readonly jid: string
  /** How the caller named them in the text. */
  readonly written: string
  /** How the text has to name them. */
  readonly user: string
}

/** Members are named as the group addresses them; others as the caller did. */
function mentionOf(person: PersonId, members: readonly Member[]): Mention {
  const written = person.phone ?? person.lid ?? ''
  const member = members.find((each) => isSamePerson(oneForm(each.person), oneForm(person)))
  const jid = member?.jid ?? jidOfPerson(person) ?? ''
  const { phone, lid } = personOfJid(jid) ?? {}
  return { jid, written, user: lid ?? phone ?? written }
}

function oneForm({ phone, lid }: PersonId): PersonId {
  return { lid, phone: phone === undefined ? undefined : oneFormOf(phone) }
}
