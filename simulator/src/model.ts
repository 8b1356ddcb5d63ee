/**
 * The words that the simulator's parts share: what a phone keeps of a message,
 * and the small ports between the network, the judge, the faults and the media
 * host. Types only, so that each part can be built and tested without the others.
 */

import type { BinaryNode, proto } from 'baileys'
import type { Storefront } from './storefront.js'
import type { FileSource, InlineFile } from './draw/file.js'
import type { View } from './draw/view.js'
import type { EventAnswer } from './draw/view.js'
import type {
  ChannelAct,
  ChatAct,
  GroupAct,
  MessageAct,
  NewGroupAnswer,
  Post,
} from './person-acts.js'
import type { Assertion, Passkey } from './passkey/passkey.js'
import type { Past } from './past.js'

/** Milliseconds since 1970. */
export type EpochMs = number

/**
 * Whether the message is as each client wants it to show its button, by the rules of `screen.ts`. What real
 * clients were seen to do: docs/button-status.md. `why` explains every `false`. Without buttons all is true.
 */
export interface Shows {
  readonly android: boolean
  readonly ios: boolean
  readonly web: boolean
  readonly why?: string | undefined
}

export type Client = 'android' | 'ios' | 'web'

/**
 * How a client draws a message: with everything, without its buttons, as "couldn't
 * load, open it on your phone", or not at all.
 */
export type Drawing = 'whole' | 'without-button' | 'placeholder' | 'nothing'
export type Drawn = Readonly<Record<Client, Drawing>>

export interface CopyButton {
  readonly kind: 'copy'
  /** The label on the button. */
  readonly text: string
  /** What lands in the clipboard. */
  readonly code: string
}

/** What a person sees of a message. `screen.ts` computes it from the decrypted content and the stanza around it. */
export interface ScreenView {
  readonly text: string
  readonly buttons: readonly CopyButton[]
  readonly view: View
  /** The files to be fetched, by the names that the view uses. */
  readonly files: ReadonlyMap<string, FileSource | InlineFile>
  readonly shows: Shows
}

export interface ScreenInput {
  readonly message: proto.IMessage
  /** The stanza as the receiving device got it (so its `<biz>` can be judged). */
  readonly stanza: BinaryNode
  /** Digits of the person behind a JID; the digits before the `@` when left out. */
  readonly numberOf?: ((jid: string | null | undefined) => string) | undefined
}

/** A file of a message, decrypted. */
export interface ShownFile {
  readonly mimetype: string
  readonly fetched: boolean
  /** Size of the decrypted file; 0 while not fetched. */
  readonly byteLength: number
  /** Lower-case hex of the decrypted file. */
  readonly sha256?: string | undefined
  readonly bytes?: Uint8Array | undefined
  /** Why it could not be fetched. */
  readonly failure?: string | undefined
}

/** Outgoing: sent → delivered → read. Incoming: delivered → read (once the person reads it). */
export type ShownStatus = 'sent' | 'delivered' | 'read'

/** What became of a message after it was sent. People are digits. */
export interface MessageState {
  /** One a person. */
  readonly reactions: readonly { readonly from: string; readonly text: string }[]
  /** In a poll: what each voter chose. */
  readonly votes: readonly { readonly from: string; readonly options: readonly string[] }[]
  /** To an event. */
  readonly answers: readonly { readonly from: string; readonly answer: EventAnswer }[]
  readonly edited?: true
  /** Who took it back. Its words are not shown any more. */
  readonly deletedBy?: string
  readonly pinnedUntil?: EpochMs
  /** It was to be viewed once, and was. */
  readonly opened?: true
}

/** In a phone's address book. */
export interface SavedContact {
  /** Digits. */
  readonly phone: string
  readonly name: string
}

/** Of a business. `color` is one of WhatsApp's twenty, from 0. */
export interface Label {
  readonly id: string
  readonly name: string
  readonly color: number
}

/** What was made of a chat. */
export interface ChatState {
  readonly archived: boolean
  readonly pinnedAt?: EpochMs | undefined
  readonly mutedUntil?: EpochMs | 'always' | undefined
  /** Marked by hand, whether or not all messages are read. */
  readonly markedUnread: boolean
  /** After how long new messages disappear. Unset: never. */
  readonly timerSeconds?: number | undefined
}

