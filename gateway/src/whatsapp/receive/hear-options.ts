/** What the listeners of a socket need. */

import type { WASocket } from 'baileys'
import type { KeptMessage } from '../../domain/kept-message.js'
import type { Clock } from '../../runtime/clock.js'
import type { AnswerReader } from './answer-reader.js'
import type { IncomingCalls } from './calls.js'
import type { EventQueue } from './event-queue.js'
import type { GroupAdmins } from '../account/group-admins.js'
import type { GroupNames } from '../account/group-names.js'
import type { UntoldMessages } from '../baileys-patches/untold-messages.js'
import type { OrderLines } from './order-lines.js'
import type { Directory } from '../send/resolve.js'
import type { StanzaFacts } from './stanza-facts.js'

export interface HearOptions {
  readonly sock: WASocket
  readonly events: EventQueue
  readonly directory: Directory
  readonly untold: UntoldMessages
  readonly facts: StanzaFacts
  readonly calls: IncomingCalls
  readonly answers: AnswerReader
  readonly orders: OrderLines
  readonly admins: GroupAdmins
  readonly names: GroupNames
  /** Where files lie whose message names no host, if that is not WhatsApp's usual one: that of a simulator. */
  readonly hostHere: (() => Promise<string>) | undefined
  /** Keeps a status of another person. Safe to repeat. */
  readonly keepStatus: (status: KeptMessage) => Promise<void>
  /** Whether the part of the history is stored that this message names; true if it names none. */
  readonly keptHistory: (messageId: string) => Promise<boolean>
  readonly clock: Clock
  readonly closing: AbortSignal
}
