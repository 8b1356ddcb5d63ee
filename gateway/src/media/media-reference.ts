/** A reference to a file as bytes, for the vault, and back. Without its id: that one is stored nowhere. */

/* oxlint-disable typescript/no-unsafe-type-assertion -- what comes back was written here and sealed */

import type { MediaId, MediaReference } from '../domain/incoming-content.js'

type Written = Omit<MediaReference, 'id' | 'key' | 'sha256'> & {
  /** Base64, both. */
  readonly key?: string | undefined
  readonly sha256?: string | undefined
}

export function writeReference(reference: MediaReference): Uint8Array {
  const { kind, mimeType, fileName, path, host, byteLength, origin } = reference
  const plain = { kind, mimeType, fileName, path, host, byteLength, origin }
  const [key, sha256] = [base64Of(reference.key), base64Of(reference.sha256)]
  const written: Written = { ...plain, key, sha256 }
  return Buffer.from(JSON.stringify(written))
}

export function readReference(id: string, bytes: Uint8Array): MediaReference {
  const { key, sha256, ...rest } = JSON.parse(Buffer.from(bytes).toString()) as Written
  return { ...rest, id: id as MediaId, key: bytesOf(key), sha256: bytesOf(sha256) }
}

function base64Of(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Buffer.from(bytes).toString('base64')
}

function bytesOf(base64: string | undefined): Uint8Array | undefined {
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64')
}
