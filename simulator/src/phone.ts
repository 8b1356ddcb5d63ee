/**
 * A person's phone: the primary device of an account, with real Signal keys.
 *
 * It decrypts what arrives, sends receipts, shows the message, and asks for it
 * again when it can not read it. Everything that arrives is handled strictly in
 * order. Offline, it handles nothing, and what is meant for it waits.
 */

import { EventEmitter } from 'node:events'
import {
  type AnyMessageContent,
  type BinaryNode,
  generateMessageIDV2,
  isJidGroup,
  type proto,
} from 'baileys'
import type { Account, Device } from './account.js'
import type { Group } from './group.js'
import type {
  LinkedDevice,
  PhoneFace,
  PhoneMessage,
  PhoneWatcher,
  RatchetReuse,
  ScreenInput,
  ScreenView,
  Typing,
} from './model.js'
import type { Network } from './network.js'
import { Calling } from './phone/calling.js'
import { Companions } from './phone/companions.js'
import { compose, type StoreFile } from './phone/composing.js'
import { MessageShelf, type ShelfEvents } from './phone/message-shelf.js'
import { Outgoing } from './phone/outgoing.js'
import type { PhoneLine } from './phone/phone-line.js'
import { type Arrival, Reader } from './phone/reader.js'
import { fetchShownImage } from './phone/shown-image.js'
import { SharedSettings } from './phone/shared-settings.js'
import { SignalIdentity } from './phone/signal-identity.js'
import type { PairingDesk } from './server/pairing.js'
import { childOf, childrenOf, STATUS_JID } from './wire/stanza.js'

const FIRST_KEYS = 30
const MORE_KEYS = 20
const DEFAULT_WAIT_MS = 10_000

export interface PhoneParts {
  readonly account: Account
  readonly device: Device
  readonly network: Network
  readonly line: PhoneLine
  readonly desk: PairingDesk
  readonly screen: (input: ScreenInput) => ScreenView
  /** Asked for each message: whether reading it must fail. */
  readonly mustFail: () => boolean
  /** Asked for each pairing: whether its signature must be nobody's. */
  readonly forgesSignature: () => boolean
  readonly fetchImage: (image: proto.Message.IImageMessage) => Promise<Uint8Array>
  readonly storeFile: StoreFile
}

export interface PhoneEvents extends ShelfEvents {
  duplicate: [{ readonly id: string; readonly from: string }]
  'ratchet-reuse': [RatchetReuse]
  /** It could not read a message. `asked` says whether it asked for it again. */
  unreadable: [{ readonly id: string; readonly from: string; readonly asked: boolean }]
  typing: [Typing]
  /** Somebody read a status that its owner posted. */
  'status-seen': [{ readonly id: string; readonly from: string }]
  ringing: [{ readonly callId: string; readonly from: string }]
  /** The one it calls does not want to talk. */
  'call-rejected': [{ readonly callId: string }]
  /** It went online or offline. */
  online: [boolean]
}

export class Phone implements PhoneFace {
  readonly events = new EventEmitter<PhoneEvents>()
  /** What its owner does without writing. */
  readonly calling: Calling
  readonly #parts: PhoneParts
  readonly #signal: SignalIdentity
  readonly #shelf: MessageShelf
  readonly #reader: Reader
  readonly #outgoing: Outgoing
  readonly #companions: Companions
  readonly #settings: SharedSettings
  readonly #ratchetReuses: RatchetReuse[] = []
  readonly #sink = (node: BinaryNode): void => this.#enqueue(() => this.#handleOnce(node))
  #work: Promise<void> = Promise.resolve()
  #duplicatesDropped = 0

