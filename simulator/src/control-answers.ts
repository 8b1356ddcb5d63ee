/**
 * What the control API answers and streams. Types alone: the pages of the virtual
 * phone take theirs from here, so a page and its answer cannot drift apart.
 */

import type { View } from './draw/view.js'
import type { Evidence } from './evidence.js'
import type { FailureKind } from './failures.js'

export type { FailureKind }
import type {
  ChatState,
  Client,
  CopyButton,
  Drawing,
  Drawn,
  Label,
  LinkedDevice,
  LinkingScreenView,
  MessageState,
  PasskeyGateMode,
  ShownStatus,
  Shows,
} from './model.js'
import type { GroupSwitch } from './person-acts.js'

export interface PhoneView {
  readonly phone: string
  readonly lid: string
  readonly name: string
  readonly business: boolean
  readonly online: boolean
  /** How many messages the phone keeps. */
  readonly messages: number
  /** How many of the received ones are unread. */
  readonly unread: number
  readonly linkedDevices: number
  readonly asksForPasskey: PasskeyGateMode
  /** What it shows of a linking that asks for a passkey. */
  readonly linking?: LinkingScreenView
  readonly duplicatesDropped: number
  readonly ratchetReuses: number
}

export interface ImageView {
  readonly mimetype: string
  /** In pixels, as the sender says. */
  readonly width?: number
  readonly height?: number
  /** Where the decrypted image is; left out while the phone does not have it. */
  readonly url?: string
  /** Why the phone does not have it. */
  readonly failure?: string
}

export interface FileView {
  readonly mimetype: string
  /** 0 while the phone does not have it. */
  readonly byteLength: number
  /** Where the decrypted file is; left out while the phone does not have it. */
  readonly url?: string
  /** Why the phone does not have it. */
  readonly failure?: string
}

export interface MessageView {
  readonly id: string
  /** Names it in the calls about one message: its id, with its author where another one used the id before. */
  readonly key: string
  readonly chat: string
  readonly from: string
  readonly fromMe: boolean
  readonly at: number
  readonly text: string
  /** All of it, as parts. */
  readonly view: View
  /** By the names that the view uses. */
  readonly files: Readonly<Record<string, FileView>>
  readonly image?: ImageView
  readonly buttons: readonly CopyButton[]
  readonly state: MessageState
  readonly shows: Shows
  /** What each client draws. */
  readonly drawn: Drawn
  readonly status: ShownStatus
}

/** The people and groups to which a phone can write. */
export interface ContactView {
  /** Digits, or the group's JID. */
  readonly id: string
  readonly name: string
  readonly business: boolean
  /** Numbers (digits); left out for a person. */
  readonly members?: readonly string[]
  /** The name of the community that the group belongs to. */
  readonly community?: string
  /** The group in which a community tells its news. */
  readonly isAnnouncement?: boolean
  /** A channel, which the phone reads and does not write in. */
  readonly isChannel?: boolean
}

/** What was made of a chat. Chats that are as they began are left out. */
export interface ChatView extends Partial<ChatState> {
  readonly id: string
  /** Ids. */
  readonly labels: readonly string[]
  readonly blocked?: boolean
}

export interface GroupView {
  readonly id: string
  readonly subject: string
  readonly description?: string
  readonly members: readonly { readonly phone: string; readonly isAdmin: boolean }[]
  /** False while the phone waits to be let in. */
  readonly isMember: boolean
  readonly isAdmin: boolean
  /** Who waits to be let in, for its admins. */
  readonly requesters: readonly string[]
  readonly switches: Readonly<Record<GroupSwitch, boolean>>
  /** For its admins. */
  readonly inviteCode?: string
}

export interface ChannelView {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly role: 'owner' | 'admin' | 'follower' | 'guest'
  readonly followers: number
  /** Numbers (digits), without the owner. */
  readonly admins: readonly string[]
  readonly muted: boolean
  /** Whether the phone was asked to be an admin. */
  readonly invited: boolean
}

export interface PhoneChange {
  readonly phone?: PhoneView
  readonly linkedDevices?: readonly LinkedDevice[]
  readonly contacts?: readonly ContactView[]
  readonly chats?: readonly ChatView[]
  readonly labels?: readonly Label[]
  readonly groups?: readonly GroupView[]
  readonly channels?: readonly ChannelView[]
  /** All of them. */
  readonly statuses?: readonly MessageView[]
  /** New ones, and those that are not as they were. */
  readonly messages?: readonly MessageView[]
  /** Keys of messages that are not there any more. */
  readonly removed?: readonly string[]
}

/** Of one phone's number: see `failures.ts`. */
export interface FailuresView {
  readonly playing: readonly FailureKind[]
}

export interface StanzaView {
  readonly tag: string
  readonly attrs: Readonly<Record<string, string>>
  readonly children?: readonly StanzaView[]
  readonly text?: string
}

export interface MessageInside {
  readonly content: unknown
  readonly stanza: StanzaView
  readonly hindrances: readonly {
    readonly draws: Readonly<Partial<Record<Client, Drawing>>>
    readonly why: string
    readonly evidence: Evidence
  }[]
}
