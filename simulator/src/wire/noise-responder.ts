/**
 * The server's half of WhatsApp's handshake, Noise XX over Curve25519, AES-GCM and SHA-256,
 * and the encryption of everything after it.
 */

import {
  aesDecryptGCM,
  aesEncryptGCM,
  Curve,
  hkdf,
  NOISE_MODE,
  NOISE_WA_HEADER,
  proto,
  sha256,
} from 'baileys'
import type { RootOfTrust } from './root-of-trust.js'

const NOTHING = new Uint8Array(0)

export interface ClientFinish {
  /** The client's long-lived Noise key; a login must come with the one of its pairing. */
  readonly clientKey: Uint8Array
  readonly payload: proto.ClientPayload
}

export class NoiseResponder {
  readonly #root: RootOfTrust
  readonly #ephemeral = Curve.generateKeyPair()
  #hash: Uint8Array = Buffer.from(NOISE_MODE)
  #salt: Uint8Array = this.#hash
  #key: Uint8Array = this.#hash
  #counter = 0
  #reading: Cipher | undefined
  #writing: Cipher | undefined

  constructor(root: RootOfTrust) {
    this.#root = root
    this.#mixHash(NOISE_WA_HEADER)
  }

  /** Answers the client's hello. */
  hello(message: Uint8Array): Uint8Array {
    const clientEphemeral = proto.HandshakeMessage.decode(message).clientHello?.ephemeral
    if (!clientEphemeral) throw new Error('the hello holds no ephemeral key')
    this.#mixHash(clientEphemeral)
    this.#mixHash(this.#ephemeral.public)
    this.#mixKey(Curve.sharedKey(this.#ephemeral.private, clientEphemeral))
    const encryptedKey = this.#seal(this.#root.serverKey.public)
    this.#mixKey(Curve.sharedKey(this.#root.serverKey.private, clientEphemeral))
    const payload = this.#seal(this.#root.certificateChain)
    return proto.HandshakeMessage.encode({
      serverHello: { ephemeral: this.#ephemeral.public, static: encryptedKey, payload },
    }).finish()
  }

  /** Reads the client's last handshake message; from here on `encrypt` and `decrypt` work. */
  finish(message: Uint8Array): ClientFinish {
    const finish = proto.HandshakeMessage.decode(message).clientFinish
    if (!finish?.static || !finish.payload) throw new Error('the finish is incomplete')
    const clientKey = this.#open(finish.static)
    this.#mixKey(Curve.sharedKey(this.#ephemeral.private, clientKey))
    const payload = proto.ClientPayload.decode(this.#open(finish.payload))
    const [fromClient, toClient] = this.#expand(NOTHING)
    this.#reading = new Cipher(fromClient)
    this.#writing = new Cipher(toClient)
    return { clientKey, payload }
  }

  encrypt(bytes: Uint8Array): Uint8Array {
    if (this.#writing === undefined) throw new Error('the handshake is not finished')
    return this.#writing.encrypt(bytes)
  }

  decrypt(bytes: Uint8Array): Uint8Array {
    if (this.#reading === undefined) throw new Error('the handshake is not finished')
    return this.#reading.decrypt(bytes)
  }

  #seal(bytes: Uint8Array): Uint8Array {
    const sealed = aesEncryptGCM(bytes, this.#key, nonce(this.#counter++), this.#hash)
    this.#mixHash(sealed)
    return sealed
  }

  #open(bytes: Uint8Array): Uint8Array {
    const opened = aesDecryptGCM(bytes, this.#key, nonce(this.#counter++), this.#hash)
    this.#mixHash(bytes)
    return opened
  }

  #mixHash(bytes: Uint8Array): void {
    this.#hash = sha256(Buffer.concat([this.#hash, bytes]))
  }

  #mixKey(bytes: Uint8Array): void {
    const [salt, key] = this.#expand(bytes)
    this.#salt = salt
    this.#key = key
    this.#counter = 0
  }

  #expand(bytes: Uint8Array): [Uint8Array, Uint8Array] {
    const expanded = hkdf(Buffer.from(bytes), 64, { salt: Buffer.from(this.#salt), info: '' })
    return [expanded.subarray(0, 32), expanded.subarray(32)]
  }
}

/** One direction of the encrypted stream. */
class Cipher {
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
