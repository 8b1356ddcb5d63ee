/**
 * A person's phone: the primary device of an account, with real Signal keys.
 *
 * It decrypts what arrives, sends receipts, shows the message, and asks for it
 * again when it cannot read it. Everything that arrives is handled strictly in
 * order. Offline, it handles nothing, and what is meant for it waits.
 */

import { EventEmitter } from 'node:events'
import {
  type AnyMessageContent,
  type BinaryNode,
  chatModificationToAppPatch,
  generateMessageIDV2,
  type proto,
} from 'baileys'
import { ActRefusedError } from './model.js'
import type { ChatAct, MessageAct, Post } from './person-acts.js'
import type {
  Label,
  LinkedDevice,
  LinkingScreenView,
  PasskeyGateMode,
  PhoneFace,
  PhoneMessage,
  PhoneWatcher,
  RatchetReuse,
  SavedContact,
} from './model.js'
import type { Past } from './past.js'
import {
  type Assertion,
  type Passkey,
  type AssertionParts,
  signAssertion,
} from './passkey/passkey.js'
import { AppState, type Mutation } from './phone/app-state.js'
import { Calling } from './phone/calling.js'
import { changesOf } from './phone/chat-acts.js'
import { ChatStates } from './phone/chat-states.js'
import { PhoneChannels } from './phone/channels.js'
import { chatOf, numberOf } from './phone/chat-names.js'
import { PhoneGroups } from './phone/groups.js'
import { InOrder } from './phone/in-order.js'
import { LinkingScreen } from './phone/linking-screen.js'
import { labelsByChat, labelsIn } from './phone/labels.js'
import { type PhoneEvents, watchEvents } from './phone/phone-events.js'
import { SERVER_JID, stanza } from './wire/stanza.js'
import { insideOf, type PhoneInside, type PhoneParts } from './phone/inside.js'

const FIRST_KEYS = 30
/** Long: only what never comes takes so long, and a busy machine is slow. */
const DEFAULT_WAIT_MS = 60_000

