/** The public Signal keys of one device, as the server keeps them for senders. */

import { createHash } from 'node:crypto'
import { type BinaryNode, KEY_BUNDLE_TYPE } from 'baileys'
import { bytesOf, childOf, childrenOf, stanza } from '../wire/stanza.js'

export class KeyBundle {
  readonly #registration: Uint8Array
  readonly identity: Uint8Array
  #signedPreKey: BinaryNode
  #oneTimeKeys: BinaryNode[] = []

  constructor(keys: {
    readonly registration: Uint8Array
    readonly identity: Uint8Array
    readonly signedPreKey: BinaryNode
  }) {
    this.#registration = keys.registration
    this.identity = keys.identity
    this.#signedPreKey = keys.signedPreKey
  }

  /** One-time keys left. */
  get count(): number {
    return this.#oneTimeKeys.length
  }

  /** Adds one-time keys; one with a known id replaces it. */
  add(keys: readonly BinaryNode[]): void {
    const ids = new Set(keys.map(keyId))
    this.#oneTimeKeys = [...this.#oneTimeKeys.filter((key) => !ids.has(keyId(key))), ...keys]
  }

  rotate(signedPreKey: BinaryNode): void {
    this.#signedPreKey = signedPreKey
  }

  /** For tests: as if others had used the keys up. */
  keepOnly(count: number): void {
    this.#oneTimeKeys = this.#oneTimeKeys.slice(0, count)
  }

  /** What a sender needs to open a session. Uses up one one-time key; without any left the session starts without. */
  take(): BinaryNode[] {
    const oneTimeKey = this.#oneTimeKeys.shift()
    return [
      stanza('registration', {}, this.#registration),
      stanza('type', {}, KEY_BUNDLE_TYPE),
      stanza('identity', {}, this.identity),
      this.#signedPreKey,
      ...(oneTimeKey === undefined ? [] : [oneTimeKey]),
    ]
  }

  /**
   * What the server believes the device's keys to be, for the device to compare: the ids of the
   * one-time keys, and a SHA-1 over all public keys in this order (zapo 1.8.0, as WhatsApp Web checks it).
   */
  digest(): BinaryNode {
    return stanza('digest', {}, [
      stanza('registration', {}, this.#registration),
      stanza('type', {}, KEY_BUNDLE_TYPE),
      stanza('identity', {}, this.identity),
      this.#signedPreKey,
      stanza(
        'list',
        {},
        this.#oneTimeKeys.map((key) => stanza('id', {}, bytesOf(childOf(key, 'id')))),
      ),
      stanza('hash', {}, this.#hash()),
    ])
  }

  #hash(): Uint8Array {
    const parts = [
      publicKey(this.identity),
      publicKey(bytesOf(childOf(this.#signedPreKey, 'value'))),
      bytesOf(childOf(this.#signedPreKey, 'signature')) ?? new Uint8Array(),
      ...this.#oneTimeKeys.map((key) => publicKey(bytesOf(childOf(key, 'value')))),
    ]
    return createHash('sha1').update(Buffer.concat(parts)).digest()
  }
}

function keyId(key: BinaryNode): string {
  return Buffer.from(bytesOf(childOf(key, 'id')) ?? []).toString('hex')
}

/** Without the byte for its kind, which some clients leave in. */
function publicKey(bytes: Uint8Array = new Uint8Array()): Uint8Array {
  return bytes.length === 33 ? bytes.subarray(1) : bytes
}

export interface KeyUpload {
  readonly bundle: KeyBundle
  readonly signedPreKey: BinaryNode
  readonly keys: readonly BinaryNode[]
}

/**
 * Reads an upload, its parts in any order: `<registration/><type/><identity/><list><key/>…</list><skey/>`.
 * Undefined when a part is missing.
 */
export function readKeyUpload(iq: BinaryNode): KeyUpload | undefined {
  const registration = bytesOf(childOf(iq, 'registration'))
  const identity = bytesOf(childOf(iq, 'identity'))
  const signedPreKey = childOf(iq, 'skey')
  if (!registration || !identity || !signedPreKey) return undefined
  return {
    bundle: new KeyBundle({ registration, identity, signedPreKey }),
    signedPreKey,
    keys: childrenOf(childOf(iq, 'list'), 'key'),
  }
}
