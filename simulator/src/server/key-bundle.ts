/** The public Signal keys of one device, as the server keeps them for whoever wants to write to it. */

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

  /** What the server believes the device's keys to be, for the device to compare. */
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
    ])
  }
}

function keyId(key: BinaryNode): string {
  return Buffer.from(bytesOf(childOf(key, 'id')) ?? []).toString('hex')
}

/** Reads an upload: `<registration/><type/><identity/><list><key/>…</list><skey/>`. */
export function readKeyUpload(iq: BinaryNode): {
  bundle: KeyBundle
  signedPreKey: BinaryNode
  keys: readonly BinaryNode[]
} {
  const registration = bytesOf(childOf(iq, 'registration'))
  const identity = bytesOf(childOf(iq, 'identity'))
  const signedPreKey = childOf(iq, 'skey')
  if (!registration || !identity || !signedPreKey) throw new Error('the key upload is incomplete')
  return {
    bundle: new KeyBundle({ registration, identity, signedPreKey }),
    signedPreKey,
    keys: childrenOf(childOf(iq, 'list')),
  }
}
