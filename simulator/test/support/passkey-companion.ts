/**
 * A companion that takes part in WhatsApp's passkey step, as simple as it can be: an unmodified Baileys
 * client and the stanzas written out. It shares no code with the gateway, and none with the phone.
 */

import { createCipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type BinaryNode, Curve, proto, S_WHATSAPP_NET } from 'baileys'
import { childOf, textOf } from '../../src/wire/stanza.js'
import type { Client } from './client.js'

interface Options {
  readonly challenge: string
}

export interface Answer {
  readonly id: string
  readonly rawId: string
  readonly type: string
  readonly response: {
    readonly clientDataJSON: string
    readonly authenticatorData: string
    readonly signature: string
    readonly userHandle?: string | null
  }
}

export class PasskeyCompanion {
  readonly client: Client
  /** Whether it acknowledges what Baileys cannot. */
  acknowledges = true
  readonly #arrived: BinaryNode[] = []
  readonly #pair = Curve.generateKeyPair()
  readonly #nonce = randomBytes(32)
  #handoffKey: Uint8Array = Buffer.alloc(0)
  #ref = ''

  constructor(client: Client) {
    this.client = client
    for (const type of ['passkey_prologue_request', 'crsc_continuation'])
      client.socket.ws.on(`CB:notification,type:${type}`, (node: BinaryNode) => this.#take(node))
  }

  /** The options of the newest request, or those that it asks for where that has none. */
  async options(): Promise<Options> {
    const request = await this.#next('passkey_prologue_request')
    const creds = this.client.store.auth.creds
    this.#handoffKey = hkdf(
      Buffer.from(creds.advSecretKey, 'base64'),
      '',
      'shortcake-passkey-handoff-v1',
    )
    creds.advSecretKey = randomBytes(32).toString('base64')
    const told = textOf(childOf(request, 'passkey_request_options'))
    return JSON.parse(told ?? (await this.#ask('get', 'passkey_request_options')) ?? '')
  }

  async sendPrologue({ id, rawId, type, response }: Answer, isProven: boolean): Promise<void> {
    this.#ref = (await this.#ask('get', 'ref')) ?? ''
    const { userHandle = null, ...signed } = response
    const assertion = { id, rawId, type, response: { ...signed, userHandle } }
    const payload = this.#payload()
    const proof = createHmac('sha256', this.#handoffKey).update(payload).digest()
    await this.#ask('set', 'passkey_prologue', [
      child('credential_id', Buffer.from(rawId, 'base64url')),
      child('webauthn_assertion', Buffer.from(JSON.stringify(assertion))),
      child('prologue_payload', payload),
      ...(isProven ? [child('pairing_handoff_proof', proof)] : []),
    ])
  }

  /** Waits for the phone, and finishes. */
  async finish(): Promise<void> {
    const primary = childOf(await this.#next('crsc_continuation'), 'primary_ephemeral_identity')
    const { publicKey } = proto.PrimaryEphemeralIdentity.decode(bytesIn(primary))
    await this.#ask('set', 'companion_nonce', this.#nonce)
    const shared = Curve.sharedKey(this.#pair.private, publicKey ?? Buffer.alloc(0))
    const salt = `Companion Pairing 1 with ref ${this.#ref}`
    const key = hkdf(shared, salt, 'Pairing Information Encryption Key')
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, iv)
    const { noiseKey, signedIdentityKey, advSecretKey } = this.client.store.auth.creds
    const request = proto.PairingRequest.encode({
      companionPublicKey: noiseKey.public,
      companionIdentityKey: signedIdentityKey.public,
      advSecret: Buffer.from(advSecretKey, 'base64'),
    }).finish()
    const encryptedPayload = Buffer.concat([
      cipher.update(request),
      cipher.final(),
      cipher.getAuthTag(),
    ])
    const content = proto.EncryptedPairingRequest.encode({ encryptedPayload, iv }).finish()
    await this.#ask('set', 'encrypted_pairing_request', content)
  }

  #payload(): Uint8Array {
    const identity = proto.CompanionEphemeralIdentity.encode({
      publicKey: this.#pair.public,
      deviceType: proto.DeviceProps.PlatformType.CHROME,
      ref: this.#ref,
    }).finish()
    const hash = createHash('sha256').update(identity).update(this.#nonce).digest()
    return proto.ProloguePayload.encode({
      companionEphemeralIdentity: identity,
      commitment: { hash },
    }).finish()
  }

  #take(node: BinaryNode): void {
    this.#arrived.push(node)
    const { id = '', type = '', from = '' } = node.attrs
    if (this.acknowledges && this.client.store.auth.creds.me === undefined)
      void this.client.socket.sendNode({
        tag: 'ack',
        attrs: { id, type, to: from, class: 'notification' },
      })
  }

  /** Taken once; those that are followed by another of their kind are passed over. */
  async #next(type: string): Promise<BinaryNode> {
    for (;;) {
      const found = this.#arrived.findLast((node) => node.attrs['type'] === type)
      if (found !== undefined) return found
      await once(this.client.socket.ws, `CB:notification,type:${type}`)
    }
  }

  async #ask(
    type: 'get' | 'set',
    tag: string,
    content?: BinaryNode['content'],
  ): Promise<string | undefined> {
    const attrs = { to: S_WHATSAPP_NET, type, xmlns: 'md' }
    const asked = content === undefined ? { tag, attrs: {} } : { tag, attrs: {}, content }
    const result: BinaryNode = await this.client.socket.query({
      tag: 'iq',
      attrs,
      content: [asked],
    })
    return textOf(childOf(result, tag))
  }
}

function child(tag: string, content: Uint8Array): BinaryNode {
  return { tag, attrs: {}, content }
}

function bytesIn(node: BinaryNode | undefined): Uint8Array {
  return node?.content instanceof Uint8Array ? node.content : Buffer.alloc(0)
}

function hkdf(key: Uint8Array, salt: string, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.from(salt), info, 32))
}
