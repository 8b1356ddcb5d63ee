/** Files that outgoing messages bring along. */

/** A file as the caller gave it. */
export type FileSource =
  | { readonly kind: 'url'; readonly url: string }
  /** Base64 without data-URI prefix; alphabet and length are already checked. */
  | { readonly kind: 'base64'; readonly base64: string }

/** What WhatsApp shows the file as. It decides how the file is checked and got ready. */
export type FileUse = 'image' | 'document' | 'thumbnail'

/** A file that must be ready before its message is sent. */
export interface FileRequest {
  /** The name of the attribute that the caller gave it in, unique within the message. */
  readonly role: string
  readonly use: FileUse
  readonly source: FileSource
}

/** A file that WhatsApp can upload. */
export interface PreparedFile {
  readonly bytes: Uint8Array
  readonly mimeType: string
  /** JPEG, at most 100 pixels on its longer side. */
  readonly thumbnail?: Uint8Array | undefined
  /** In pixels. */
  readonly width?: number | undefined
  readonly height?: number | undefined
}

/** By role. */
export type PreparedFiles = ReadonlyMap<string, PreparedFile>
