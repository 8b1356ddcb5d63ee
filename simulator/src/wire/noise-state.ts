/** The cryptographic state that both halves of a Noise handshake step through: AES-GCM, SHA-256, HKDF. */

import { aesDecryptGCM, aesEncryptGCM, hkdf, sha256 } from 'baileys'

const NOTHING = new Uint8Array(0)
const HASH_BYTES = 32

export class NoiseState {
  #hash: Uint8Array
  #salt: Uint8Array
  #key: Uint8Array
  #counter = 0

  /** A name that does not fill the hash is padded with zeros, a longer one is hashed. */
  constructor(protocolName: string, prologue: Uint8Array) {
    const name = Buffer.from(protocolName)
    const first =
      name.length > HASH_BYTES
        ? sha256(name)
        : Buffer.concat([name, Buffer.alloc(HASH_BYTES - name.length)])
    this.#hash = first
    this.#salt = first
    this.#key = first
    this.mixHash(prologue)
  }

  mixHash(bytes: Uint8Array): void {
    this.#hash = sha256(Buffer.concat([this.#hash, bytes]))
  }

  mixKey(bytes: Uint8Array): void {
    const [salt, key] = this.#expand(bytes)
    this.#salt = salt
    this.#key = key
    this.#counter = 0
  }

  seal(bytes: Uint8Array): Uint8Array {
    const sealed = aesEncryptGCM(bytes, this.#key, nonce(this.#counter++), this.#hash)
    this.mixHash(sealed)
    return sealed
  }

  /** Throws when the bytes were sealed with another key or after other steps. */
  open(bytes: Uint8Array): Uint8Array {
    const opened = aesDecryptGCM(bytes, this.#key, nonce(this.#counter++), this.#hash)
    this.mixHash(bytes)
    return opened
  }

  /** The ciphers of the stream after the handshake. */
  split(): { readonly fromClient: NoiseCipher; readonly toClient: NoiseCipher } {
    const [fromClient, toClient] = this.#expand(NOTHING)
    return { fromClient: new NoiseCipher(fromClient), toClient: new NoiseCipher(toClient) }
  }

  #expand(bytes: Uint8Array): [Uint8Array, Uint8Array] {
    const expanded = hkdf(Buffer.from(bytes), 64, { salt: Buffer.from(this.#salt), info: '' })
    return [expanded.subarray(0, 32), expanded.subarray(32)]
  }
}

/** One direction of the encrypted stream. */
export class NoiseCipher {
  readonly #key: Uint8Array
  #counter = 0

  constructor(key: Uint8Array) {
    this.#key = key
  }

  encrypt(bytes: Uint8Array): Uint8Array {
    return aesEncryptGCM(bytes, this.#key, nonce(this.#counter++), NOTHING)
  }

  decrypt(bytes: Uint8Array): Uint8Array {
    return aesDecryptGCM(bytes, this.#key, nonce(this.#counter++), NOTHING)
  }
}

function nonce(counter: number): Uint8Array {
  const bytes = Buffer.alloc(12)
  bytes.writeUInt32BE(counter, 8)
  return bytes
}
