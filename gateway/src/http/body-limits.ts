/**
 * How large the body of a call may be. Each route has a class; a route that
 * does not say its class takes a small body. Decided before a byte is read.
 */

/** Of a route: `operation({ takes: 'file' })`. */
export type BodyClass =
  /** Settings and short texts. */
  | 'small'
  /** The text of a message. JSON may write each of its characters in twelve bytes. */
  | 'text'
  /** Tens of thousands of short values. */
  | 'list'
  /** A file in base64 may stand in it. */
  | 'file'
  /** A video or a document in base64 may stand in it: it is stored while it arrives. */
  | 'large-file'
  /** The files of another gateway's session, one a line. Counted and read by `import-body.ts`. */
  | 'session'

export interface BodyLimit {
  readonly maxBytes: number
  /** Objects, arrays and what stands in them. A million of them take seconds to parse and check. */
  readonly maxValues: number
  /** Whether strings of base64 may be longer than `longestTextBytes`; they are read apart from the text. */
  readonly takesFiles: boolean
}

const kib = 1_024
const mib = 1_024 * kib

export const bodyLimits: Readonly<Record<BodyClass, BodyLimit>> = {
  small: { maxBytes: 16 * kib, maxValues: 10_000, takesFiles: false },
  text: { maxBytes: mib, maxValues: 10_000, takesFiles: false },
  list: { maxBytes: 2 * mib, maxValues: 60_000, takesFiles: false },
  // An image of 5 MB in base64 with room for the rest.
  file: { maxBytes: 8 * mib, maxValues: 10_000, takesFiles: true },
  // 100 MB in base64.
  'large-file': { maxBytes: 132 * mib, maxValues: 10_000, takesFiles: true },
  session: { maxBytes: 24 * mib, maxValues: 200_000, takesFiles: true },
}

/** Up to here a body is parsed in one piece, and takes no room of the large ones. */
export const smallBodyBytes = bodyLimits.small.maxBytes

export const deepestNesting = 64

/** Where files are taken, a longer string can only be one. */
export const longestTextBytes = 64 * kib
/** A file of more base64 than this is stored while it arrives, where the route has room for it. */
export const mostFileBytesInMemory = 4 * mib
/** What may stand beside the files, and before they are known as such. */
export const mostTextBytes = 2 * mib

/** `16 KiB`, `8 MiB`. */
export function sizeInWords(bytes: number): string {
  return bytes >= mib ? `${bytes / mib} MiB` : `${bytes / kib} KiB`
}
