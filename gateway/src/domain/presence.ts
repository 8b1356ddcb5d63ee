/** Whether somebody is there, and what they are about to do. */

import type { ChatId, PersonId } from './chat.js'
import type { EpochMs } from './time.js'

export type Presence = 'available' | 'unavailable' | 'composing' | 'recording' | 'paused'

export interface ChatPresence {
  readonly chat: ChatId
  /** In a group: whose presence it is. */
  readonly participant?: PersonId | undefined
  readonly presence: Presence
  /** Where that person lets others know. */
  readonly lastSeenAt?: EpochMs | undefined
}
