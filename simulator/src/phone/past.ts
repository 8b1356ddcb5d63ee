/** What a phone has lived through before a companion is linked: it uploads it as WhatsApp's history, in parts. */

import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { getMediaKeys, proto } from 'baileys'
import type { Past, PastChat, PastMessage } from '../past.js'
import type { Network } from '../network.js'
import type { StoreFile } from './composing.js'

/** WhatsApp's schema has the same list twice: once for the notice, once for the history itself. */
const NOTICE = proto.Message.HistorySyncType
const HISTORY = proto.HistorySync.HistorySyncType
const sealBytes = 10
/** A real phone uploads parts of some MB. */
const messagesInPart = 5_000

type Kind = 'INITIAL_BOOTSTRAP' | 'PUSH_NAME' | 'RECENT' | 'FULL' | 'ON_DEMAND'

export interface PastParts {
  readonly network: Network
  readonly storeFile: StoreFile
}

/** The notices in the order in which they have to be sent. Of each chat the newest message comes first, as from a real phone. */
export async function historyOf(past: Past, parts: PastParts): Promise<readonly proto.IMessage[]> {
  const chats = past.chats.map((chat) => conversationOf(chat, parts))
  const newest = chats.map((chat) => ({ ...chat, messages: chat.messages?.slice(0, 1) ?? [] }))
  const pushnames = Object.entries(past.pushNames ?? {}).map(([phone, pushname]) => ({
    id: addressOf(phone, parts.network).id,
    pushname,
  }))
  const pairs = past.chats.flatMap((chat) => {
    const { id, pnJid } = addressOf(chat.with, parts.network)
    return pnJid === undefined ? [] : [{ lidJid: id, pnJid }]
  })
  const notices = [
    inline('INITIAL_BOOTSTRAP', { conversations: newest, phoneNumberToLidMappings: pairs }),
  ]
  if (pushnames.length > 0) notices.push(await uploaded('PUSH_NAME', { pushnames }, parts))
  // A client waits for this part, also where there was nothing.
  if (chats.length === 0) notices.push(inline('RECENT', { conversations: [] }))
  for (const conversations of portionsOf(chats))
    notices.push(await uploaded('RECENT', { conversations }, parts))
  const older = past.older?.map((chat) => conversationOf(chat, parts)) ?? []
  if (older.length > 0) notices.push(await uploaded('FULL', { conversations: older }, parts))
  return notices.map((notice, index) => ({
    protocolMessage: {
      type: proto.Message.ProtocolMessage.Type.HISTORY_SYNC_NOTIFICATION,
      historySyncNotification: { ...notice, chunkOrder: index + 1, progress: 100 },
    },
  }))
}

/** What a companion asks for: the messages before one that it names, of one chat. Its time is in seconds. */
export async function olderHistoryOf(
  { deeper = [] }: Past,
  request: proto.Message.PeerDataOperationRequestMessage.IHistorySyncOnDemandRequest,
  parts: PastParts,
): Promise<proto.IMessage> {
  const { chatJid, oldestMsgTimestampMs: before, onDemandMsgCount: count } = request
  const chat = deeper.find(({ with: name }) => addressOf(name, parts.network).id === chatJid)
  const older = (chat?.messages ?? [])
    .map((message, index) => ({ message, id: `DEEP${index}` }))
    .filter(({ message }) => Math.floor(message.at / 1_000) < Number(before ?? 0))
    .slice(-(count ?? 0))
  const messages = older.map(({ message, id }) =>
    messageOf(message, id, { chat: chatJid ?? '', network: parts.network }),
  )
  const conversation = {
    id: chatJid ?? '',
    messages: messages.toReversed().map((message) => ({ message })),
  }
  const notice = await uploaded('ON_DEMAND', { conversations: [conversation] }, parts)
  return {
    protocolMessage: {
      type: proto.Message.ProtocolMessage.Type.HISTORY_SYNC_NOTIFICATION,
      historySyncNotification: { ...notice, chunkOrder: 1, progress: 100 },
    },
  }
}