export class Phone implements PhoneFace {
  readonly events = new EventEmitter<PhoneEvents>()
  /** What its owner does without writing. */
  readonly calling: Calling
  /** What it shares with its companions. Tests read it, and prepare changes that come at a certain time. */
  readonly appState: AppState
  /** What its owner does with groups. */
  readonly groups: PhoneGroups
  /** What its owner does with channels. */
  readonly channels: PhoneChannels
  /** What was made of its chats. */
  readonly chats: ChatStates
  /** What companions that are linked from then on are told. */
  past: Past = { chats: [] }
  readonly #parts: PhoneParts
  readonly #inside: PhoneInside
  readonly #tasks = new InOrder((cause) =>
    this.#parts.network.reportFailure(new Error('a phone failed', { cause })),
  )
  readonly #sink = (node: BinaryNode): void => this.#tasks.later(() => this.#handleOnce(node))

  private constructor(parts: PhoneParts) {
    this.#parts = parts
    const inside = insideOf(parts, {
      events: this.events,
      linkingScreen: new LinkingScreen(() => this.events.emit('linking-screen')),
      inTurn: (work) => this.#tasks.do(work),
      unreadable: () => this.waitingFor.length,
      past: () => this.past,
      take: (mutation) => this.#take(mutation),
    })
    this.#inside = inside
    this.calling = inside.calling
    this.appState = inside.appState
    this.groups = inside.groups
    this.channels = inside.channels
    this.chats = inside.chats
  }

  /** Makes the phone's keys, leaves the public ones with the server, and goes online. */
  static async switchOn(parts: PhoneParts): Promise<Phone> {
    const phone = new Phone(parts)
    await phone.#inside.signal.uploadKeys(FIRST_KEYS)
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
    return this.#inside.shelf.messages
  }

  get duplicatesDropped(): number {
    return this.#inside.incoming.duplicatesDropped
  }

  get ratchetReuses(): readonly RatchetReuse[] {
    return this.#inside.incoming.ratchetReuses
  }

  /** Ids of messages it shows as "waiting for this message". */
  get waitingFor(): readonly string[] {
    return this.#inside.reader.waitingFor
  }

  get asksForPasskey(): PasskeyGateMode {
    return this.#parts.account.asksForPasskey
  }

  set asksForPasskey(mode: PasskeyGateMode) {
    this.#parts.account.asksForPasskey = mode
    this.events.emit('passkey-gate')
  }

  get passkey(): Passkey {
    return this.#parts.account.passkey
  }

  /** As a browser on web.whatsapp.com would, unless `said` differs. `challenge` is base64url. */
  signWithPasskey(challenge: string, said: AssertionParts = {}): Assertion {
    return signAssertion(this.passkey, challenge, said)
  }

  get linkingScreen(): LinkingScreenView | undefined {
    return this.#inside.linkingScreen.view
  }

  confirmLinking(): void {
    this.#inside.linkingScreen.confirm()
  }

  cancelLinking(): void {
    this.#inside.linkingScreen.cancel()
  }

  async scan(qr: string): Promise<LinkedDevice> {
    return this.#inside.companions.scan(qr)
  }

  async enter(code: string): Promise<LinkedDevice> {
    return this.#inside.companions.enter(code)
  }

  linkedDevices(): readonly LinkedDevice[] {
    return this.#inside.companions.list()
  }

  async unlink(number: number): Promise<void> {
    this.#inside.companions.unlink(number)
  }

  async send(to: string, text: string): Promise<PhoneMessage> {
    const { message } = await this.#inside.talk.say(to, { conversation: text })
    if (message === undefined) throw new Error('a text changes no other message')
    return message
  }

  /**
   * Sends anything that Baileys has a word for: a file, a place, a reaction, a correction …
   * Returns its id.
   */
  async share(to: string, what: AnyMessageContent): Promise<string> {
    return this.#inside.talk.share(to, what)
  }

  async post(to: string, post: Post, replyTo?: string): Promise<PhoneMessage> {
    return this.#inside.talk.post(to, post, replyTo)
  }

  async act(messageKey: string, act: MessageAct): Promise<void> {
    if (act.act === 'open') return this.#open(messageKey)
    return this.#inside.talk.act(messageKey, act)
  }

  async changeChat(to: string, act: ChatAct): Promise<void> {
    const chat = chatOf(this.#parts.network, to)
    const name = 'subject' in chat ? chat.id : chat.phone
    const newest = this.messages.findLast((message) => message.chat === name)
    await this.#tasks.do(async () => {
      for (const change of changesOf(act, chat, newest)) await this.appState.write(change)
    })
  }

  async block(number: string, on: boolean): Promise<void> {
    const { network, line } = this.#parts
    const person = chatOf(network, number)
    if ('subject' in person) throw new ActRefusedError('a group cannot be blocked')
    const attrs = { jid: person.jid('lid'), action: on ? 'block' : 'unblock' }
    const item = stanza('item', on ? { ...attrs, pn_jid: person.jid('pn') } : attrs)
    const iq = { id: `block-${person.lid}`, to: SERVER_JID, type: 'set', xmlns: 'blocklist' }
    line.query(stanza('iq', iq, [item]))
    this.events.emit('chat-state')
  }

  get blocked(): readonly string[] {
    return [...this.#parts.account.blocked].map(({ phone }) => phone)
  }

  get contacts(): readonly SavedContact[] {
    return this.appState.entries('contact').flatMap(({ index, value }) => {
      const phone = numberOf(this.#parts.network, index[1])
      const name = value.contactAction?.fullName
      return phone === '' || !name ? [] : [{ phone, name }]
    })
  }

  /**
   * Sends what only a modified app would: any content, and under any id, also one
   * that another device used. Returns the id. The phone does not show it.
   */
  async forge(to: string, content: proto.IMessage, id?: string): Promise<string> {
    const chat = chatOf(this.#parts.network, to)
    const chosen = id ?? generateMessageIDV2(this.#parts.account.jid('pn'))
    await this.#tasks.do(() => this.#inside.outgoing.send(chosen, chat, content))
    return chosen
  }

  /** Hands the server a stanza that no app would write, a receipt for a message of others for instance. */
  transmit(node: BinaryNode): void {
    this.#parts.line.send(node)
  }

  async read(messageKey: string): Promise<void> {
    const message = this.#inside.shelf.find(messageKey)
    if (message === undefined || message.fromMe) throw new Error('no such incoming message')
    this.#inside.reader.receipt(message.stanza, 'read')
    this.#inside.shelf.advance(messageKey, 'read')
  }

  /** What is to be viewed once is gone after it. Throws `ActRefusedError`. */
  #open(messageKey: string): void {
    const message = this.#inside.shelf.find(messageKey)
    if (message === undefined || message.fromMe) throw new ActRefusedError('no such message')
    if (message.state.opened) throw new ActRefusedError('it was opened before')
    this.#inside.reader.receipt(message.stanza, 'played')
    this.#inside.shelf.change({ ...message, state: { ...message.state, opened: true } })
    this.#inside.shelf.advance(messageKey, 'read')
  }

  /** Posts a status (story) for these people to see. Returns its id. */
  async postStatus(post: string | Post, to: readonly string[]): Promise<string> {
    return this.#inside.stories.post(typeof post === 'string' ? { text: post } : post, to)
  }

  seeStatus(id: string): void {
    this.#inside.stories.see(id)
  }

  /** After how long new messages of a chat disappear; 0 is never. */
  async setTimer(to: string, seconds: number): Promise<void> {
    const chat = chatOf(this.#parts.network, to)
    if ('subject' in chat) return this.groups.act(chat.id, { act: 'timer', seconds })
    await this.#inside.talk.share(to, { disappearingMessagesInChat: seconds })
    this.chats.setTimer(chat.phone, seconds)
  }

  /** Makes it, or changes the label of the same id. */
  async writeLabel(label: Label): Promise<void> {
    await this.#tasks.do(() =>
      this.appState.write(chatModificationToAppPatch({ addLabel: { ...label } }, '')),
    )
  }

  get labels(): readonly Label[] {
    return labelsIn(this.appState)
  }

  get chatLabels(): ReadonlyMap<string, readonly string[]> {
    return labelsByChat(this.appState, this.#parts.network)
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
    await this.#tasks.settled()
  }

  watch(watcher: PhoneWatcher): () => void {
    return watchEvents(this.events, watcher)
  }

  /** As if the keys did not fit: the next message cannot be read and is asked for again. */
  failNextDecryption(): void {
    this.#inside.reader.failNext()
  }

  /** The next message that is shown from now on. Rejects after `timeoutMs`. */
  async nextMessage(
    predicate: (message: PhoneMessage) => boolean = () => true,
    timeoutMs = DEFAULT_WAIT_MS,
  ): Promise<PhoneMessage> {
    return this.#inside.shelf.next(predicate, timeoutMs)
  }

  /** The statuses (stories) that it shows, its own too. */
  get statuses(): readonly PhoneMessage[] {
    return this.#inside.stories.shelf.messages
  }

  /** As `untilMessage`, for a status. */
  async untilStatus(
    predicate: (message: PhoneMessage) => boolean,
    timeoutMs = DEFAULT_WAIT_MS,
  ): Promise<PhoneMessage> {
    return this.#inside.stories.shelf.until(predicate, timeoutMs)
  }

  /** A message that is there already or comes, in the state asked for. Rejects after `timeoutMs`. */
  async untilMessage(
    predicate: (message: PhoneMessage) => boolean,
    timeoutMs = DEFAULT_WAIT_MS,
  ): Promise<PhoneMessage> {
    return this.#inside.shelf.until(predicate, timeoutMs)
  }

  /** What waits for the phone is handed out again when it comes online, also when it lay in the queue here. */
  async #handleOnce(node: BinaryNode): Promise<void> {
    const { device } = this.#parts
    const isKept = node.tag !== 'chatstate' && node.tag !== 'presence'
    if (isKept && !(this.online && device.waiting.includes(node))) return
    await this.#inside.incoming.take(node)
  }

  #take(mutation: Mutation): void {
    const { account, network } = this.#parts
    const pushName = mutation.value?.pushNameSetting?.name
    if (pushName) account.name = pushName
    const [kind, jid] = mutation.index
    const contact = kind === 'contact' ? network.accountOf(jid) : undefined
    if (contact !== undefined && mutation.value === undefined) account.contacts.delete(contact)
    else if (contact !== undefined) account.contacts.add(contact)
    this.chats.apply(mutation)
  }

  /** A companion that came online gets what it needs to work. */
  #welcomeNewcomers(): void {
    if (!this.online) return
    for (const companion of this.#inside.companions.newcomers()) {
      this.#tasks.later(() => this.#inside.companions.setUp(companion))
    }
  }
}
