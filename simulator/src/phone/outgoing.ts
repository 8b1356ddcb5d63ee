/** What a phone sends: to a person or a group, to its own companions, and again to a device that could not read it. */

import { randomUUID } from 'node:crypto'
import { type BinaryNode, encodeWAMessage, generateMessageIDV2, type proto } from 'baileys'
import type { Account, Device } from '../account.js'
import type { Group } from '../group.js'
import type { Network } from '../network.js'
import { childOf, idOf, SERVER_JID, STATUS_JID, secondsOf, stanza } from '../wire/stanza.js'
import { editOf } from '../draw/attributes.js'
import { encAttributesOf, isViewOnce, typeOf } from './composing.js'
import type { PhoneLine } from './phone-line.js'
import type { SignalIdentity } from './signal-identity.js'

export interface OutgoingParts {
  readonly account: Account
  readonly device: Device
  readonly network: Network
  readonly line: PhoneLine
  readonly signal: SignalIdentity
}

interface Sent {
  readonly chat: Account | Group
  readonly content: proto.IMessage
}

export class Outgoing {
  readonly #parts: OutgoingParts
  readonly #sent = new Map<string, Sent>()
  /** The people to whom this phone has given its trust token. */
  readonly #trusted = new Set<Account>()
  /** Per group: the devices that have the key of what this phone writes there. */
  readonly #groupKeyHolders = new Map<string, Set<Device>>()

  constructor(parts: OutgoingParts) {
    this.#parts = parts
  }

  /** Returns the stanza that it sent. */
  async send(id: string, chat: Account | Group, content: proto.IMessage): Promise<BinaryNode> {
    this.#sent.set(id, { chat, content })
    const message =
      'subject' in chat
        ? await this.#toGroup(id, chat, content)
        : await this.#toPerson(id, chat, content)
    this.#parts.line.send(message)
    if (!('subject' in chat)) this.#trust(chat)
    return message
  }

  /** A status (story), to the devices of these people. */
  async postStatus(id: string, to: readonly Account[], content: proto.IMessage): Promise<void> {
    const devices = to.flatMap((account) => [...account.devices.values()])
    const encrypted = await this.#parts.signal.encryptFor(devices, () => content)
    const attrs = { id, to: STATUS_JID, type: 'text' }
    this.#parts.line.send(stanza('message', attrs, [participants(encrypted)]))
  }

  /** To one companion of its own. */
  async sendPeer(companion: Device, content: proto.IMessage): Promise<void> {
    const encrypted = await this.#parts.signal.encryptFor([companion], () => content)
    const enc = encrypted.get(companion)
    if (enc === undefined) throw new Error('the companion has no keys')
    const id = generateMessageIDV2(this.#parts.account.jid('pn'))
    const attrs = { id, to: companion.jid('pn'), type: 'protocol', category: 'peer' }
    this.#parts.line.send(stanza('message', attrs, [enc]))
  }

  /** Answers a retry receipt. A message that this phone did not send is not answered. */
  async sendAgain(receipt: BinaryNode): Promise<void> {
    const id = idOf(receipt)
    const asked = receipt.attrs['participant'] ?? receipt.attrs['from']
    const device = this.#parts.network.deviceOf(asked)
    const sent = this.#sent.get(id)
    if (device === undefined || sent === undefined) return
    const { chat, content } = sent
    await this.#parts.signal.renewSession(device, receipt)

    const encrypted = await this.#parts.signal.encryptFor(
      [device],
      () => this.#copyFor(device, sent),
      encAttributesOf(content),
    )
    const enc = encrypted.get(device)
    if (enc === undefined) return
    const count = childOf(receipt, 'retry')?.attrs['count'] ?? '1'
    const own = device.account === this.#parts.account && !('subject' in chat)
    const to = 'subject' in chat ? chat.id : device.jid('lid')
    const participant = 'subject' in chat ? device.jid('lid') : undefined
    const recipient = own ? chat.jid('lid') : undefined
    this.#parts.line.send(
      stanza(
        'message',
        { id, to, participant, recipient, type: typeOf(content), edit: editOf(content) },
        [{ ...enc, attrs: { ...enc.attrs, count } }],
      ),
    )
    if ('subject' in chat) this.#groupKeyHolders.get(chat.id)?.delete(device)
  }

  /** Like a real phone: the recipient becomes a known sender. */
  #trust(chat: Account): void {
    if (chat === this.#parts.account || this.#trusted.has(chat)) return
    this.#trusted.add(chat)
    const t = secondsOf(this.#parts.network.now())
    const token = stanza('token', { jid: chat.jid('lid'), t, type: 'trusted_contact' })
    const attrs = { id: randomUUID(), xmlns: 'privacy', type: 'set', to: SERVER_JID }
    this.#parts.line.query(stanza('iq', attrs, [stanza('tokens', {}, [token])]))
  }

  async #toPerson(id: string, chat: Account, content: proto.IMessage): Promise<BinaryNode> {
    const { account, device: self, signal } = this.#parts
    const devices = [...new Set([...chat.devices.values(), ...account.devices.values()])]
    const encrypted = await signal.encryptFor(
      devices.filter((device) => device !== self),
      (device) => this.#copyFor(device, { chat, content }),
      encAttributesOf(content),
    )
    const attrs = { id, to: chat.jid('lid'), type: typeOf(content), edit: editOf(content) }
    return stanza('message', attrs, [participants(encrypted), ...metaOf(content)])
  }

  async #toGroup(id: string, group: Group, content: proto.IMessage): Promise<BinaryNode> {
    const { account, device: self, signal } = this.#parts
    const { ciphertext, senderKeyDistributionMessage } =
      await signal.repository.encryptGroupMessage({
        group: group.id,
        meId: account.jid('lid'),
        data: encodeWAMessage(content),
      })
    const holders = this.#groupKeyHolders.get(group.id) ?? new Set<Device>()
    this.#groupKeyHolders.set(group.id, holders)
    const newcomers = group.accounts
      .flatMap((member) => [...member.devices.values()])
      .filter((device) => device !== self && !holders.has(device))
    const key = {
      groupId: group.id,
      axolotlSenderKeyDistributionMessage: senderKeyDistributionMessage,
    }
    const encrypted = await signal.encryptFor(newcomers, () => ({
      senderKeyDistributionMessage: key,
    }))
    for (const device of encrypted.keys()) holders.add(device)
    const attrs = {
      id,
      to: group.id,
      type: typeOf(content),
      edit: editOf(content),
      addressing_mode: 'lid',
    }
    const common = stanza('enc', { v: '2', type: 'skmsg', ...encAttributesOf(content) }, ciphertext)
    return stanza('message', attrs, [participants(encrypted), common, ...metaOf(content)])
  }

  /** Own companions need to be told whose chat it belongs to. */
  #copyFor(device: Device, { chat, content }: Sent): proto.IMessage {
    if (device.account !== this.#parts.account || 'subject' in chat) return content
    return { deviceSentMessage: { destinationJid: chat.jid('lid'), message: content } }
  }
}

/** What the server reads of the content beside its type. */
function metaOf(content: proto.IMessage): readonly BinaryNode[] {
  return isViewOnce(content) ? [stanza('meta', { view_once: 'true' })] : []
}

function participants(encrypted: ReadonlyMap<Device, BinaryNode>): BinaryNode {
  const entries = [...encrypted].map(([device, enc]) => {
    return stanza('to', { jid: device.jid('lid') }, [enc])
  })
  return stanza('participants', {}, entries)
}
