/**
 * A client's half of the handshake, written from the Noise specification over
 * `node:crypto` alone, so that a fault on the server's half shows.
 */

import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'
import { proto } from 'baileys'

export const PROLOGUE = Buffer.from([0x57, 0x41, 6, 3])
const TAG_BYTES = 16

export interface RawKeyPair {
  readonly public: Buffer
  readonly private: Buffer
}

export function rawKeyPair(): RawKeyPair {
  const { privateKey } = generateKeyPairSync('x25519')
  const { x = '', d = '' } = privateKey.export({ format: 'jwk' })
  return { public: Buffer.from(x, 'base64url'), private: Buffer.from(d, 'base64url') }
}

/** Sends a handshake message and gives the server's answer to it. */
export type Exchange = (message: Uint8Array) => Promise<Uint8Array>

export interface RawNoise {
  /** What the client may resume with the next time. */
  readonly serverKey: Buffer
  readonly mode: 'XX' | 'IK' | 'XXfallback'
  encrypt(bytes: Uint8Array): Buffer
  decrypt(bytes: Uint8Array): Buffer
}

/** Meets the server for the first time. `last` sends the message that nothing answers. */
export async function shakeHands(
  own: RawKeyPair,
  payload: Uint8Array,
  { exchange, last }: { exchange: Exchange; last: (message: Uint8Array) => void },
): Promise<RawNoise> {
  const ephemeral = rawKeyPair()
  const hello = await exchange(clientHello({ ephemeral: ephemeral.public }))
  const state = new Steps('Noise_XX_25519_AESGCM_SHA256')
  const { serverKey, finish } = introducedBy(hello, state, { own, ephemeral, payload })
  last(finish)
  return { serverKey, mode: 'XX', ...state.ciphers() }
}

/** Logs in with the first message, as who knows the server's key may. Falls back where the server has another. */
export async function resumeWith(
  serverKey: Buffer,
  own: RawKeyPair,
  payload: Uint8Array,
  { exchange, last }: { exchange: Exchange; last: (message: Uint8Array) => void },
): Promise<RawNoise> {
  const ephemeral = rawKeyPair()
  const state = new Steps('Noise_IK_25519_AESGCM_SHA256')
  state.mixHash(serverKey)
  state.mixHash(ephemeral.public)
  state.mixKey(agree(ephemeral, serverKey))
  const sealedKey = state.seal(own.public)
  state.mixKey(agree(own, serverKey))
  const sealedPayload = state.seal(payload)
  const answer = await exchange(
    clientHello({ ephemeral: ephemeral.public, static: sealedKey, payload: sealedPayload }),
  )
  const hello = proto.HandshakeMessage.decode(answer).serverHello
  if (hello?.static) {
    const fallback = new Steps('Noise_XXfallback_25519_AESGCM_SHA256')
    const met = introducedBy(answer, fallback, { own, ephemeral, payload })
    last(met.finish)
    return { serverKey: met.serverKey, mode: 'XXfallback', ...fallback.ciphers() }
  }
  if (!hello?.ephemeral || !hello.payload) throw new Error("the server's hello is incomplete")
  state.mixHash(hello.ephemeral)
  state.mixKey(agree(ephemeral, hello.ephemeral))
  state.mixKey(agree(own, hello.ephemeral))
  state.open(hello.payload)
  return { serverKey, mode: 'IK', ...state.ciphers() }
}

function introducedBy(
  answer: Uint8Array,
  state: Steps,
  client: { own: RawKeyPair; ephemeral: RawKeyPair; payload: Uint8Array },
): { serverKey: Buffer; finish: Uint8Array } {
  const hello = proto.HandshakeMessage.decode(answer).serverHello
  if (!hello?.ephemeral || !hello.static || !hello.payload) {
    throw new Error("the server's hello is incomplete")
  }
  state.mixHash(client.ephemeral.public)
  state.mixHash(hello.ephemeral)
  state.mixKey(agree(client.ephemeral, hello.ephemeral))
  const serverKey = state.open(hello.static)
  state.mixKey(agree(client.ephemeral, serverKey))
  state.open(hello.payload)
  const sealedKey = state.seal(client.own.public)
  state.mixKey(agree(client.own, hello.ephemeral))
  const clientFinish = { static: sealedKey, payload: state.seal(client.payload) }
  return { serverKey, finish: proto.HandshakeMessage.encode({ clientFinish }).finish() }
}

function clientHello(hello: proto.HandshakeMessage.IClientHello): Uint8Array {
  return proto.HandshakeMessage.encode({ clientHello: hello }).finish()
}

class Steps {
  #hash: Buffer
  #chain: Buffer
  #key: Buffer
  #sealed = 0

  constructor(name: string) {
    const bytes = Buffer.from(name)
    this.#hash = bytes.length > 32 ? sha256(bytes) : Buffer.concat([bytes], 32)
    this.#chain = this.#hash
    this.#key = this.#hash
    this.mixHash(PROLOGUE)
  }

  mixHash(bytes: Uint8Array): void {
    this.#hash = sha256(this.#hash, bytes)
  }

  mixKey(secret: Uint8Array): void {
    ;[this.#chain, this.#key] = this.#derive(secret)
    this.#sealed = 0
  }

  seal(bytes: Uint8Array): Buffer {
    const sealed = seal(this.#key, this.#sealed++, bytes, this.#hash)
    this.mixHash(sealed)
    return sealed
  }

  open(bytes: Uint8Array): Buffer {
    const opened = open(this.#key, this.#sealed++, bytes, this.#hash)
    this.mixHash(bytes)
    return opened
  }

  ciphers(): Pick<RawNoise, 'encrypt' | 'decrypt'> {
    const [write, read] = this.#derive(Buffer.alloc(0))
    let written = 0
    let heard = 0
    return {
      encrypt: (bytes) => seal(write, written++, bytes),
      decrypt: (bytes) => open(read, heard++, bytes),
    }
  }

  #derive(secret: Uint8Array): [Buffer, Buffer] {
    const derived = Buffer.from(hkdfSync('sha256', secret, this.#chain, '', 64))
    return [derived.subarray(0, 32), derived.subarray(32)]
  }
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest()
}

function seal(key: Buffer, counter: number, bytes: Uint8Array, aad?: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(counter))
  if (aad) cipher.setAAD(aad)
  return Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
}

function open(key: Buffer, counter: number, bytes: Uint8Array, aad?: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(counter))
  if (aad) decipher.setAAD(aad)
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()])
}

function nonceOf(counter: number): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(counter, 8)
  return nonce
}

function agree(own: RawKeyPair, other: Uint8Array): Buffer {
  return diffieHellman({ privateKey: privateKeyOf(own), publicKey: publicKeyOf(other) })
}

function privateKeyOf(pair: RawKeyPair): KeyObject {
  const key = { kty: 'OKP', crv: 'X25519', x: base64(pair.public), d: base64(pair.private) }
  return createPrivateKey({ format: 'jwk', key })
}

function publicKeyOf(bytes: Uint8Array): KeyObject {
  return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'X25519', x: base64(bytes) } })
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}
