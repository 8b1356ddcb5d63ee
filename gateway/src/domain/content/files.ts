/** Files that outgoing messages bring along. */

/** A file as the caller gave it. */
export type FileSource =
  | { readonly kind: 'url'; readonly url: string }
  /** Base64 without data-URI prefix; alphabet and length are already checked. */
  | { readonly kind: 'base64'; readonly base64: string }
  /** Base64 that was too long for the memory: its beginning, and where the rest is stored. */
  | {
      readonly kind: 'stored'
      readonly head: string
      readonly id: string
      /** Of the stored base64, lower-case hex. */
      readonly sha256: string
      /** Of the whole file. */
      readonly byteLength: number
    }

/** What WhatsApp shows the file as. It decides how the file is checked and got ready. */
export type FileUse =
  | 'image'
  | 'document'
  | 'thumbnail'
  | 'audio'
  | 'video'
  | 'gif'
  | 'round-video'
  | 'sticker'

/** A file that must be ready before its message is sent. */
export interface FileRequest {
  /** The name of the attribute that the caller gave it in, unique within the message. */
  readonly role: string
  readonly use: FileUse
  readonly source: FileSource
  /** Of an audio: whether its waveform is to be drawn. */
  readonly wantsWaveform?: boolean | undefined
  /** Of a sticker: who is named as its author. */
  readonly author?: string | undefined
}

/** A file that is too large for the memory. It lies on the disk, sealed. */
export interface LargeFile {
  readonly byteLength: number
  /** Of its content, lower-case hex. */
  readonly sha256: string
  /** Its content in order, as often as it is asked for. */
  chunks(): AsyncIterable<Uint8Array>
  /** Frees its room on the disk. Reading it then throws. */
  discard(): Promise<void>
}

/** A file that WhatsApp can upload. */
export interface PreparedFile {
  readonly bytes: Uint8Array | LargeFile
  readonly mimeType: string
  /** JPEG, at most 100 pixels on its longer side. */
  readonly thumbnail?: Uint8Array | undefined
  /** In pixels. */
  readonly width?: number | undefined
  readonly height?: number | undefined
  readonly seconds?: number | undefined
  /** Of an audio: whether phones can show it as a voice message. */
  readonly isVoice?: boolean | undefined
  /** Of a voice message: 64 values from 0 to 100. */
  readonly waveform?: Uint8Array | undefined
  /** Of a sticker. */
  readonly isAnimated?: boolean | undefined
}

/** By role. */
export type PreparedFiles = ReadonlyMap<string, PreparedFile>

export function isLarge(bytes: Uint8Array | LargeFile): bytes is LargeFile {
  return !(bytes instanceof Uint8Array)
}

/** Frees what the files take on the disk. Never throws. */
export async function discardFiles(files: PreparedFiles): Promise<void> {
  for (const { bytes } of files.values())
    if (isLarge(bytes)) await bytes.discard().catch(() => undefined)
}
