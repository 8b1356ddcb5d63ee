/** Where the bytes of a file come from that a drawing shows. */

import type { MediaType } from 'baileys'

/** An encrypted file that a message names, whatever kind of media it is. */
export interface FileSource {
  readonly type: MediaType
  readonly url?: string | null | undefined
  readonly directPath?: string | null | undefined
  readonly mediaKey?: Uint8Array | null | undefined
  readonly fileSha256?: Uint8Array | null | undefined
  readonly fileEncSha256?: Uint8Array | null | undefined
  readonly fileLength?: number | { toString(): string } | null | undefined
  readonly mimetype?: string | null | undefined
}

/** A small picture that travels inside the message. */
export interface InlineFile {
  readonly bytes: Uint8Array
  readonly mimetype: string
}
