/** What every component of one phone's page can use: what is to be drawn, and what can be done. */

import { createContext, use } from 'react'
import type { PhoneApi } from './api.js'
import type { PhoneState } from './phone-state.js'
import type { Route } from './route.js'
import type { Settings } from './settings.js'

export interface View {
  readonly state: PhoneState
  readonly settings: Settings
  readonly route: Route
  /** Milliseconds since 1970. */
  readonly now: number
  /** The message that was chosen for the developer panel. Without one it shows the newest of the chat. */
  readonly inspected: string | undefined
}

export interface Actions {
  readonly api: PhoneApi
  readonly go: (route: Route) => void
  readonly choose: (change: Partial<Settings>) => void
  readonly inspect: (messageKey: string) => void
  readonly openPanel: (open: boolean) => void
  /** Says something for a moment, also to screen readers. */
  readonly say: (text: string) => void
  /** Copies, and says that it did. */
  readonly copy: (text: string, done: string) => void
  /** Does something that the simulator may refuse; a refusal is said. Gives whether it was done. */
  readonly attempt: (work: () => Promise<void>) => Promise<boolean>
}

const ViewContext = createContext<View | undefined>(undefined)
const ActionsContext = createContext<Actions | undefined>(undefined)

export const ViewProvider = ViewContext
export const ActionsProvider = ActionsContext

/** Changes with every event: what is drawn a thousand times takes props instead. */
export function useView(): View {
  return provided(use(ViewContext))
}

/** Stays the same while one screen is open. */
export function useActions(): Actions {
  return provided(use(ActionsContext))
}

function provided<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('A component stands outside of the page of a phone')
  return value
}
