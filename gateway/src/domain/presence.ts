/** Whether a person is online, and what they are doing. */

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
