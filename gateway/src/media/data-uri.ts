/**
 * Reads an image that stands in the request itself, as a data URI or as bare
 * base64.
 *
 * Everything is checked before anything is decoded: Node's decoder skips what
 * it does not understand, and would make some image of any text.
 */

import { MediaError } from '../domain/errors.js'

const largestImageBytes = 5_000_000

/** Longer types than this are no types; the search for the comma ends here. */
const longestPrefix = 200

/**
 * The base64 alone: without prefix and line breaks, in the ordinary alphabet.
 * Throws `MediaError` naming what is wrong.
 */
export function readDataUri(
  text: string,
  type: 'image' | 'any' = 'image',
  attribute = 'image',
): string {
  try {
    return read(text, type)
  } catch (cause) {
    if (!(cause instanceof MediaError) || type === 'image') throw cause
    const example = 'application/octet-stream'
    const message = cause.message
      .replaceAll('data:image/png', `data:${example}`)
      .replaceAll('The image', `The ${attribute}`)
    throw new MediaError(message, { cause })
  }
}

function read(text: string, type: 'image' | 'any'): string {
  const given = withoutPrefix(text.trim(), type)
  // Nearly all base64 comes in one piece, and to look through 5 MB for white space takes long.
  const isPlain = isBase64(given)
  const base64 = isPlain ? given : given.replaceAll(/\s+/g, '')
  if (base64 === '') throw new MediaError('The image is empty.')
  if (decodedLength(base64) > largestImageBytes) throw tooLarge(largestImageBytes)
  if (!isPlain && !isBase64(base64)) {
    throw new MediaError(
      'The image is not valid base64. Send base64, with or without a prefix like data:image/png;base64, or a URL.',
    )
  }
  return base64.replaceAll('-', '+').replaceAll('_', '/')
}

/**
 * The same for base64 whose end was stored while it arrived: gives the beginning alone. Throws
 * `MediaError` naming what is wrong with the whole.
 *
 * @param rest of the stored base64
 */
export function readStoredUri(
  text: string,
  rest: { readonly length: number; readonly padding: number },
  { attribute, maxBytes }: { readonly attribute: string; readonly maxBytes: number },
): { readonly head: string; readonly byteLength: number } {
  const head = withoutPrefix(text.trim(), 'any').replaceAll(/\s+/g, '')
  const length = head.length + rest.length
  const isWhole = rest.padding > 0 ? length % 4 === 0 : length % 4 !== 1
  if (!isWhole || !/^[A-Za-z0-9+/_-]*$/.test(head))
    throw new MediaError(`The ${attribute} is not valid base64. Send base64, or a URL.`)
  const byteLength = Math.floor((length * 3) / 4) - rest.padding
  if (byteLength > maxBytes)
    throw new MediaError(
      `The ${attribute} is larger than ${maxBytes / 1_000_000} MB. Use a smaller one.`,
    )
  return { head, byteLength }
}

export function tooLarge(maxBytes: number): MediaError {
  return new MediaError(`The image is larger than ${maxBytes / 1_000_000} MB. Use a smaller one.`)
}

function withoutPrefix(text: string, wanted: 'image' | 'any'): string {
  const start = text.slice(0, longestPrefix)
  if (!/^data:/i.test(start)) return text
  const comma = start.indexOf(',')
  const type = start.slice('data:'.length, comma === -1 ? undefined : comma).toLowerCase()
  if (comma === -1 || !type.endsWith(';base64')) {
    throw new MediaError('The image is a data URI, but not one like data:image/png;base64,….')
  }
  if (wanted === 'image' && !type.startsWith('image/')) {
    throw new MediaError(
      'The image is a data URI of something else. It must begin with data:image/.',
    )
  }
  return text.slice(comma + 1)
}

/** Node's decoder skips what is no base64, so then there are fewer bytes. It is four times as fast as a pattern. */
function isBase64(text: string): boolean {
  const byteLength = decodedLength(text)
  return byteLength <= largestImageBytes && Buffer.from(text, 'base64').length === byteLength
}

/** A fraction when characters are missing. */
function decodedLength(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0
  if (padding > 0) return (base64.length / 4) * 3 - padding
  // Without padding the last group may have two or three characters, but not one.
  return base64.length % 4 === 1 ? Number.NaN : Math.floor((base64.length * 3) / 4)
}
