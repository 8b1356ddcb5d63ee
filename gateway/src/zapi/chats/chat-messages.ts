import { Type } from 'typebox'
import { type ChatId, chatKey, type PersonId } from '../../domain/chat.js'
import type { KnownContact } from '../../domain/directory.js'
import type { IncomingMessage } from '../../domain/incoming-message.js'
import type { InstanceId } from '../../domain/instance.js'
import type { KeptMessage } from '../../domain/kept-message.js'
import type { WhatsappId } from '../../domain/message-id.js'
import { saidKeys } from '../callback-received.js'
import { endpoint } from '../endpoint.js'
import { InvalidRequestError } from '../error-replies.js'
import type { Modules } from '../modules.js'
import { pageNumber, wholeNumber } from '../paging.js'
import { notConnected } from '../refusals.js'
import { OlderAsks } from './older-messages.js'
import { recipientIn } from './shown-by.js'
import { chatIn, chatInPath } from '../reading/chat.js'
import { phoneOf, phoneOfPerson } from '../to-zapi.js'
import { contactsOf, nameOf } from './chat-answer.js'
import { withoutCode } from './without-code.js'

const usualAmount = 20
const mostAtOnce = 100
/** Pages are read over everything before them; further back, `lastMessageId` costs the same for each page. */
const mostSkipped = 5_000

const answer = Type.Object(
  {
    instanceId: Type.String({ description: 'Of the instance.' }),
    messageId: Type.String({ description: 'Of the message.' }),
    phone: Type.String({ description: 'The chat.' }),
    fromMe: Type.Boolean({ description: 'Whether this number wrote it.' }),
    momment: Type.Integer({ description: 'When it was written, in milliseconds since 1970.' }),
    status: Type.String({ description: '`SENT` of an own message, else `RECEIVED`.' }),
    chatName: Type.String({ description: 'The name of the chat; its phone if none is known.' }),
    senderName: Type.String({ description: 'Who wrote it; the phone if no name is known.' }),
    senderPhoto: Type.String({
      description: 'Always empty: GET /profile-picture has it.',
    }),
    photo: Type.String({ description: 'Always empty.' }),
    participantPhone: Type.Union([Type.String(), Type.Null()], {
      description: 'In a group the phone of its author, if it is known.',
    }),
    broadcast: Type.Boolean({ description: 'Always false.' }),
    isGroup: Type.Boolean({ description: 'Whether the chat is a group.' }),
    forwarded: Type.Boolean({ description: 'Whether it was forwarded.' }),
  },
  {
    additionalProperties: true,
    description: 'A message. Its content has the key that it has in ReceivedCallback.',
  },
)

const example = {
  instanceId: '3E1A5B0C7D2F4E6A8B9C0D1E2F3A4B5C',
  messageId: '3EB02A5A36C0103F231A',
  phone: '5511999999999',
  fromMe: false,
  momment: 1_623_008_318_000,
  status: 'RECEIVED',
  chatName: 'Ana Souza',
  senderName: 'Ana Souza',
  senderPhoto: '',
  photo: '',
  participantPhone: null,
  broadcast: false,
  isGroup: false,
  forwarded: false,
  text: { message: 'Uma mensagem de texto simples' },
}

export const chatMessages = endpoint({
  method: 'GET',
  path: '/chat-messages/:phone',
  tag: 'chats',
  summary: 'Lists what was said in a chat.',
  description:
    'The last messages, the oldest of them first, as they read after their edits. From what is kept of them (`RECADO_KEEP_MESSAGES_DAYS`): the messages since the number was linked, and the history that the phone uploaded then. It answers without a connection too. Login codes are masked. Links to files end after 30 days.',
  params: { phone: chatInPath },
  query: {
    amount: Type.Optional(
      Type.String({
        maxLength: 10,
        description: 'How many messages, at most 100. 20 if it is not given.',
        examples: ['20'],
      }),
    ),
    page: Type.Optional(
      Type.String({
        maxLength: 10,
        description:
          'Our addition, for programs that count pages from 1: the page, up to message 5,000. New messages shift the pages; lastMessageId has no such limits.',
        examples: ['1'],
      }),
    ),
    pageSize: Type.Optional(
      Type.String({
        maxLength: 10,
        description: 'Our addition: amount under the name that other lists use.',
        examples: ['20'],
      }),
    ),
    lastMessageId: Type.Optional(
      Type.Unsafe<WhatsappId | ''>(
        Type.String({
          maxLength: 128,
          description:
            'For older messages: the messageId of the first message of the answer before. Only messages that were written before it are listed.',
          examples: [''],
        }),
      ),
    ),
    older: Type.Optional(
      Type.Enum(['true', 'false'], {
        description:
          'Our addition: true asks the phone for older messages where those that are kept end, at most once a minute for a chat. The phone uploads them seconds later, if it is online: the same call lists them then. At least one message of the chat must be kept, since it says from where on.',
        examples: ['false'],
      }),
    ),
  },
  answer: Type.Array(answer, {
    description: 'Empty if no message is kept, or none is older.',
    examples: [[example]],
  }),
  refusals: notConnected,
  handle: async ({ instance }, { params, query }, modules) => {
    const { directory, keptMessages } = modules
    const chat = chatIn(params.phone)
    const limit = Math.min(amountIn(query), mostAtOnce)
    const before = await messageNamed(query.lastMessageId, instance.id, chat, modules)
    const kept = await keptMessages.inChat(instance.id, chat, {
      limit,
      skip: skippedBy(query.page, limit),
      before,
      since: await directory.chats.deletedAt(instance.id, chat),
    })
    const oldest = kept.at(-1) ?? before
    if (query.older === 'true' && kept.length < limit && oldest !== undefined)
      await askForOlder(instance.id, chat, oldest, modules)
    const readable = kept.toReversed().map((each) => readableIn(each, instance.id, modules))
    const said = (await Promise.all(readable)).flat()
    await modules.incomingMedia.offer(
      instance.id,
      said.flatMap(({ media }) => media ?? []),
    )
    const names = await namesFor(instance.id, chat, said, modules)
    const mediaUrl = (id: string): string => `${modules.publicUrl()}/media/${id}`
    return said.map((message) => ({
      ...messageKeys(instance.id, chat, message, names),
      ...saidKeys(message, mediaUrl),
    }))
  },
})

