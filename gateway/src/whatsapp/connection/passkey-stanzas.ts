/** The stanzas of WhatsApp's passkey step, as the companion writes them. Every content is bytes. */

import { type BinaryNode, S_WHATSAPP_NET, type WASocket } from 'baileys'
import type { SignedAssertion } from './passkey-answer.js'

export interface SentPrologue {
  readonly assertion: SignedAssertion
  readonly payload: Uint8Array
  readonly proof: Uint8Array | undefined
}

/** Each question throws when WhatsApp refuses it or the socket ends; undefined when no answer came in time. */
export class PasskeyStanzas {
  readonly #sock: Pick<WASocket, 'query' | 'sendNode'>

  constructor(sock: Pick<WASocket, 'query' | 'sendNode'>) {
    this.#sock = sock
  }

  /** Never throws: a socket that is gone is noticed elsewhere. */
  acknowledge({ attrs }: BinaryNode): void {
    const { id = '', from = '', type = '' } = attrs
    const ack = { tag: 'ack', attrs: { id, to: from, class: 'notification', type } }
    this.#sock.sendNode(ack).catch(() => undefined)
  }

  async options(): Promise<Uint8Array | undefined> {
    return contentIn(await this.#ask('get', 'passkey_request_options'), 'passkey_request_options')
  }

  async ref(): Promise<string | undefined> {
    const ref = contentIn(await this.#ask('get', 'ref'), 'ref')
    return ref === undefined ? undefined : Buffer.from(ref).toString('utf8')
  }

  /** A result says nothing about the signature. */
  prologue({ assertion, payload, proof }: SentPrologue): Promise<BinaryNode | undefined> {
    return this.#ask('set', 'passkey_prologue', [
      node('credential_id', assertion.credentialId),
      node('webauthn_assertion', assertion.json),
      node('prologue_payload', payload),
      ...(proof === undefined ? [] : [node('pairing_handoff_proof', proof)]),
    ])
  }

  nonce(nonce: Uint8Array): Promise<BinaryNode | undefined> {
    return this.#ask('set', 'companion_nonce', nonce)
  }

  pairingRequest(request: Uint8Array): Promise<BinaryNode | undefined> {
    return this.#ask('set', 'encrypted_pairing_request', request)
  }

  async #ask(
    type: 'get' | 'set',
    tag: string,
    content?: BinaryNode['content'],
  ): Promise<BinaryNode | undefined> {
    const question = content === undefined ? { tag, attrs: {} } : { tag, attrs: {}, content }
    const attrs = { to: S_WHATSAPP_NET, type, xmlns: 'md' }
    return this.#sock.query({ tag: 'iq', attrs, content: [question] })
  }
}

/** Baileys decodes the server's own address with an `@`; others write it without. */
export function isFromServer({ attrs }: BinaryNode): boolean {
  return attrs['from'] === S_WHATSAPP_NET || `@${attrs['from']}` === S_WHATSAPP_NET
}

export function childrenOf(parent: BinaryNode | undefined, tag: string): readonly BinaryNode[] {
  const children = Array.isArray(parent?.content) ? parent.content : []
  return children.filter((child) => child.tag === tag)
}

function contentIn(answer: BinaryNode | undefined, tag: string): Uint8Array | undefined {
  const content = childrenOf(answer, tag)[0]?.content
  if (typeof content === 'string') return Buffer.from(content)
  return content instanceof Uint8Array ? content : undefined
}

function node(tag: string, content: Uint8Array): BinaryNode {
  return { tag, attrs: {}, content }
}