/** A message as a phone keeps it. */
export interface PhoneMessage {
  readonly id: string
  /** Names it among the messages of its phone: its id, with its author where another one used the id before. */
  readonly key: string
  /** The other person's number (digits), or the group's JID. */
  readonly chat: string
  /** The author's number (digits). */
  readonly from: string
  readonly fromMe: boolean
  readonly at: EpochMs
  readonly text: string
  /** All of it as plain data. `text`, `image` and `buttons` are parts of it. */
  readonly view: View
  /** By the names that the view uses. */
  readonly files: ReadonlyMap<string, ShownFile>
  /** The file of the first picture. */
  readonly image?: ShownFile | undefined
  /** The buttons that copy a code. */
  readonly buttons: readonly CopyButton[]
  readonly state: MessageState
  readonly shows: Shows
  readonly status: ShownStatus
  readonly stanza: BinaryNode
  readonly content: proto.IMessage
}

/** A client's live socket, as fault actions handle it. */
export interface ClientConnection {
  /** Digits; undefined before pairing. */
  readonly phone: string | undefined
  readonly device: number | undefined
  /** Cuts the TCP connection without a word. */
  drop(): void
  /** Reads nothing and writes nothing, with the socket open. What arrives meanwhile is handled after `thaw`. */
  freeze(): void
  thaw(): void
  /** Writes this stanza, whatever it is, as if the server had it to say. Nothing waits for an answer. */
  send(node: BinaryNode): void
  /** `'replaced'` is the conflict that Baileys reports as 440; then the connection is closed. */
  sendStreamError(code: number | 'replaced'): void
}

/** Stores encrypted files and serves them over TLS. */
export interface MediaHost {
  /** `127.0.0.1:port` */
  readonly host: string
  /** PEM of the authority that signed the host's certificate. */
  readonly caCertificate: string
  /** Downloads and decrypts. Throws when the file is missing or its hash is wrong. */
  fetchFile(file: FileSource): Promise<Uint8Array>
  /** Keeps a file that a phone encrypted, as if it had come in a POST. */
  storeFile(kind: string, encrypted: Buffer): { readonly url: string; readonly directPath: string }
  [Symbol.asyncDispose](): Promise<void>
}

/** Whether WhatsApp asks for the passkey of an account that links a device; `by-iq` leaves the options to be asked for. */
export type PasskeyGateMode = 'off' | 'on' | 'by-iq'

/** What the phone shows of a linking that asks for a passkey. `platform` is how the companion named itself. */
export type LinkingScreenView =
  | { readonly step: 'continue'; readonly platform: string }
  | { readonly step: 'confirm'; readonly platform: string }
  /** Both screens must show this code. */
  | { readonly step: 'compare'; readonly code: string }
  | { readonly step: 'finishing' }
  | { readonly step: 'failed'; readonly why: string }

export interface LinkedDevice {
  /** The device's number on its account, from 1. */
  readonly device: number
  /** As the companion named itself. */
  readonly platform: string
  readonly linkedAt: EpochMs
  readonly connected: boolean
}

/** A person types in a chat (`composing`, `recording`) or stopped (`paused`). */
export interface Typing {
  /** The other person's number (digits), or the group's JID. */
  readonly chat: string
  /** Digits. */
  readonly from: string
  readonly state: string
}

/** A viewer of a phone's screen. Called synchronously, so it must not throw. */
export interface PhoneWatcher {
  /** A message is new, or the phone itself or a message is not as it was. */
  readonly changed: () => void
  readonly typing: (typing: Typing) => void
}

