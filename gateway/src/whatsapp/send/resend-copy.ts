/**
 * What is kept of a message so that a device which could not decrypt it can be
 * given it again, after a restart too: where it went, its content, and the
 * nodes beside it, without which the button would be gone.
 */

import { type BinaryNode, BufferJSON, proto } from 'baileys'
import type { InstanceId } from '../../domain/instance.js'
import type { WireMessage } from '../content/wire-message.js'

/** Where copies live, sealed. `sessions/resend-store.ts` implements it. */
export interface ResendPort {
  /** `undefined` past its time as well. */
  find(instanceId: InstanceId, whatsappId: string): Promise<Uint8Array | undefined>
}

export interface ResendCopy extends WireMessage {
  /** The address it was sent to. */
  readonly to: string
}

interface StoredCopy {
  readonly to: string
  readonly message: Uint8Array
  readonly additionalNodes: readonly BinaryNode[]
}

export function encodeCopy({ to, message, additionalNodes }: ResendCopy): Uint8Array {
  const bytes = proto.Message.encode(proto.Message.fromObject(message)).finish()
  const stored: StoredCopy = { to, message: bytes, additionalNodes }
  return Buffer.from(JSON.stringify(stored, BufferJSON.replacer))
}

export function decodeCopy(bytes: Uint8Array): ResendCopy {
  const stored: StoredCopy = JSON.parse(Buffer.from(bytes).toString(), BufferJSON.reviver)
  return { ...stored, message: proto.Message.decode(stored.message) }
}
