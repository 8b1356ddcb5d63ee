/** A kept message as its row holds it: sealed, and bound to its instance, its id and its chat. */

import type { KeptMessageTable } from '../db/directory-tables.js'
import type { Vault } from '../db/encryption.js'
import type { InstanceId } from '../domain/instance.js'
import type { EarlierChange, KeptMessage, MessageReference } from '../domain/kept-message.js'
import type { WhatsappId } from '../domain/message-id.js'

interface Stored extends Omit<KeptMessage, 'whatsappId' | 'original'> {
  readonly bytes: string
  readonly keepForMs?: number | undefined
  readonly isMasked?: boolean | undefined
}

/** What a message of ours is to make of an earlier one. */
interface StoredChange {
  readonly reference: MessageReference
  readonly bytes?: string
}

export type StoredRow = Pick<KeptMessageTable, 'whatsapp_id' | 'chat_key' | 'message_sealed'>

export interface Found {
  /** The row's `chat_key`. */
  readonly key: string
  readonly message: KeptMessage
}

/** In place of the chat in the row of a change; no chat has this key. */
export const changeKey = 'change'

export function sealedRow(
  vault: Vault,
  instanceId: InstanceId,
  key: string,
  { whatsappId, original, ...rest }: KeptMessage,
): Uint8Array {
  const stored: Stored = {
    ...rest,
    bytes: Buffer.from(original.bytes).toString('base64'),
    keepForMs: original.keepForMs,
    isMasked: original.isMasked,
  }
  return vault.seal(Buffer.from(JSON.stringify(stored)), contextOf(instanceId, whatsappId, key))
}

/** Throws where the row was changed or moved. */
export function openedRow(
  vault: Vault,
  instanceId: InstanceId,
  { whatsapp_id, chat_key: key, message_sealed: sealed }: StoredRow,
): Found {
  // The row has it from a `KeptMessage`.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const whatsappId = whatsapp_id as WhatsappId
  const opened = vault.open(sealed, contextOf(instanceId, whatsappId, key))
  const { bytes, keepForMs, isMasked, ...rest }: Stored = JSON.parse(Buffer.from(opened).toString())
  const original = { bytes: Buffer.from(bytes, 'base64'), keepForMs, isMasked }
  return { key, message: { ...rest, whatsappId, original } }
}

export function sealedChange(
  vault: Vault,
  instanceId: InstanceId,
  whatsappId: WhatsappId,
  { reference, bytes }: EarlierChange,
): Uint8Array {
  const stored: StoredChange = {
    reference,
    ...(bytes && { bytes: Buffer.from(bytes).toString('base64') }),
  }
  return vault.seal(
    Buffer.from(JSON.stringify(stored)),
    contextOf(instanceId, whatsappId, changeKey),
  )
}

/** Throws where the row was changed or moved. */
export function openedChange(
  vault: Vault,
  instanceId: InstanceId,
  whatsappId: WhatsappId,
  sealed: Uint8Array,
): EarlierChange {
  const opened = vault.open(sealed, contextOf(instanceId, whatsappId, changeKey))
  const { reference, bytes }: StoredChange = JSON.parse(Buffer.from(opened).toString())
  return { reference, bytes: bytes === undefined ? undefined : Buffer.from(bytes, 'base64') }
}

const contextOf = (instanceId: InstanceId, whatsappId: WhatsappId, key: string): string =>
  JSON.stringify(['kept_message', instanceId, whatsappId, key])
