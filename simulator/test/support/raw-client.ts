/**
 * A linked device that is not Baileys: it writes its own stanzas, in an order of its
 * own, and shows what comes back. Baileys lends only the coding of stanzas to bytes.
 */

import { once } from 'node:events'
import {
  type BinaryNode,
  Curve,
  decodeBinaryNode,
  encodeBinaryNode,
  type KeyPair,
  proto,
  type SignedKeyPair,
  signedKeyPair,
  xmppSignedPreKey,
} from 'baileys'
import { WebSocket } from 'ws'
import type { Device } from '../../src/account.js'
import { KeyBundle } from '../../src/server/key-bundle.js'
import type { Simulator } from '../../src/simulator.js'
import { frameAround, FrameReader } from '../../src/wire/frames.js'
import { SERVER_JID, stanza } from '../../src/wire/stanza.js'
import {
  type Exchange,
  PROLOGUE,
  type RawKeyPair,
  type RawNoise,
  rawKeyPair,
  resumeWith,
  shakeHands,
} from './raw-noise.js'

/** What the device keeps between two logins. */
export interface RawDevice {
  readonly device: Device
  readonly noiseKey: RawKeyPair
  readonly identityKey: KeyPair
  readonly signedPreKey: SignedKeyPair
  readonly oneTimeKeys: readonly KeyPair[]
}

/** A device that the phone has linked: the server knows the keys that a pairing names, and no one-time keys. */
export function linkRawDevice({ network }: Simulator, phone: string): RawDevice {
  const account = network.byPhone(phone)
  if (account === undefined) throw new Error('no such phone')
  const noiseKey = rawKeyPair()
  const device = account.addCompanion({
    number: account.nextDeviceNumber(),
    platform: 'raw',
    linkedAt: network.now(),
    noiseKey: noiseKey.public,
  })
  const identityKey = Curve.generateKeyPair()
  const signedPreKey = signedKeyPair(identityKey, 1)
  device.keys = new KeyBundle({
    registration: Buffer.from([0, 0, 4, 210]),
    identity: identityKey.public,
    signedPreKey: xmppSignedPreKey(signedPreKey),
  })
  network.emit('linked', device)
  return {
    device,
    noiseKey,
    identityKey,
    signedPreKey,
    oneTimeKeys: Array.from({ length: 10 }, () => Curve.generateKeyPair()),
  }
}

export interface RawLogin {
  readonly passive?: boolean
  readonly pull?: boolean
  /** Resumes with it. */
  readonly serverKey?: Buffer
}

export class RawClient implements AsyncDisposable {
  readonly noise: RawNoise
  /** Everything that came, oldest first. */
  readonly heard: BinaryNode[] = []
  readonly #socket: WebSocket
  readonly #frames: AsyncIterator<Uint8Array>
  #asked = 0

  private constructor(socket: WebSocket, noise: RawNoise, frames: AsyncIterator<Uint8Array>) {
    this.#socket = socket
    this.noise = noise
    this.#frames = frames
  }

  /** Resolves when the server let it in or turned it away. */
  static async logIn(
    { url }: Simulator,
    { device, noiseKey }: RawDevice,
    { serverKey, ...how }: RawLogin = {},
  ): Promise<RawClient> {
    const socket = new WebSocket(url)
    const frames = framesOf(socket)
    await once(socket, 'open')
    socket.send(PROLOGUE)
    const last = (message: Uint8Array): void => socket.send(frameAround(message))
    const exchange: Exchange = async (message) => {
      last(message)
      return nextOf(frames)
    }
    const username = Number(device.account.phone)
    const payload = proto.ClientPayload.encode({ ...how, username, device: device.number }).finish()
    const wire = { exchange, last }
    const noise =
      serverKey === undefined
        ? await shakeHands(noiseKey, payload, wire)
        : await resumeWith(serverKey, noiseKey, payload, wire)
    const client = new RawClient(socket, noise, frames)
    await client.until((node) => ['success', 'failure'].includes(node.tag))
    return client
  }

  send(node: BinaryNode): void {
    this.#socket.send(frameAround(this.noise.encrypt(encodeBinaryNode(node))))
  }

  /** Asks the server, and gives its answer. */
  async ask(
    attrs: { readonly xmlns: string; readonly type: string; readonly to?: string },
    content?: BinaryNode[],
  ): Promise<BinaryNode> {
    const id = `raw-${++this.#asked}`
    this.send(stanza('iq', { to: SERVER_JID, ...attrs, id }, content))
    return this.until((node) => node.tag === 'iq' && node.attrs['id'] === id)
  }

  /** Reads on until this comes; what came earlier counts. */
  async until(fits: (node: BinaryNode) => boolean): Promise<BinaryNode> {
    let found = this.heard.find(fits)
    while (found === undefined) {
      const frame = this.noise.decrypt(await nextOf(this.#frames))
      const node = await decodeBinaryNode(frame)
      this.heard.push(node)
      if (fits(node)) found = node
    }
    return found
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return
    const closed = once(this.#socket, 'close')
    this.#socket.terminate()
    await closed
  }
}

/** The frames of the server, which come without a header before them. */
async function* framesOf(socket: WebSocket): AsyncGenerator<Uint8Array> {
  const reader = new FrameReader()
  reader.push(PROLOGUE)
  const waiting: Uint8Array[] = []
  let wake: (() => void) | undefined
  socket.on('message', (data: Buffer) => {
    waiting.push(...reader.push(data))
    wake?.()
  })
  socket.on('close', () => wake?.())
  for (;;) {
    const frame = waiting.shift()
    if (frame !== undefined) yield frame
    else if (socket.readyState === WebSocket.CLOSED) return
    else
      await new Promise<void>((resolve) => {
        wake = resolve
      })
  }
}

async function nextOf(frames: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  const { done, value } = await frames.next()
  if (done === true) throw new Error('the server closed the connection')
  return value
}
