/** What the readers of the several formats give: a session in Baileys' words, nothing of it checked. */

import type { DroppedKind, DropReason, ImportSource } from '../../domain/session-import.js'

export interface Donor {
  readonly source: ImportSource
  /** Baileys' `AuthenticationCreds`, or a part of them. */
  readonly creds: Readonly<Record<string, unknown>>
  readonly keys: readonly DonorKey[]
  readonly dropped: readonly Dropped[]
}

export interface DonorKey {
  readonly type: string
  readonly id: string
  /** As `BufferJSON` revives it. Undefined for a key that is only counted. */
  readonly value: unknown
}

export interface Dropped {
  readonly kind: DroppedKind
  readonly count: number
  readonly reason: DropReason
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The bytes of a value that Baileys' `BufferJSON` revived; undefined for anything else. */
export function bytesOf(value: unknown): Buffer | undefined {
  if (value instanceof Uint8Array) return Buffer.from(value)
  // `JSON.stringify` of a Buffer without Baileys' replacer.
  if (isRecord(value) && value['type'] === 'Buffer' && Array.isArray(value['data']))
    return Buffer.from(value['data'].map(Number))
  return undefined
}

/** Lets other work go on while many keys are read. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
