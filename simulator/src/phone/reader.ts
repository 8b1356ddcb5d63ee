/**
 * Reads what arrives on a phone: decrypts it, sends the delivery receipt, asks
 * for the message again when it cannot be read.
 *
 * Two messages under one ratchet position are an exception: the second can
 * never be read, and like a real client the phone does not ask for it again.
 */

import {
  type BinaryNode,
  buildAckStanza,
  decryptMessageNode,
  isJidNewsletter,
  MISSING_KEYS_ERROR_TEXT,
  NACK_REASONS,
  normalizeMessageContent,
  proto,
} from 'baileys'
import type { Account } from '../account.js'
import { isHidden } from '../draw/attributes.js'
import type { RatchetReuse } from '../model.js'
import type { Network } from '../network.js'
import { idOf, stanza } from '../wire/stanza.js'
import type { PhoneLine } from './phone-line.js'
import { RatchetWatch } from './ratchet-watch.js'
import type { SignalIdentity } from './signal-identity.js'
import { SILENT } from './silent-log.js'

const MOST_ATTEMPTS = 5

export type Arrival = { readonly reuse?: RatchetReuse | undefined } & (
  | {
      readonly kind: 'content'
      readonly content: proto.IMessage
      readonly chatJid: string
      readonly authorJid: string
      readonly fromMe: boolean
    }
  /** Nothing that a person sees: keys, protocol messages, requests of a companion. */
  | { readonly kind: 'unseen' }
  /** What a companion asks of the phone. */
  | { readonly kind: 'peer'; readonly content: proto.IMessage }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'unreadable'; readonly asked: boolean }
)

export interface ReaderParts {
  readonly account: Account
  readonly network: Network
  readonly line: PhoneLine
  readonly signal: SignalIdentity
  readonly mustFail: () => boolean
}

export class Reader {
  readonly #parts: ReaderParts
  readonly #watch = new RatchetWatch()
  readonly #attempts = new Map<string, number>()
  /** Of them, those that say to show nothing in their place. */
  readonly #hidden = new Set<string>()
  #toFail = 0

  constructor(parts: ReaderParts) {
    this.#parts = parts
  }

  get waitingFor(): readonly string[] {
    return [...this.#attempts.keys()].filter((id) => !this.#hidden.has(id))
  }

  failNext(): void {
    this.#toFail += 1
  }

  async read(message: BinaryNode, known: boolean): Promise<Arrival> {
    const reuse = this.#watch.notice(message)
    const isPeer = message.attrs['category'] === 'peer'
    if (!isPeer && this.#mustFail()) {
      return { kind: 'unreadable', asked: await this.#askAgain(message), reuse }
    }
    const { account, signal } = this.#parts
    const decoding = decryptMessageNode(
      message,
      account.jid('pn'),
      account.jid('lid'),
      signal.repository,
      SILENT,
    )
    await decoding.decrypt()
    const { fullMessage, author } = decoding
    if (fullMessage.messageStubType === proto.WebMessageInfo.StubType.CIPHERTEXT) {
      return { ...(await this.#unreadable(message, fullMessage, known)), reuse }
    }
    this.#attempts.delete(idOf(message))
    // A channel is told nothing of who reads it.
    if (isJidNewsletter(message.attrs['from'])) this.acknowledge(message)
    else this.receipt(message, isPeer ? 'peer_msg' : undefined)
    if (known) return { kind: 'duplicate', reuse }
    const content = fullMessage.message
    if (isPeer && content) return { kind: 'peer', content, reuse }
    if (!content || !isSeen(content)) return { kind: 'unseen', reuse }
    return {
      kind: 'content',
      content,
      chatJid: fullMessage.key.remoteJid ?? '',
      authorJid: author,
      fromMe: fullMessage.key.fromMe === true,
      reuse,
    }
  }

  /** `undefined` says delivered. */
  receipt(message: BinaryNode, type: 'read' | 'played' | 'peer_msg' | undefined): void {
    const { id, from, participant, recipient } = message.attrs
    const ownCopy = recipient !== undefined
    this.#parts.line.send(
      stanza('receipt', {
        id,
        to: from,
        participant,
        recipient,
        type: ownCopy && type === undefined ? 'sender' : type,
      }),
    )
  }

  acknowledge(node: BinaryNode, error?: number): void {
    this.#parts.line.send(buildAckStanza(node, error, this.#parts.account.jid('pn')))
  }

  #mustFail(): boolean {
    if (this.#toFail === 0) return this.#parts.mustFail()
    this.#toFail -= 1
    return true
  }

  async #unreadable(
    message: BinaryNode,
    read: proto.IWebMessageInfo,
    known: boolean,
  ): Promise<Arrival> {
    if (known) {
      this.receipt(message, undefined)
      return { kind: 'duplicate' }
    }
    if (read.messageStubParameters?.[0] === MISSING_KEYS_ERROR_TEXT) {
      this.acknowledge(message, NACK_REASONS.ParsingError)
      return { kind: 'unreadable', asked: false }
    }
    return { kind: 'unreadable', asked: await this.#askAgain(message) }
  }

  /** Returns false once it has asked often enough. */
  async #askAgain(message: BinaryNode): Promise<boolean> {
    const { id, from, participant, recipient, t } = message.attrs
    const count = (this.#attempts.get(idOf(message)) ?? 0) + 1
    this.#attempts.set(idOf(message), count)
    if (isHidden(message)) this.#hidden.add(idOf(message))
    this.acknowledge(message, NACK_REASONS.UnhandledError)
    if (count > MOST_ATTEMPTS) return false
    const retry = { count: count.toString(), id, t, v: '1', error: '0' }
    const keys = count > 1 ? [await this.#parts.signal.keysForRetry()] : []
    this.#parts.line.send(
      stanza('receipt', { id, to: from, participant, recipient, type: 'retry' }, [
        stanza('retry', retry),
        stanza('registration', {}, this.#parts.signal.registration),
        ...keys,
      ]),
    )
    return true
  }
}

const { REVOKE, MESSAGE_EDIT, EPHEMERAL_SETTING } = proto.Message.ProtocolMessage.Type
const seenProtocols = new Set<unknown>([REVOKE, MESSAGE_EDIT, EPHEMERAL_SETTING])

/** Whether there is something for a person to see. */
function isSeen(message: proto.IMessage): boolean {
  const content = normalizeMessageContent(message) ?? {}
  return Object.entries(content).some(
    ([field, value]) =>
      value !== null &&
      value !== undefined &&
      !['senderKeyDistributionMessage', 'messageContextInfo'].includes(field) &&
      (field !== 'protocolMessage' || seenProtocols.has(content.protocolMessage?.type)),
  )
}
