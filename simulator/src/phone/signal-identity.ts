/**
 * A phone's real Signal keys and sessions, kept in memory.
 *
 * All sessions are kept under LIDs, as clients do; a message addressed by
 * number finds its session through the number's LID.
 */

import { randomUUID } from 'node:crypto'
import {
  type BinaryNode,
  DEFAULT_CONNECTION_CONFIG,
  encodeWAMessage,
  extractE2ESessionFromRetryReceipt,
  getNextPreKeys,
  getNextPreKeysNode,
  initAuthCreds,
  type KeyPair,
  KEY_BUNDLE_TYPE,
  parseAndInjectE2ESessions,
  type proto,
  type SignalRepositoryWithLIDStore,
  xmppPreKey,
  xmppSignedPreKey,
} from 'baileys'
import type { Device } from '../account.js'
import type { Network } from '../network.js'
import { SERVER_JID, stanza } from '../wire/stanza.js'
import { memoryKeys } from './memory-keys.js'
import type { PhoneLine } from './phone-line.js'
import { SILENT } from './silent-log.js'

export class SignalIdentity {
  readonly repository: SignalRepositoryWithLIDStore
  readonly #creds = initAuthCreds()
  readonly #keys = memoryKeys()
  readonly #line: PhoneLine

  constructor(network: Network, line: PhoneLine) {
    this.#line = line
    this.repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(
      { creds: this.#creds, keys: this.#keys },
      SILENT,
      async (numbers) =>
        numbers.flatMap((pn) => {
          const lid = network.accountOf(pn)?.jid('lid')
          return lid === undefined ? [] : [{ pn, lid }]
        }),
    )
  }

  get identityKey(): KeyPair {
    return this.#creds.signedIdentityKey
  }

  /** The `<registration>` of key bundles and retry receipts. */
  get registration(): Uint8Array {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(this.#creds.registrationId)
    return bytes
  }

  /** Leaves public keys with the server, for senders. */
  async uploadKeys(count: number): Promise<void> {
    const state = { creds: this.#creds, keys: this.#keys }
    const { update, node } = await getNextPreKeysNode(state, count)
    Object.assign(this.#creds, update)
    this.#line.query({ ...node, attrs: { ...node.attrs, id: randomUUID() } })
  }

  /** The `<keys>` of a retry receipt: the sender can open a new session with them at once. */
  async keysForRetry(): Promise<BinaryNode> {
    const state = { creds: this.#creds, keys: this.#keys }
    const { update, preKeys } = await getNextPreKeys(state, 1)
    Object.assign(this.#creds, update)
    const [entry] = Object.entries(preKeys)
    if (entry === undefined) throw new Error('no one-time key was made')
    const [id, pair] = entry
    return stanza('keys', {}, [
      stanza('type', {}, KEY_BUNDLE_TYPE),
      stanza('identity', {}, this.identityKey.public),
      xmppPreKey(pair, Number(id)),
      xmppSignedPreKey(this.#creds.signedPreKey),
    ])
  }

  /** `<enc>` for each device that has keys, opening sessions where there are none. */
  async encryptFor(
    devices: readonly Device[],
    content: (device: Device) => proto.IMessage,
    /** Beside the version and the type. */
    attributes: Readonly<Record<string, string>> = {},
  ): Promise<ReadonlyMap<Device, BinaryNode>> {
    const reachable = devices.filter((device) => device.keys !== undefined)
    await this.#openSessions(reachable)
    const encrypted = new Map<Device, BinaryNode>()
    for (const device of reachable) {
      const data = encodeWAMessage(content(device))
      const { type, ciphertext } = await this.repository.encryptMessage({
        jid: device.jid('lid'),
        data,
      })
      encrypted.set(device, stanza('enc', { v: '2', type, ...attributes }, ciphertext))
    }
    return encrypted
  }

  /** Forgets the session with a device that could not read the last message, and opens the one it asks for. */
  async renewSession(device: Device, retryReceipt: BinaryNode): Promise<void> {
    const jid = device.jid('lid')
    const bundle = extractE2ESessionFromRetryReceipt(retryReceipt)
    if (bundle === null) return this.#fetchSessions([device])
    const { preKey, ...keys } = bundle
    const session = preKey === undefined ? keys : { ...keys, preKey }
    return this.repository.injectE2ESession({ jid, session })
  }

  async #openSessions(devices: readonly Device[]): Promise<void> {
    const missing: Device[] = []
    for (const device of devices) {
      const { exists } = await this.repository.validateSession(device.jid('lid'))
      if (!exists) missing.push(device)
    }
    if (missing.length > 0) await this.#fetchSessions(missing)
  }

  async #fetchSessions(devices: readonly Device[]): Promise<void> {
    const users = devices.map((device) => stanza('user', { jid: device.jid('lid') }))
    const attrs = { id: randomUUID(), xmlns: 'encrypt', type: 'get', to: SERVER_JID }
    const answer = this.#line.query(stanza('iq', attrs, [stanza('key', {}, users)]))
    await parseAndInjectE2ESessions(answer, this.repository)
  }
}