function inline(
  kind: Kind,
  history: Omit<proto.IHistorySync, 'syncType'>,
): proto.Message.IHistorySyncNotification {
  return { syncType: NOTICE[kind], initialHistBootstrapInlinePayload: encoded(kind, history) }
}

async function uploaded(
  kind: Kind,
  history: Omit<proto.IHistorySync, 'syncType'>,
  { storeFile }: PastParts,
): Promise<proto.Message.IHistorySyncNotification> {
  const plain = encoded(kind, history)
  const mediaKey = randomBytes(32)
  const { iv, cipherKey, macKey } = await getMediaKeys(mediaKey, 'md-msg-hist')
  if (macKey === undefined) throw new Error('no key for the seal of a history')
  const cipher = createCipheriv('aes-256-cbc', cipherKey, iv)
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()])
  const seal = createHmac('sha256', macKey).update(iv).update(ciphertext).digest()
  const file = Buffer.concat([ciphertext, seal.subarray(0, sealBytes)])
  return {
    syncType: NOTICE[kind],
    mediaKey,
    directPath: storeFile('md-app-state', file).directPath,
    fileSha256: hashOf(plain),
    fileEncSha256: hashOf(file),
    fileLength: plain.length,
  }
}

function encoded(kind: Kind, history: Omit<proto.IHistorySync, 'syncType'>): Buffer {
  return deflateSync(proto.HistorySync.encode({ ...history, syncType: HISTORY[kind] }).finish())
}

function conversationOf(chat: PastChat, { network }: PastParts): proto.IConversation {
  const address = addressOf(chat.with, network)
  const messages = chat.messages.map((message, index) =>
    messageOf(message, `PAST${hashOf(chat.with).toString('hex').slice(0, 8)}${index}`, {
      chat: address.id,
      network,
    }),
  )
  const last = Math.max(0, ...chat.messages.map(({ at }) => at))
  return {
    ...address,
    name: chat.name ?? null,
    unreadCount: chat.unread ?? 0,
    archived: chat.archived ?? false,
    pinned: chat.pinned === true ? Math.floor(network.now() / 1_000) : 0,
    muteEndTime: chat.mutedUntil === undefined ? 0 : Math.floor(chat.mutedUntil / 1_000),
    ephemeralExpiration: chat.timerSeconds ?? 0,
    conversationTimestamp: Math.floor(last / 1_000),
    lastMsgTimestamp: Math.floor(last / 1_000),
    notSpam: true,
    messages: messages.toReversed().map((message) => ({ message })),
  }
}

function messageOf(
  { text, fromMe = false, from, at }: PastMessage,
  id: string,
  { chat, network }: { readonly chat: string; readonly network: Network },
): proto.IWebMessageInfo {
  const participant = from === undefined ? null : addressOf(from, network).id
  return {
    key: { remoteJid: chat, fromMe, id, participant },
    participant,
    message: { conversation: text },
    messageTimestamp: Math.floor(at / 1_000),
    status: proto.WebMessageInfo.Status.READ,
  }
}

/** By LID where the person is registered, as a phone names its chats; groups as they are. */
function addressOf(name: string, network: Network): { id: string; pnJid?: string } {
  if (name.includes('@')) return { id: name }
  const pnJid = `${name}@s.whatsapp.net`
  const account = network.byPhone(name)
  return account === undefined ? { id: pnJid } : { id: `${account.lid}@lid`, pnJid }
}

/** Chats, so that a part has about so many messages. A long chat is spread over parts. */
function* portionsOf(chats: readonly proto.IConversation[]): Generator<proto.IConversation[]> {
  let portion: proto.IConversation[] = []
  let size = 0
  for (const chat of chats) {
    const messages = chat.messages ?? []
    for (let start = 0; start === 0 || start < messages.length; start += messagesInPart) {
      const some = messages.slice(start, start + messagesInPart)
      portion.push({ ...chat, messages: some })
      size += some.length
      if (size < messagesInPart) continue
      yield portion
      portion = []
      size = 0
    }
  }
  if (portion.length > 0) yield portion
}

function hashOf(bytes: string | Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
