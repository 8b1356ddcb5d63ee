/**
 * Whether a phone can show a file that it has: its first bytes against what the message says of it.
 *
 * Phones decode pictures, play MP4 and Ogg, and take only WebP of 512 pixels as a sticker. A voice note
 * that is not mono Opus in Ogg is "not available" (wire facts of 2026-11; WhatsApp's Cloud API names the
 * sizes of stickers).
 */

import type { MediaForm } from '../draw/view.js'

export interface NamedFile {
  readonly form: MediaForm
  readonly mimetype: string
  readonly animated?: true | undefined
}

const stickerSide = 512
const mostStickerBytes = 100 * 1024
const mostAnimatedBytes = 500 * 1024

/** Why it cannot be shown; `undefined` where it can. */
export function unfitnessOf(
  { form, mimetype, animated }: NamedFile,
  bytes: Uint8Array,
): string | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found = formatOf(file)
  const named = mimetype.split(';')[0]?.trim() ?? ''
  switch (form) {
    case 'image':
      return wrongFormat(['image/jpeg', 'image/png', 'image/webp'], found, named)
    case 'video':
    case 'gif':
    case 'round-video':
      return wrongFormat(['video/mp4'], found, named)
    case 'voice':
      return wrongFormat(['audio/ogg'], found, named) ?? wrongVoice(file)
    case 'audio':
      return wrongFormat(['audio/ogg', 'audio/mpeg', 'video/mp4', 'audio/wav'], found, named)
    case 'sticker':
      return wrongFormat(['image/webp'], found, named) ?? wrongSticker(file, animated)
    case 'document':
      return undefined
  }
}

/** A thumbnail inside a message. */
export function isJpeg(bytes: Uint8Array): boolean {
  const isStart = bytes[0] === 0xff && bytes[1] === 0xd8
  return isStart && bytes.at(-2) === 0xff && bytes.at(-1) === 0xd9
}

function formatOf(file: Buffer): string {
  const at = (offset: number, text: string): boolean =>
    file.subarray(offset, offset + text.length).equals(Buffer.from(text, 'latin1'))
  if (at(0, '\xff\xd8\xff')) return 'image/jpeg'
  if (at(0, '\x89PNG')) return 'image/png'
  if (at(0, 'RIFF') && at(8, 'WEBP')) return 'image/webp'
  if (at(0, 'RIFF') && at(8, 'WAVE')) return 'audio/wav'
  if (at(4, 'ftyp')) return 'video/mp4'
  if (at(0, 'OggS')) return 'audio/ogg'
  if (at(0, 'ID3') || (file[0] === 0xff && ((file[1] ?? 0) & 0xe0) === 0xe0)) return 'audio/mpeg'
  return 'unknown'
}

/** Names that stand for the same first bytes. */
const sameFormat: Readonly<Record<string, string>> = {
  'audio/mp4': 'video/mp4',
  'audio/aac': 'video/mp4',
  'audio/x-m4a': 'video/mp4',
  'audio/mp3': 'audio/mpeg',
  'image/jpg': 'image/jpeg',
}

function wrongFormat(shown: readonly string[], found: string, named: string): string | undefined {
  if (!shown.includes(found)) return `its file is ${found}, which no client shows here`
  if ((sameFormat[named] ?? named) !== found) return `its file is ${found} and is called ${named}`
  return undefined
}

/** The header of the stream stands in the first page. */
function wrongVoice(file: Buffer): string | undefined {
  const head = file.subarray(0, 300).indexOf('OpusHead')
  if (head < 0) return 'its recording is not Opus'
  const channels = file[head + 9]
  return channels === 1 ? undefined : `its recording has ${channels} channels`
}

function wrongSticker(file: Buffer, animated: true | undefined): string | undefined {
  const side = webpSize(file)
  if (side !== undefined && (side.width !== stickerSide || side.height !== stickerSide))
    return `its sticker has ${side.width} × ${side.height} pixels`
  const most = animated ? mostAnimatedBytes : mostStickerBytes
  return file.length > most ? `its sticker has ${file.length} bytes` : undefined
}

/** RFC 9649. `undefined` where the header is another. */
function webpSize(file: Buffer): { readonly width: number; readonly height: number } | undefined {
  switch (file.subarray(12, 16).toString('latin1')) {
    case 'VP8X':
      return { width: 1 + file.readUIntLE(24, 3), height: 1 + file.readUIntLE(27, 3) }
    case 'VP8 ':
      return { width: file.readUInt16LE(26) & 0x3fff, height: file.readUInt16LE(28) & 0x3fff }
    case 'VP8L': {
      const bits = file.readUInt32LE(21)
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) }
    }
    default:
      return undefined
  }
}
