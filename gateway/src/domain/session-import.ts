/** A session that another gateway linked and that moves here: what is handed over, and what was found in it. */

import type { Disconnection } from './disconnection.js'

/** A file as the other gateway wrote it. */
export interface ImportFile {
  /** Without its folder. */
  readonly name: string
  /** Undefined for a file that is only counted. */
  readonly bytes: Uint8Array | undefined
}

export interface ImportWish {
  /** Keeps the Signal sessions. Only right where the other gateway has sent nothing since these files were read. */
  readonly keepSessions?: boolean | undefined
  /** Which device to take where there are several: its number, or its JID. */
  readonly device?: string | undefined
}

export type ImportSource = 'baileys' | 'evolution' | 'whatsmeow'

/** What is taken over. */
export type ImportedKind =
  | 'pre-keys'
  | 'sessions'
  | 'sender-keys'
  | 'app-state-keys'
  | 'lid-mappings'
  | 'privacy-tokens'
  | 'identity-keys'

/** What stays behind. */
export type DroppedKind =
  | 'sessions'
  | 'sender-keys'
  | 'sender-key-memories'
  | 'device-lists'
  | 'app-state-versions'
  | 'identity-keys'
  | 'unknown-keys'
  | 'unreadable-keys'
  | 'other-files'

/** Why it stays behind. */
export type DropReason =
  /** It may be older than what was sent with it since; then messages would be lost without a word. */
  | 'may-be-old'
  /** It is in an encoding that only the other gateway reads. */
  | 'other-encoding'
  /** WhatsApp gives it again. */
  | 'fetched-again'
  /** It is nothing of a session, or of a version that is not known. */
  | 'not-known'
  /** It is not what its name says. */
  | 'unreadable'

export interface ImportFindings {
  readonly source: ImportSource
  readonly phone: string
  /** The number of the linked device. */
  readonly device: number
  readonly lid?: string | undefined
  readonly name?: string | undefined
  /** The app on the phone, such as `android` or `smbi`. */
  readonly platform?: string | undefined
  readonly taken: Readonly<Record<ImportedKind, number>>
  readonly dropped: readonly {
    readonly kind: DroppedKind
    readonly count: number
    readonly reason: DropReason
  }[]
}

/** A device in a store that holds several. */
export interface ImportDevice {
  /** To be given as `device`. */
  readonly jid: string
  readonly name?: string | undefined
  readonly platform?: string | undefined
}

/** What became of an import. */
export interface ImportOutcome {
  readonly findings: ImportFindings
  /** Otherwise it is stored, and the gateway keeps trying unless `disconnection` needs a person. */
  readonly connected: boolean
  readonly disconnection?: Disconnection | undefined
}

/** The tables of a foreign SQLite database. */
export interface ForeignTables {
  /**
   * Every row with these columns; a column that the table does not have is missing in it. None where there is no such
   * table, or no plain one.
   */
  rowsOf(table: string, columns: readonly string[]): readonly Readonly<Record<string, unknown>>[]
}
