/**
 * The server's half of WhatsApp's handshake: Noise over Curve25519, AES-GCM and SHA-256.
 *
 *     XX          the client learns the server's key: hello → hello → finish
 *     IK          the client knows it and logs in with its hello: hello → hello
 *     XXfallback  it knows another server's key: its hello counts as XX's, and XX goes on
 */

import { Curve, NOISE_WA_HEADER, proto } from 'baileys'
import { type NoiseCipher, NoiseState } from './noise-state.js'
import type { RootOfTrust } from './root-of-trust.js'

const FULL = 'Noise_XX_25519_AESGCM_SHA256'
const RESUMED = 'Noise_IK_25519_AESGCM_SHA256'
const FALLBACK = 'Noise_XXfallback_25519_AESGCM_SHA256'

export interface ClientFinish {
  /** The client's long-lived Noise key; a login must come with the one of its pairing. */
  readonly clientKey: Uint8Array
  readonly payload: proto.ClientPayload
}

export interface ServerHello {
  /** To be sent as it is. */
  readonly answer: Uint8Array
  /** Set when the handshake is done with it: the client resumed. */
  readonly finish?: ClientFinish
}

interface ResumingHello {
  readonly ephemeral: Uint8Array
  readonly sealedKey: Uint8Array
  readonly sealedPayload: Uint8Array
}

export class NoiseResponder {
  readonly #root: RootOfTrust
  readonly #ephemeral = Curve.generateKeyPair()
  #state: NoiseState | undefined
  #reading: NoiseCipher | undefined
  #writing: NoiseCipher | undefined

  constructor(root: RootOfTrust) {
    this.#root = root
  }

  /** Answers the client's hello. Throws when it holds no key. */
  hello(message: Uint8Array): ServerHello {
    const hello = proto.HandshakeMessage.decode(message).clientHello
    if (!hello?.ephemeral) throw new Error('the hello holds no ephemeral key')
    const { ephemeral, static: sealedKey, payload: sealedPayload } = hello
    if (!sealedKey || !sealedPayload) return { answer: this.#introduce(FULL, ephemeral) }
    return (
      this.#resume({ ephemeral, sealedKey, sealedPayload }) ?? {
        answer: this.#introduce(FALLBACK, ephemeral),
      }
    )
  }

  /** Reads the client's last handshake message; from here on `encrypt` and `decrypt` work. */
  finish(message: Uint8Array): ClientFinish {
    const finish = proto.HandshakeMessage.decode(message).clientFinish
    if (!finish?.static || !finish.payload) throw new Error('the finish is incomplete')
    if (this.#state === undefined) throw new Error('a finish without a hello')
    const clientKey = this.#state.open(finish.static)
    this.#state.mixKey(Curve.sharedKey(this.#ephemeral.private, clientKey))
    const payload = proto.ClientPayload.decode(this.#state.open(finish.payload))
    this.#split(this.#state)
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

  /** Shows the server's key and who signed it. */
  #introduce(protocolName: string, clientEphemeral: Uint8Array): Uint8Array {
    const state = new NoiseState(protocolName, NOISE_WA_HEADER)
    state.mixHash(clientEphemeral)
    state.mixHash(this.#ephemeral.public)
    state.mixKey(Curve.sharedKey(this.#ephemeral.private, clientEphemeral))
    const sealedKey = state.seal(this.#root.serverKey.public)
    state.mixKey(Curve.sharedKey(this.#root.serverKey.private, clientEphemeral))
    const payload = state.seal(this.#root.certificateChain)
    this.#state = state
    return serverHello({ ephemeral: this.#ephemeral.public, static: sealedKey, payload })
  }

  /** Undefined when the client knows another key than the server's. */
  #resume({ ephemeral, sealedKey, sealedPayload }: ResumingHello): ServerHello | undefined {
    const { serverKey, certificateChain } = this.#root
    const state = new NoiseState(RESUMED, NOISE_WA_HEADER)
    state.mixHash(serverKey.public)
    state.mixHash(ephemeral)
    state.mixKey(Curve.sharedKey(serverKey.private, ephemeral))
    const clientKey = openedBy(state, sealedKey)
    if (clientKey === undefined) return undefined
    state.mixKey(Curve.sharedKey(serverKey.private, clientKey))
    const payload = proto.ClientPayload.decode(state.open(sealedPayload))

    state.mixHash(this.#ephemeral.public)
    state.mixKey(Curve.sharedKey(this.#ephemeral.private, ephemeral))
    state.mixKey(Curve.sharedKey(this.#ephemeral.private, clientKey))
    const chain = state.seal(certificateChain)
    this.#split(state)
    return {
      answer: serverHello({ ephemeral: this.#ephemeral.public, payload: chain }),
      finish: { clientKey, payload },
    }
  }

  #split(state: NoiseState): void {
    const { fromClient, toClient } = state.split()
    this.#reading = fromClient
    this.#writing = toClient
  }
}

function openedBy(state: NoiseState, bytes: Uint8Array): Uint8Array | undefined {
  try {
    return state.open(bytes)
  } catch {
    return undefined
  }
}

function serverHello(hello: proto.HandshakeMessage.IServerHello): Uint8Array {
  return proto.HandshakeMessage.encode({ serverHello: hello }).finish()
}
