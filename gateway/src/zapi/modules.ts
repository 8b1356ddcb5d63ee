/** The modules that the dialect's calls work with. Calls use them directly. */

import type { Instances } from '../instances/instances.js'
import type { WaitingMessages } from '../outbox/waiting-messages.js'
import type { UrlRule } from '../runtime/check-url.js'
import type { DeadLetters } from '../webhooks/dead-letters.js'
import type { Webhooks } from '../webhooks/webhooks.js'

export interface Modules {
  readonly instances: Instances
  readonly waiting: WaitingMessages
  readonly webhooks: Webhooks
  readonly deadLetters: DeadLetters
  /** Which URLs callbacks may be sent to. */
  readonly callbackRule: UrlRule
}
