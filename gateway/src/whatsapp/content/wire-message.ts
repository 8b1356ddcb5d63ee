import type { BinaryNode, proto } from 'baileys'
import type { PreparedFile } from '../../domain/content/files.js'
import type { EpochMs } from '../../domain/time.js'
import type { EarlierMessage } from '../send/earlier-message.js'
import type { Sealed, SecretUse } from '../send/seal-answer.js'
import type { Invitation } from '../account/newsletter-invitation.js'
import type { ButtonShape } from './biz.js'

/** A message as Baileys sends it: the content to encrypt, and the nodes beside it. */
export interface WireMessage {
  readonly message: proto.IMessage
  readonly additionalNodes: readonly BinaryNode[]
  /** What the earlier message says once this one has been taken. */
  readonly changes?: proto.IMessage
  /** The earlier message is gone then. */
  readonly deletes?: true
  /** After how long new messages of the chat disappear then; 0 is never. */
  readonly timerSeconds?: number
}

export interface WireContext {
  /** The file of that role. Throws `TypeError` if there is none. */
  readonly prepared: (role: string) => PreparedFile
  /** The same after its upload. */
  readonly uploaded: (role: string) => proto.IMessage
  readonly shape: ButtonShape
  readonly at: EpochMs
  /** 32 bytes. A repetition of the message must have the same. Drawn if not given. */
  readonly messageSecret: Uint8Array
  /** The link to the call that the content asks for in its traits. */
  readonly callLink?: string | undefined
  /** The invitation to the channel that the content names in its traits. */
  readonly invitation?: Invitation | undefined
  /** Whether it goes to a group. `false` if not given. */
  readonly isGroup: boolean
  /** The chat that the message goes to. */
  readonly chatJid: string
  /** The message that the content is about, if it is kept. */
  readonly earlier?: EarlierMessage | undefined
  /** Encrypts an answer to that message. Throws `NotPossibleError` where its secret is unknown. */
  readonly seal: (use: SecretUse, plaintext: Uint8Array) => Sealed
}

export type ToWire<C> = (content: C, context: WireContext) => WireMessage
