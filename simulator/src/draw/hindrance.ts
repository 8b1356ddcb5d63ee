/** A reason why some clients do not show all of a message. */

import type { Evidence } from '../evidence.js'
import type { Client, Drawing } from '../model.js'

export interface Hindrance {
  /** What the clients that are hindered show instead. The others are left out. */
  readonly draws: Readonly<Partial<Record<Client, Exclude<Drawing, 'whole'>>>>
  readonly why: string
  readonly evidence: Evidence
}
