/** Reads a part of the history piece by piece, so that the process goes on between two of them. */

import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import { proto } from 'baileys'
import { fieldsOf } from './protobuf-fields.js'

export type HistoryPiece =
  | { readonly kind: 'pair'; readonly lid: string; readonly pn: string }
  | { readonly kind: 'push-name'; readonly jid: string; readonly name: string }
  /** Without its messages, which follow. */
  | { readonly kind: 'chat'; readonly chat: proto.IConversation }
  | { readonly kind: 'message'; readonly message: proto.IWebMessageInfo }

/** Of `HistorySync` and `Conversation` in Baileys' WAProto. */
const fields = { conversations: 2, pushnames: 7, pairs: 15, messages: 2 } as const
/** A phone sends parts of some MB. What is larger is no history. */
const mostBytes = 512 * 1_048_576

const inflateBytes = promisify(inflate)

/** Pairs come first, since everything else may name people by LID. Throws for what is no history. */
export async function* piecesOf(deflated: Uint8Array): AsyncGenerator<HistoryPiece> {
  const history = await inflateBytes(deflated, { maxOutputLength: mostBytes })
  for (const { number, bytes } of fieldsOf(history)) {
    if (number !== fields.pairs || bytes === undefined) continue
    const { lidJid, pnJid } = proto.PhoneNumberToLIDMapping.decode(bytes)
    if (lidJid && pnJid) yield { kind: 'pair', lid: lidJid, pn: pnJid }
  }
  for (const { number, bytes } of fieldsOf(history)) {
    if (bytes === undefined) continue
    if (number === fields.conversations) yield* piecesOfChat(bytes)
    if (number !== fields.pushnames) continue
    const { id, pushname } = proto.Pushname.decode(bytes)
    if (id && pushname) yield { kind: 'push-name', jid: id, name: pushname }
  }
}

function* piecesOfChat(conversation: Uint8Array): Generator<HistoryPiece> {
  const others: Uint8Array[] = []
  for (const { number, raw } of fieldsOf(conversation))
    if (number !== fields.messages) others.push(raw)
  yield { kind: 'chat', chat: proto.Conversation.decode(Buffer.concat(others)) }
  for (const { number, bytes } of fieldsOf(conversation)) {
    if (number !== fields.messages || bytes === undefined) continue
    const { message } = proto.HistorySyncMsg.decode(bytes)
    if (message) yield { kind: 'message', message }
  }
}
