/** Why an instance is not connected, and what helps. The texts are in `disconnection-texts.ts`. */

import type { CloseReason } from './engine.js'
import type { EpochMs } from './time.js'

export interface Disconnection {
  readonly reason: DisconnectionReason
  readonly since: EpochMs
  /** The code of what failed: `ENOTFOUND`, `403`. Never a text that a server wrote. */
  readonly detail?: string | undefined
  /** When WhatsApp ends it by itself, where WhatsApp said so. */
  readonly until?: EpochMs | undefined
}

export type DisconnectionReason =
  | CloseReason
  /** WhatsApp asked this device for a passkey or a captcha, and then ended the link. */
  | 'integrity-check'
  /** The data comes from a backup, and another program has the same credentials. */
  | 'restored-elsewhere'
  /** The data comes from a backup that is older than the last pairing. */
  | 'backup-outdated'

/**
 * What ends a disconnection:
 *
 * - **wait**: it is tried again by itself.
 * - **pair**: the credentials are gone; a new QR or code is needed.
 * - **reconnect**: the credentials are kept, and a person has to do something first. Pairing again would not help.
 */
export type Remedy = 'wait' | 'pair' | 'reconnect'

const remedies: Readonly<Record<DisconnectionReason, Remedy>> = {
  'restart-required': 'wait',
  'restarted-by-us': 'wait',
  network: 'wait',
  unavailable: 'wait',
  outdated: 'wait',
  'login-failed': 'wait',
  'name-not-found': 'wait',
  unreachable: 'wait',
  'tls-failed': 'wait',
  blocked: 'wait',
  'logged-out': 'pair',
  'integrity-check': 'pair',
  'backup-outdated': 'pair',
  'pairing-timed-out': 'pair',
  'passkey-failed': 'pair',
  'closed-by-us': 'pair',
  replaced: 'reconnect',
  'restored-elsewhere': 'reconnect',
  banned: 'reconnect',
  suspended: 'reconnect',
}

export function remedyOf(reason: DisconnectionReason): Remedy {
  return remedies[reason]
}

/** A row may come from another version: then it is no reason of ours. */
export function isDisconnectionReason(text: string): text is DisconnectionReason {
  return Object.hasOwn(remedies, text)
}

export const disconnectionReasons: readonly DisconnectionReason[] =
  Object.keys(remedies).filter(isDisconnectionReason)

/** What is known of the link between an instance and its phone, besides the credentials. */
export interface LinkMarks {
  /** When the credentials came out of a backup. */
  readonly restoredAt?: EpochMs | undefined
  /** When WhatsApp last asked this device for a passkey or a captcha. */
  readonly challengedAt?: EpochMs | undefined
  /** Whether this process has been logged in with it. */
  readonly wasOpen?: boolean | undefined
}

/** A link that ends later than this after WhatsApp's question ended for another reason. How long WhatsApp waits is not known. */
const challengeCountsMs = 72 * 3_600_000

/** The reason that people are told: what the socket said, and what is known besides. */
export function disconnectionReasonOf(
  closed: CloseReason,
  { restoredAt, challengedAt, wasOpen = false }: LinkMarks,
  now: EpochMs,
): DisconnectionReason {
  const isRestored = restoredAt !== undefined
  if (closed === 'replaced' && isRestored) return 'restored-elsewhere'
  if (closed !== 'logged-out') return closed
  if (challengedAt !== undefined && now - challengedAt < challengeCountsMs) return 'integrity-check'
  return isRestored && !wasOpen ? 'backup-outdated' : closed
}