export interface PhoneFace {
  /** Digits, as registered at WhatsApp. */
  readonly phone: string
  readonly lid: string
  readonly name: string
  readonly business: boolean
  readonly online: boolean
  readonly messages: readonly PhoneMessage[]
  /** Chats that are not as they began, by number (digits) or the group's JID. */
  readonly contacts: readonly SavedContact[]
  /** Numbers (digits). */
  readonly blocked: readonly string[]
  readonly chats: { readonly all: ReadonlyMap<string, ChatState> }
  readonly labels: readonly Label[]
  /** The ids of the labels of each chat. */
  readonly chatLabels: ReadonlyMap<string, readonly string[]>
  /** Statuses (stories), its own too. */
  readonly statuses: readonly PhoneMessage[]
  readonly groups: {
    create(subject: string, people: readonly string[]): NewGroupAnswer
    act(groupId: string, act: GroupAct): void
    join(code: string): 'joined' | 'asked'
  }
  readonly channels: {
    create(name: string, description?: string): string
    act(id: string, act: ChannelAct): void
  }
  /** Messages that arrived again under an id that this phone had already. */
  readonly duplicatesDropped: number
  /** Ratchet counters that a sender used twice. */
  readonly ratchetReuses: readonly RatchetReuse[]
  /** What companions that are linked from then on are told. */
  past: Past
  asksForPasskey: PasskeyGateMode
  readonly passkey: Passkey
  /** What a browser on web.whatsapp.com would say with the passkey of this account. */
  signWithPasskey(challenge: string): Assertion
  /** Undefined while no linking asks for a passkey. */
  readonly linkingScreen: LinkingScreenView | undefined
  /** Taps "Confirm". Throws `PairingRefusedError` when the phone asks for nothing. */
  confirmLinking(): void
  /** Taps "Cancel". Throws `PairingRefusedError` when the phone links nothing. */
  cancelLinking(): void
  /**
   * Resolves when the companion is linked, which with a passkey takes what people do.
   * Throws `PairingRefusedError` when the QR is unknown or stale, or the linking ends without success.
   */
  scan(qr: string): Promise<LinkedDevice>
  /** Throws `PairingRefusedError` when no device waits for this code, or the linking ends without success. */
  enter(code: string): Promise<LinkedDevice>
  /** `to` is a number or a group's JID. */
  send(to: string, text: string): Promise<PhoneMessage>
  /** Sends it and shows it. `replyTo` is the key of a message that the phone shows. Throws `ActRefusedError`. */
  post(to: string, post: Post, replyTo?: string): Promise<PhoneMessage>
  /** Throws `ActRefusedError` when the message does not allow it, or there is no such message. */
  act(messageKey: string, act: MessageAct): Promise<void>
  /** Sends the read receipt. Throws when there is no such incoming message. */
  read(messageKey: string): Promise<void>
  /** Its companions are told. Throws when the number is not registered or the group does not exist. */
  changeChat(chat: string, act: ChatAct): Promise<void>
  /** After how long new messages of a chat disappear; 0 is never. Throws as `changeChat`. */
  setTimer(chat: string, seconds: number): Promise<void>
  writeLabel(label: Label): Promise<void>
  /** For these numbers to see. Returns its id. */
  postStatus(post: Post, to: readonly string[]): Promise<string>
  /** Its author is told. Throws `ActRefusedError`. */
  seeStatus(id: string): void
  /** Throws when the number is not registered. */
  block(number: string, on: boolean): Promise<void>
  linkedDevices(): readonly LinkedDevice[]
  unlink(device: number): Promise<void>
  goOffline(): void
  /** Resolves when what waited for the phone has been handled. */
  comeOnline(): Promise<void>
  /** Tells the watcher from now on, until the function that it returns is called. */
  watch(watcher: PhoneWatcher): () => void
}

export interface RatchetReuse {
  /** The sending device's JID. */
  readonly from: string
  readonly counter: number
  readonly messageId: string
}

export interface GroupFace {
  /** `…@g.us` */
  readonly id: string
  readonly subject: string
  readonly description: { readonly text: string } | undefined
  /** Numbers (digits). */
  readonly members: readonly string[]
  readonly admins: readonly string[]
  /** Who asked to join. */
  readonly requesters: readonly string[]
  readonly inviteCode: string
  /** Those that are on. */
  readonly settings: ReadonlySet<string>
  readonly membersMayAdd: boolean
  readonly timerSeconds: number
  /** The parent of groups. It takes no messages itself. */
  readonly isCommunity: boolean
  /** The community that the group belongs to. */
  readonly community?: GroupFace | undefined
  /** Of a community: its group for news. */
  readonly announcements?: GroupFace | undefined
}

/** By number (digits). */
interface Person {
  readonly phone: string
}

export interface NewsletterFace {
  /** `…@newsletter` */
  readonly id: string
  readonly name: string
  readonly description: string
  readonly owner: Person
  readonly admins: Iterable<Person>
  readonly followers: Iterable<Person>
  readonly muted: Iterable<Person>
  /** Who was asked to be an admin. */
  readonly invited: { keys(): Iterable<Person> }
}

/** What `control-api.ts` needs of the simulator. */
export interface World {
  readonly phones: readonly PhoneFace[]
  phone(number: string): PhoneFace | undefined
  /** What a person shows as a business. */
  businessSideOf(
    number: string,
  ): { readonly business: boolean; readonly storefront: Storefront } | undefined
  /** Throws when the number is taken. */
  addPhone(phone: {
    phone: string
    name?: string | undefined
    business?: boolean | undefined
    asksForPasskey?: PasskeyGateMode | undefined
  }): Promise<PhoneFace>
  readonly groups: readonly GroupFace[]
  readonly newsletters: readonly NewsletterFace[]
  addGroup(group: { subject: string; members: readonly string[] }): GroupFace
  readonly connections: readonly ClientConnection[]
}

/** What a person wants to do with a message does not fit it. */
export class ActRefusedError extends Error {
  override readonly name = 'ActRefusedError'
  readonly code = 'act-refused'
}

/** The QR or code was not accepted: unknown, stale, or not matching the connection that showed it. */
export class PairingRefusedError extends Error {
  override readonly name = 'PairingRefusedError'
  readonly code = 'pairing-refused'
}
