/** The tables of what the operator is alerted to, as `schema.ts` has them. */

import type { Generated } from 'kysely'

/** What is wrong and may be told to the operator, or was (`alerts/rules.ts`). */
export interface AlertTable {
  readonly key: string
  /** JSON of `AlertSubject`. */
  readonly subject: string
  readonly state: 'waiting' | 'open' | 'closed'
  readonly since: number
  readonly told_at: number | null
  readonly closed_at: number | null
}

/** One row: what is told, and where. */
export interface AlertSettingsTable {
  readonly id: number
  /** JSON of `AlertSettings`: it holds passwords. Null: nothing is set. */
  readonly settings_sealed: Uint8Array | null
}

/** A notice that is owed to one channel. */
export interface AlertPostTable {
  readonly sequence: Generated<number>
  /** The same in each channel and at each attempt. */
  readonly id: string
  readonly channel: string
  /** JSON of `AlertNotice`; null as soon as it has ended. */
  readonly notice_sealed: Uint8Array | null
  readonly status: 'pending' | 'done' | 'dead'
  readonly attempts: number
  readonly next_attempt_at: number
  readonly last_error: string | null
  readonly created_at: number
  readonly ended_at: number | null
}