const olderAsks = new OlderAsks()

/** Throws `NotConnectedError`. */
async function askForOlder(
  instanceId: InstanceId,
  chat: ChatId,
  oldest: KeptMessage,
  { account }: Pick<Modules, 'account'>,
): Promise<void> {
  const recipient = recipientIn(chat)
  if (recipient === undefined || !olderAsks.mayAsk(instanceId, chat, Date.now())) return
  await account.accountOf(instanceId).chats.askForOlder(recipient, oldest, mostAtOnce)
}

/** Throws `InvalidRequestError`. */
function amountIn(query: { readonly amount?: string; readonly pageSize?: string }): number {
  return (
    wholeNumber(query.amount, 'amount') ?? wholeNumber(query.pageSize, 'pageSize') ?? usualAmount
  )
}

/** Throws `InvalidRequestError`. */
function skippedBy(page: string | undefined, limit: number): number {
  const skipped = ((pageNumber(page) ?? 1) - 1) * limit
  if (skipped <= mostSkipped) return skipped
  throw new InvalidRequestError('page goes too far back: give lastMessageId instead')
}

/** Throws `InvalidRequestError` for one that is not kept: where its page begins is not known then. */
async function messageNamed(
  id: WhatsappId | '' | undefined,
  instanceId: InstanceId,
  chat: ChatId,
  { keptMessages }: Pick<Modules, 'keptMessages'>,
): Promise<KeptMessage | undefined> {
  if (id === undefined || id === '') return undefined
  const found = await keptMessages.find(instanceId, { whatsappId: id, chat })
  if (found !== undefined) return found
  throw new InvalidRequestError(
    'lastMessageId names no message of this chat that is kept: leave it out for the last messages',
  )
}

/** Without the codes that others sent; those of this number are masked where they are kept. */
async function readableIn(
  kept: KeptMessage,
  instanceId: InstanceId,
  { readKept, incomingMedia }: Pick<Modules, 'readKept' | 'incomingMedia'>,
): Promise<readonly IncomingMessage[]> {
  const message = await readKept(kept, (place) => incomingMedia.idOf(instanceId, kept, place))
  if (message === undefined) return []
  return [{ ...message, content: withoutCode(message.content) }]
}

interface Names {
  readonly chatName: string
  readonly senderName: (person: PersonId) => string
}

async function namesFor(
  instanceId: InstanceId,
  chat: ChatId,
  said: readonly IncomingMessage[],
  { directory }: Pick<Modules, 'directory'>,
): Promise<Names> {
  const senders = new Map(
    said.map(({ sender }) => [chatKey({ kind: 'person', ...sender }), personChat(sender)]),
  )
  const [known, contactOf] = await Promise.all([
    directory.chats.find(instanceId, chat),
    contactsOf(directory, instanceId, [chat, ...senders.values()]),
  ])
  const named = (each: ChatId, contact: KnownContact | undefined): string =>
    nameOf(each === chat ? known : undefined, contact) || phoneOf(each)
  return {
    chatName: named(chat, contactOf(chat)),
    senderName: (person) => named(personChat(person), contactOf(personChat(person))),
  }
}

function personChat({ phone, lid }: PersonId): ChatId {
  return { kind: 'person', phone, lid }
}

function messageKeys(
  instanceId: InstanceId,
  chat: ChatId,
  { whatsappId, sender, fromMe, at, forwarded }: IncomingMessage,
  { chatName, senderName }: Names,
) {
  return {
    instanceId,
    messageId: whatsappId,
    phone: phoneOf(chat),
    fromMe,
    momment: at,
    status: fromMe ? 'SENT' : 'RECEIVED',
    chatName,
    senderName: senderName(sender),
    senderPhoto: '',
    photo: '',
    participantPhone: chat.kind === 'group' ? (phoneOfPerson(sender) ?? null) : null,
    broadcast: false,
    isGroup: chat.kind === 'group',
    forwarded,
  }
}
