/**
 * Makes images that any phone can show.
 *
 * The bytes come from strangers: they are judged by what they are and not by what they are called,
 * and decoded within limits.
 */

import { createRequire } from 'node:module'
import { fileTypeFromBuffer } from 'file-type'
import type { default as sharp, Sharp } from 'sharp'
import type { PreparedFile } from '../domain/content/files.js'
import { MediaError } from '../domain/errors.js'

/** A file of few bytes may hold an image of very many pixels. */
const mostPixels = 50_000_000
const decodeSeconds = 10

/** WhatsApp's own clients send no more than this; phones shrink it further. */
const longestSide = 2_048
const thumbnailSide = 100
/** What WhatsApp's own clients upload. */
const profilePictureSide = 640

const load = createRequire(import.meta.url)

/** Loaded with the first image: it takes 40 ms, which a start need not wait for. */
function library(): typeof sharp {
  // The package of that name has that type.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return load('sharp') as typeof sharp
}

const readable: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/apng',
  'image/webp',
  'image/gif',
  'image/avif',
  'image/tiff',
])

/** Throws `MediaError` unless it is an image that can be read. */
export async function checkImage(bytes: Buffer): Promise<void> {
  const kind = await fileTypeFromBuffer(bytes)
  if (kind !== undefined && readable.has(kind.mime)) return
  if (isWebPage(bytes)) {
    throw new MediaError(
      'The image is a web page. Use the address of the image itself, not of a page that shows it.',
    )
  }
  const found = kind === undefined ? 'not in a known image format' : `of the type ${kind.mime}`
  throw new MediaError(`The image is ${found}. Use JPEG, PNG, WebP, GIF or AVIF.`)
}

export function isWebPage(bytes: Buffer): boolean {
  return /^\s*<(!doctype html|html|head|body)/i.test(bytes.subarray(0, 1_000).toString('latin1'))
}

/** WhatsApp's clients expect JPEG; what is transparent becomes white. Of an animation the first frame is taken. */
export async function prepareImage(bytes: Buffer): Promise<PreparedFile> {
  const { data: jpeg, info } = await asJpeg(inside(bytes, longestSide), 85)
  const { data: thumbnail } = await asJpeg(inside(jpeg, thumbnailSide), 60)
  const { width, height } = info
  return { bytes: jpeg, mimeType: 'image/jpeg', thumbnail, width, height }
}

export async function squareJpeg(bytes: Buffer): Promise<Uint8Array> {
  const side = profilePictureSide
  const image = decoded(bytes).resize({ width: side, height: side, fit: 'cover' })
  return (await asJpeg(image, 80)).data
}

/** Decodes within limits of pixels and time. */
export function decoded(bytes: Buffer, options: { readonly animated?: boolean } = {}): Sharp {
  return library()(bytes, { limitInputPixels: mostPixels, failOn: 'error', ...options })
    .timeout({ seconds: decodeSeconds })
    .autoOrient()
}

/** Gives what decoding gives. Throws `MediaError` where the image is to blame. */
export async function decoding<T>(image: Promise<T>): Promise<T> {
  try {
    return await image
  } catch (cause) {
    if (cause instanceof MediaError) throw cause
    const isTooBig = cause instanceof Error && cause.message.includes('pixel limit')
    throw new MediaError(
      isTooBig
        ? 'The image has more than 50 million pixels. Use a smaller one.'
        : 'The image is damaged, or too hard to decode. Use another one.',
      { cause },
    )
  }
}

function inside(bytes: Buffer, side: number): Sharp {
  return decoded(bytes).resize({
    width: side,
    height: side,
    fit: 'inside',
    withoutEnlargement: true,
  })
}

function asJpeg(image: Sharp, quality: number) {
  return image
    .flatten({ background: 'white' })
    .jpeg({ quality })
    .toBuffer({ resolveWithObject: true })
}
