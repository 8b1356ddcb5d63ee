/** What is written down of administrative acts: who, from where, what, on which instance. */

import type { EpochMs } from './time.js'

/** Who did it: a person, or the kind of token that the call carried, and the address it came from. */
export interface Actor {
  /**
   * `operator`: commands on the data of this gateway. `administrator`: logged in to the console. `visitor`: at
   * the console and not logged in. `partner`: its token. `caller`: Client-Token and instance token. `pairing`: a
   * token for pairing alone. `agent`: a token for MCP.
   */
  readonly role:
    | 'operator'
    | 'administrator'
    | 'visitor'
    | 'partner'
    | 'caller'
    | 'pairing'
    | 'agent'
  /** The administrator's login, or what the agent's token is called. */
  readonly name?: string | undefined
  readonly address: string
}

export type Act =
  | 'account-callers-changed'
  | 'administrator-made'
  | 'administrators-reset'
  | 'alerts-changed'
  | 'alerts-tested'
  | 'backup-taken'
  | 'callback-tested'
  | 'callbacks-changed'
  | 'callbacks-enabled'
  | 'callbacks-replayed'
  | 'callbacks-tried'
  | 'chat-changed'
  | 'client-token-rotated'
  | 'codes-read'
  | 'contacts-changed'
  | 'data-restored'
  | 'extension-token-made'
  | 'group-changed'
  | 'newsletter-changed'
  | 'instance-callers-changed'
  | 'instance-cancelled'
  | 'instance-created'
  | 'instance-deleted'
  | 'instance-disconnected'
  | 'instance-reconnected'
  | 'instance-renamed'
  | 'instance-restarted'
  | 'instance-resumed'
  | 'instance-token-rotated'
  | 'instances-listed'
  | 'logged-in'
  | 'logged-out'
  | 'login-refused'
  | 'logins-ended'
  | 'mcp-token-made'
  | 'mcp-token-revoked'
  | 'message-submitted'
  | 'messages-cancelled'
  | 'messages-exported'
  | 'pairing-code-made'
  | 'partner-token-rotated'
  | 'passkey-answered'
  | 'passkey-code-compared'
  | 'passkey-link-made'
  | 'passkey-reset'
  | 'password-changed'
  | 'pool-changed'
  | 'pool-created'
  | 'privacy-changed'
  | 'profile-changed'
  | 'proxy-changed'
  | 'receiver-paused'
  | 'receiver-resumed'
  | 'second-factor-off'
  | 'second-factor-on'
  | 'session-imported'
  | 'settings-changed'
  | 'webhook-secret-read'
  | 'webhook-secret-rotated'

export interface AuditEntry {
  readonly act: Act
  readonly by: Actor
  readonly instanceId?: string | undefined
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
