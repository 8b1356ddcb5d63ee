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
  | { readonly act: 'clear' }
  | { readonly act: 'delete' }
