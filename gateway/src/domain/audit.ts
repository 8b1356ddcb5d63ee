/** What is written down of administrative acts: who, from where, what, on which instance. */

import type { Role } from './role.js'
import type { EpochMs } from './time.js'

/** Who did it: a person, or the kind of token that the call carried, and the address it came from. */
export interface Actor {
  /**
   * `operator`: commands on the data of this gateway. `administrator`, `console-operator`, `viewer`: a person with
   * that role, logged in to the console. `visitor`: at the console and not logged in. `partner`: its token.
   * `caller`: Client-Token and instance token. `key`: an API key. `pairing`: a token for pairing alone. `agent`: a
   * token for MCP.
   */
  readonly role:
    | 'operator'
    | 'administrator'
    | 'console-operator'
    | 'viewer'
    | 'visitor'
    | 'partner'
    | 'caller'
    | 'key'
    | 'pairing'
    | 'agent'
  /** The login of the person, or what the key or the agent's token is called. */
  readonly name?: string | undefined
  readonly address: string
}

/** A person who is logged in to the console. */
export function personActor(
  { name, role }: { readonly name: string; readonly role: Role },
  address: string,
): Actor {
  // `operator` are the commands.
  return { role: role === 'operator' ? 'console-operator' : role, name, address }
}

export type Act =
  | 'account-callers-changed'
  | 'administrator-made'
  | 'administrators-reset'
  | 'alerts-changed'
  | 'alerts-tested'
  | 'api-key-made'
  | 'api-key-revoked'
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
  | 'first-call-read'
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
  | 'invitation-made'
  | 'invitation-withdrawn'
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
  | 'person-joined'
  | 'person-removed'
  | 'person-role-changed'
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