  private constructor(parts: PhoneParts) {
    const { account, device, network, line } = parts
    this.#parts = parts
    this.#signal = new SignalIdentity(network, line)
    this.#shelf = new MessageShelf(this.events, () => this.waitingFor.length)
    this.#reader = new Reader({
      account,
      network,
      line,
      signal: this.#signal,
      mustFail: parts.mustFail,
    })
    this.#outgoing = new Outgoing({ account, device, network, line, signal: this.#signal })
    this.calling = new Calling({
      device,
      line,
      chatOf: (to) => this.#chatOf(to),
      rejected: (callId) => this.events.emit('call-rejected', { callId }),
      ringing: (callId, from) =>
        this.events.emit('ringing', { callId, from: this.#numberOf(from) }),
    })
    this.events.on('online', () => network.emit('phone-online', account))
    this.#settings = new SharedSettings(account, line, network.now())
    this.#companions = new Companions({
      ...parts,
      identityKey: this.#signal.identityKey,
      outgoing: this.#outgoing,
      settingsKey: this.#settings.key,
    })
  }

  /** Makes the phone's keys, leaves the public ones with the server, and goes online. */
  static async switchOn(parts: PhoneParts): Promise<Phone> {
    const phone = new Phone(parts)
    await phone.#signal.uploadKeys(FIRST_KEYS)
    parts.network.on('live', ({ account }) => {
      if (account === parts.account) phone.#welcomeNewcomers()
    })
    await phone.comeOnline()
    return phone
  }

  get phone(): string {
    return this.#parts.account.phone
  }

  get lid(): string {
    return this.#parts.account.lid
  }

  get name(): string {
    return this.#parts.account.name
  }

  get about(): string {
    return this.#parts.account.about
  }

  /** JPEG. */
  get picture(): Uint8Array | undefined {
    return this.#parts.account.picture
  }

  get business(): boolean {
    return this.#parts.account.business
  }

  get online(): boolean {
    return this.#parts.device.attached
  }

  get messages(): readonly PhoneMessage[] {
    return this.#shelf.messages
  }

  get duplicatesDropped(): number {
    return this.#duplicatesDropped
  }

  get ratchetReuses(): readonly RatchetReuse[] {
    return this.#ratchetReuses
  }

  /** Ids of messages it shows as "waiting for this message". */
  get waitingFor(): readonly string[] {
    return this.#reader.waitingFor
  }

  async scan(qr: string): Promise<LinkedDevice> {
    return this.#companions.scan(qr)
  }

  async enter(code: string): Promise<LinkedDevice> {
    return this.#companions.enter(code)
  }

  linkedDevices(): readonly LinkedDevice[] {
    return this.#companions.list()
  }

  async unlink(number: number): Promise<void> {
    this.#companions.unlink(number)
  }

  async send(to: string, text: string): Promise<PhoneMessage> {
    const chat = this.#chatOf(to)
    const id = generateMessageIDV2(this.#parts.account.jid('pn'))
    const content: proto.IMessage = { conversation: text }
    const stanza = await this.#inOrder(() => this.#outgoing.send(id, chat, content))
    const message = this.#message({ stanza, id, chat, from: this.phone, content, status: 'sent' })
    this.#shelf.put(message)
    return message
  }

  /**
   * Sends something other than text: a file, a place, a reaction, a correction …
   * Returns its id. The phone does not show it.
   */
  async share(to: string, what: AnyMessageContent): Promise<string> {
    const chat = this.#chatOf(to)
    const id = generateMessageIDV2(this.#parts.account.jid('pn'))
    const content = await compose(what, this.#parts.storeFile)
    await this.#inOrder(() => this.#outgoing.send(id, chat, content))
    return id
  }

  /**
   * Sends what only a modified app would: any content, and under any id, also one
   * that somebody else used. Returns the id. The phone does not show it.
   */
  async forge(to: string, content: proto.IMessage, id?: string): Promise<string> {
    const chat = this.#chatOf(to)
    const chosen = id ?? generateMessageIDV2(this.#parts.account.jid('pn'))
    await this.#inOrder(() => this.#outgoing.send(chosen, chat, content))
    return chosen
  }

  /** Hands the server a stanza that no app would write, a receipt for a message of others for instance. */
  transmit(node: BinaryNode): void {
    this.#parts.line.send(node)
  }

  async read(messageId: string): Promise<void> {
    const message = this.#shelf.find(messageId)
    if (message === undefined || message.fromMe) throw new Error('no such incoming message')
    this.#reader.receipt(message.stanza, 'read')
    this.#shelf.advance(messageId, 'read')
  }

  /** Posts a status (story) for these people to see. Returns its id. */
  async postStatus(text: string, to: readonly string[]): Promise<string> {
    const id = generateMessageIDV2(this.#parts.account.jid('pn'))
    const people = to.flatMap((number) => this.#parts.network.byDialledNumber(number) ?? [])
    const content: proto.IMessage = { extendedTextMessage: { text } }
    await this.#inOrder(() => this.#outgoing.postStatus(id, people, content))
    return id
  }

  goOffline(): void {
    this.#parts.device.detach(this.#sink)
    this.events.emit('online', false)
  }

  async comeOnline(): Promise<void> {
    if (this.online) return
    const { device } = this.#parts
    for (const node of device.waiting) this.#sink(node)
    device.attach(this.#sink)
    this.events.emit('online', true)
    this.#welcomeNewcomers()
    await this.#work
  }

  watch({ changed, typing }: PhoneWatcher): () => void {
    // Each open page watches; Node takes more than ten for a leak.
    this.events.setMaxListeners(0)
    for (const name of ['put', 'status', 'online'] as const) this.events.on(name, changed)
    this.events.on('typing', typing)
    return () => {
      for (const name of ['put', 'status', 'online'] as const) this.events.off(name, changed)
      this.events.off('typing', typing)
    }
  }

  /** As if the keys did not fit: the next message can not be read and is asked for again. */
  failNextDecryption(): void {
    this.#reader.failNext()
  }

  /** The next message that is shown from now on. Rejects after `timeoutMs`. */
  async nextMessage(
    predicate: (message: PhoneMessage) => boolean = () => true,
    timeoutMs = DEFAULT_WAIT_MS,
  ): Promise<PhoneMessage> {
    return this.#shelf.next(predicate, timeoutMs)
  }

  /** A message that is there already or comes, in the state asked for. Rejects after `timeoutMs`. */
  async untilMessage(
    predicate: (message: PhoneMessage) => boolean,
    timeoutMs = DEFAULT_WAIT_MS,
  ): Promise<PhoneMessage> {
    return this.#shelf.until(predicate, timeoutMs)
  }

  /** What waits for the phone is handed out again when it comes online, also when it lay in the queue here. */
  async #handleOnce(node: BinaryNode): Promise<void> {
    const { device } = this.#parts
    const isKept = node.tag !== 'chatstate' && node.tag !== 'presence'
    if (isKept && !(this.online && device.waiting.includes(node))) return
    await this.#handle(node)
  }

  async #handle(node: BinaryNode): Promise<void> {
    switch (node.tag) {
      case 'message':
        return this.#takeMessage(node)
      case 'receipt':
        await this.#takeReceipt(node)
        return this.#reader.acknowledge(node)
      case 'notification':
        if (node.attrs['type'] === 'encrypt') await this.#signal.uploadKeys(MORE_KEYS)
        if (node.attrs['type'] === 'server_sync') await this.#settings.catchUp(node)
        return this.#reader.acknowledge(node)
      case 'chatstate':
        return this.#takeTyping(node)
      case 'call':
        this.calling.take(node)
        return this.#reader.acknowledge(node)
      default:
        return undefined
    }
  }

  async #takeMessage(node: BinaryNode): Promise<void> {
    const id = node.attrs['id'] ?? ''
    const from = this.#numberOf(node.attrs['participant'] ?? node.attrs['from'])
    const arrival = await this.#reader.read(node, this.#shelf.find(id) !== undefined)
    if (arrival.reuse !== undefined) {
      this.#ratchetReuses.push(arrival.reuse)
      this.events.emit('ratchet-reuse', arrival.reuse)
    }
    switch (arrival.kind) {
      case 'duplicate':
        this.#duplicatesDropped += 1
        this.events.emit('duplicate', { id, from })
        return undefined
      case 'unreadable':
        this.events.emit('unreadable', { id, from, asked: arrival.asked })
        return undefined
      case 'unseen':
        return undefined
      case 'content':
        // The page of statuses is not one of its chats.
        if (arrival.chatJid === STATUS_JID) return undefined
        return this.#show(node, arrival)
    }
  }

  async #show(stanza: BinaryNode, arrival: Arrival & { kind: 'content' }): Promise<void> {
    const { content, chatJid, authorJid, fromMe } = arrival
    const message = this.#message({
      stanza,
      id: stanza.attrs['id'] ?? '',
      chat: this.#chatOf(chatJid),
      from: this.#numberOf(authorJid),
      content,
      status: fromMe ? 'sent' : 'delivered',
    })
    const { image } = this.#parts.screen({ message: content, stanza })
    // Whoever finds the message on the shelf finds it whole.
    const complete = image
      ? { ...message, image: await fetchShownImage(image, this.#parts.fetchImage) }
      : message
    this.#shelf.put(complete)
    this.events.emit('message', complete)
  }

  async #takeReceipt(receipt: BinaryNode): Promise<void> {
    const { id, type } = receipt.attrs
    if (type === 'retry') return this.#outgoing.sendAgain(receipt)
    const ids = [id, ...childrenOf(childOf(receipt, 'list')).map((item) => item.attrs['id'])]
    const status = type === 'read' || type === 'read-self' ? 'read' : 'delivered'
    if (receipt.attrs['from'] === STATUS_JID && status === 'read') {
      const from = this.#numberOf(receipt.attrs['participant'])
      this.events.emit('status-seen', { id: id ?? '', from })
    }
    // Its own companion's receipt says nothing about the other person.
    if (type === 'sender') return undefined
    for (const each of ids) if (each !== undefined) this.#shelf.advance(each, status)
    return undefined
  }

  #takeTyping(chatstate: BinaryNode): void {
    const from = this.#numberOf(chatstate.attrs['participant'] ?? chatstate.attrs['from'])
    const chat = isJidGroup(chatstate.attrs['from']) ? (chatstate.attrs['from'] ?? '') : from
    for (const { tag: state } of childrenOf(chatstate)) {
      this.events.emit('typing', { chat, from, state })
    }
  }

  /** A companion that came online gets what it needs to work. */
  #welcomeNewcomers(): void {
    if (!this.online) return
    for (const companion of this.#companions.newcomers()) {
      this.#enqueue(() => this.#companions.setUp(companion))
    }
  }

  #message(parts: {
    readonly stanza: BinaryNode
    readonly id: string
    readonly chat: Account | Group
    readonly from: string
    readonly content: proto.IMessage
    readonly status: PhoneMessage['status']
  }): PhoneMessage {
    const { stanza, id, chat, from, content, status } = parts
    const { text, buttons, shows } = this.#parts.screen({ message: content, stanza })
    return {
      id,
      chat: 'subject' in chat ? chat.id : chat.phone,
      from,
      fromMe: from === this.phone,
      at: this.#parts.network.now(),
      text,
      buttons,
      shows,
      status,
      stanza,
      content,
    }
  }

  /** Throws when the number is not registered or the group does not exist. */
  #chatOf(to: string): Account | Group {
    const { network } = this.#parts
    const jid = to.includes('@')
    const chat = isJidGroup(to)
      ? network.group(to)
      : jid
        ? network.accountOf(to)
        : network.byDialledNumber(to)
    if (chat === undefined) throw new Error('nobody has this number, and no group this id')
    return chat
  }

  #numberOf(jid: string | undefined): string {
    return this.#parts.network.accountOf(jid)?.phone ?? ''
  }

  #enqueue(work: () => Promise<void>): void {
    void this.#inOrder(work).catch((error: unknown) => {
      this.#parts.network.reportFailure(new Error('a phone failed', { cause: error }))
    })
  }

  /** The ratchets of a phone are used by one task at a time. */
  async #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#work.then(work)
    this.#work = done.then(
      () => undefined,
      () => undefined,
    )
    return done
  }
}
