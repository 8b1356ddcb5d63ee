/** What a person sends from a phone, and does with a message on it. */

import type { EventAnswer } from './draw/view.js'

/** A file that a person attaches. */
export interface FilePost {
  readonly data: Buffer
  readonly mimetype?: string | undefined
  readonly fileName?: string | undefined
  readonly caption?: string | undefined
  readonly viewOnce?: boolean | undefined
  readonly seconds?: number | undefined
  /** 64 heights from 0 to 100. */
  readonly waveform?: readonly number[] | undefined
  /** In pixels. */
  readonly width?: number | undefined
  readonly height?: number | undefined
  readonly isAnimated?: boolean | undefined
}

/** What a person sends: one of these. */
export interface Post {
  readonly text?: string | undefined
  readonly image?: FilePost | undefined
  readonly video?: FilePost | undefined
  readonly gif?: FilePost | undefined
  readonly roundVideo?: FilePost | undefined
  readonly voice?: FilePost | undefined
  readonly audio?: FilePost | undefined
  readonly document?: FilePost | undefined
  readonly sticker?: FilePost | undefined
  readonly location?:
    | {
        readonly latitude: number
        readonly longitude: number
        readonly name?: string | undefined
        readonly address?: string | undefined
      }
    | undefined
  /** Digits. */
  readonly contacts?: readonly { readonly name: string; readonly phone: string }[] | undefined
  readonly poll?:
    | {
        readonly question: string
        readonly options: readonly string[]
        /** How many a voter may choose; any number when left out. */
        readonly selectable?: number | undefined
      }
    | undefined
  readonly event?:
    | {
        readonly name: string
        /** Milliseconds since 1970. */
        readonly startsAt: number
        readonly description?: string | undefined
        readonly place?: string | undefined
      }
    | undefined
}

/** What a person does with a message. */
export type MessageAct =
  /** An empty text takes the reaction back. */
  | { readonly act: 'reaction'; readonly text: string }
  | { readonly act: 'edit'; readonly text: string }
  | { readonly act: 'delete' }
  /** To a number or a group's JID. */
  | { readonly act: 'forward'; readonly to: string }
  /** No options take the vote back. */
  | { readonly act: 'vote'; readonly options: readonly string[] }
  /** To an event. */
  | { readonly act: 'answer'; readonly answer: EventAnswer }
  /** On a button or on a row, by its id. */
  | { readonly act: 'tap'; readonly id: string }
  /** For so long; 0 unpins. */
  | { readonly act: 'pin'; readonly seconds: number }
  /** Plays a voice note, or looks at what is to be viewed once. */
  | { readonly act: 'open' }

/** What a person does with a whole chat. */
export type ChatAct =
  | { readonly act: 'archive'; readonly on: boolean }
  | { readonly act: 'pin'; readonly on: boolean }
  /** Until then (ms since 1970), for ever, or no longer. */
  | { readonly act: 'mute'; readonly until: number | 'always' | 'never' }
  | { readonly act: 'read'; readonly on: boolean }
  /** By the id of the label. */
  | { readonly act: 'label'; readonly label: string; readonly on: boolean }
  | { readonly act: 'clear' }
  | { readonly act: 'delete' }

export type GroupSwitch = 'announcement' | 'locked' | 'approval' | 'members-add'

/** What a person does with a group. People are numbers (digits). */
export type GroupAct =
  | {
      readonly act: 'add' | 'remove' | 'promote' | 'demote' | 'approve' | 'reject'
      readonly people: readonly string[]
    }
  | { readonly act: 'rename'; readonly subject: string }
  /** An empty text takes the description away. */
  | { readonly act: 'describe'; readonly text: string }
  | { readonly act: 'switch'; readonly setting: GroupSwitch; readonly on: boolean }
  /** 0 is never. */
  | { readonly act: 'timer'; readonly seconds: number }
  | { readonly act: 'link-mode'; readonly mode: 'ADMIN_LINK' | 'ALL_MEMBER_LINK' }
  | { readonly act: 'renew-link' }
  | { readonly act: 'picture'; readonly jpeg: Uint8Array }
  | { readonly act: 'leave' }
  /** The person does not want to join any more. */
  | { readonly act: 'revoke-request' }

export interface NewGroupAnswer {
  /** `…@g.us` */
  readonly id: string
  /** Numbers (digits) of those who do not let others add them. */
  readonly notAdded: readonly string[]
}

/** What a person does with a channel. `person` is a number (digits). */
export type ChannelAct =
  | { readonly act: 'follow' | 'unfollow' | 'accept-invitation' | 'delete' }
  | { readonly act: 'mute'; readonly on: boolean }
  | { readonly act: 'rename'; readonly name: string }
  | { readonly act: 'invite-admin' | 'remove-admin'; readonly person: string }
