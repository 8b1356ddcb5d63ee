/** How large a file may be, by what it is sent as. */

import type { FileUse } from '../domain/content/files.js'

/** In bytes. */
export interface MediaLimits {
  readonly image: number
  readonly audio: number
  readonly video: number
  readonly document: number
}

/** Beyond it only documents and videos are larger in WhatsApp's own clients. */
export const usualLimits: MediaLimits = {
  image: 16_000_000,
  audio: 16_000_000,
  video: 100_000_000,
  document: 100_000_000,
}

const kinds: Readonly<Record<FileUse, keyof MediaLimits>> = {
  image: 'image',
  thumbnail: 'image',
  sticker: 'image',
  audio: 'audio',
  video: 'video',
  gif: 'video',
  'round-video': 'video',
  document: 'document',
}

export function largestBytesOf(use: FileUse, limits: MediaLimits): number {
  return limits[kinds[use]]
}

/** What the file is called where something is wrong with it. */
export const nouns: Readonly<Record<FileUse, string>> = {
  image: 'image',
  thumbnail: 'image',
  sticker: 'sticker',
  audio: 'audio',
  video: 'video',
  gif: 'GIF',
  'round-video': 'video',
  document: 'document',
}
