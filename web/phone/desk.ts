/** What every part of the page gets: what is known, what was chosen, and what can be done. */

import type { PhoneApi } from './api.js'
import type { PhoneState } from './phone-state.js'
import type { Route } from './route.js'
import type { Settings } from './settings.js'
import type { Words } from './words.js'

/** What is to be drawn. */
export interface View {
  readonly state: PhoneState
  readonly settings: Settings
  readonly words: Words
  readonly route: Route
  /** Milliseconds since 1970. */
  readonly now: number
  /** The message that was chosen for the developer panel. Without one it shows the newest of the chat. */
  readonly inspected: string | undefined
}

export interface Desk {
  readonly api: PhoneApi
  readonly go: (route: Route) => void
  readonly choose: (change: Partial<Settings>) => void
  readonly inspect: (messageId: string) => void
  readonly togglePanel: (open: boolean) => void
  /** Says something for a moment, also to those who listen. */
  readonly toast: (text: string) => void
  /** Copies, and says that it did. */
  readonly copy: (text: string, done: string) => void
  /** Does something that the simulator may refuse; a refusal is said. */
  readonly attempt: (work: () => Promise<void>) => Promise<boolean>
}

/** A part of the page. It is made once and brought up to date. */
export interface Part {
  readonly element: HTMLElement
  readonly update: (view: View) => void
}
