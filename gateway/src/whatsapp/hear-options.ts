/** What the listeners of a socket need. */

import type { WASocket } from 'baileys'
import type { Clock } from '../runtime/clock.js'
import type { AnswerDesk } from './answer-desk.js'
import type { CallDesk } from './calls.js'
import type { EventLine } from './event-line.js'
import type { GroupAdmins } from './group-admins.js'
import type { GroupNames } from './group-names.js'
import type { UntoldMessages } from './untold-messages.js'
import type { OrderDesk } from './order-lines.js'
import type { Directory } from './resolve.js'
import type { StanzaFacts } from './stanza-facts.js'

export interface HearOptions {
  readonly sock: WASocket
  readonly events: EventLine
  readonly directory: Directory
  readonly untold: UntoldMessages
  readonly facts: StanzaFacts
  readonly calls: CallDesk
  readonly answers: AnswerDesk
  readonly orders: OrderDesk
  readonly admins: GroupAdmins
  readonly names: GroupNames
  readonly clock: Clock
  readonly closing: AbortSignal
}
