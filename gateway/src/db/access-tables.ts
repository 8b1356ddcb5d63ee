/** The tables of people at the console, and of what opens the API. */

import type { ColumnType } from 'kysely'
import type { InstanceId } from '../domain/instance.js'
import type { Role } from '../domain/role.js'

/** Who may use the console. */
export interface AdministratorTable {
  readonly id: string
  /** Lower case. */
  readonly name: string
  /** Argon2id, with its salt and cost. */
  readonly password_hash: string
  /** The secret of the one-time codes, where they are asked for. */
  readonly totp_sealed: Uint8Array | null
  /** The 30 seconds that the last code belonged to: neither it nor an earlier one counts again. */
  readonly totp_last_step: number | null
  readonly created_at: number
  /** Null for those from before there were roles: `administrator`. */
  readonly role: Role | null
}

/** A link that makes one person. Deleted when it was used. */
export interface InvitationTable {
  readonly id: string
  readonly token_hash: string
  readonly role: Role
  /** For whom it is, in the words of the inviter. */
  readonly note: string
  /** Null for a command. Its invitations end with this person's rights. */
  readonly invited_by: string | null
  readonly created_at: number
  readonly expires_at: number
}

/** For who lost the app; each counts once, and is deleted then. */
export interface RecoveryCodeTable {
  readonly administrator_id: string
  readonly code_hash: string
}

/** A browser that is logged in to the console. */
export interface LoginSessionTable {
  /** Names it to people, and opens nothing. */
  readonly id: string
  readonly administrator_id: string
  readonly token_hash: string
  readonly address: string
  readonly browser: string
  readonly created_at: number
  readonly last_seen_at: number
}

/** How often logins failed, by account and address (`administrators/login-throttle.ts`). */
export interface LoginFailureTable {
  /** Keyed: what was typed as a name may be a password. */
  readonly key_hash: string
  readonly count: number
  readonly last_at: number
}

/** One row, as long as there is no administrator: what makes the first one. */
export interface SetupCodeTable {
  readonly id: number
  readonly code_sealed: Uint8Array
}

/** The tokens of the whole gateway, where they were made here and not configured. */
export interface AccessTokenTable {
  readonly kind: 'client' | 'partner'
  readonly hash: string
  readonly created_at: number
  /** What was replaced, and until when it still counts. */
  readonly previous_hash: string | null
  readonly previous_until: number | null
}

/** What opens instances in the place of their token. */
export interface ApiKeyTable {
  readonly id: string
  readonly name: string
  readonly token_hash: string
  /** JSON of scopes. */
  readonly scopes: string
  /** JSON of ids; null for every instance. */
  readonly instances: string | null
  readonly created_at: number
  /** Null: never. */
  readonly expires_at: number | null
  readonly last_used_at: number | null
}

/** What lets an AI agent use one instance. */
export interface McpTokenTable {
  readonly id: string
  readonly instance_id: ColumnType<InstanceId, string>
  readonly name: string
  readonly scope: 'read' | 'send'
  readonly token_hash: string
  readonly created_at: number
  readonly last_used_at: ColumnType<number | null, number | null | undefined, number | null>
}
