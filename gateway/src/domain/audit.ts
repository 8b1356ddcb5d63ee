/** What is written down of administrative acts: who, from where, what, on which instance. */

import type { InstanceId } from './instance.js'
import type { EpochMs } from './time.js'

/** Whose token the call carried, and the address it came from. */
export interface Actor {
  /**
   * `operator`: commands on the data of this gateway. `administrator`: somebody in the console. `partner`: its token.
   * `caller`: Client-Token and instance token.
   */
  readonly role: 'operator' | 'administrator' | 'partner' | 'caller'
  readonly address: string
}

export type Act =
  | 'account-callers-changed'
  | 'administrators-reset'
  | 'backup-taken'
  | 'callbacks-changed'
  | 'callbacks-replayed'
  | 'client-token-rotated'
  | 'instance-callers-changed'
  | 'instance-cancelled'
  | 'instance-created'
  | 'instance-deleted'
  | 'instance-disconnected'
  | 'instance-renamed'
  | 'instance-resumed'
  | 'instance-token-rotated'
  | 'instances-listed'
  | 'partner-token-rotated'
  | 'proxy-changed'
  | 'settings-changed'
  | 'webhook-secret-read'
  | 'webhook-secret-rotated'

export interface AuditEntry {
  readonly act: Act
  readonly by: Actor
  readonly instanceId?: InstanceId | undefined
  /** A few words. Never a token, a code, a phone number or a URL that may hold one. */
  readonly detail?: string | undefined
}

export interface AuditRecord {
  /** Counts up; what to ask for the next page with. */
  readonly sequence: number
  readonly at: EpochMs
  readonly act: string
  readonly by: Actor
  readonly instanceId?: string | undefined
  readonly detail?: string | undefined
}
