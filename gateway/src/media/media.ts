/**
 * Makes an image that any phone can show out of whatever a caller gave.
 *
 * The bytes come from strangers: they are counted while they arrive, judged by
 * what they are and not by what they are called, and decoded within limits.
 * WhatsApp's clients expect JPEG; what is transparent becomes white.
 */

import { fileTypeFromBuffer } from 'file-type'
import sharp, { type Sharp } from 'sharp'
import type { FileRequest, FileSource, PreparedFile } from '../domain/content/files.js'
import { MediaError } from '../domain/errors.js'
import type { GuardedFetch } from '../runtime/guarded-fetch.js'
import type { Log } from '../runtime/telemetry.js'
import { largestImageBytes, readDataUri } from './data-uri.js'
import { problemOfAnswer, problemOfFailure } from './download-problem.js'

export interface MediaOptions {
  readonly fetch: GuardedFetch
  readonly log: Log
}

const downloadMs = 10_000
const mostRedirects = 3

/** A file of few bytes may hold an image of very many pixels. */
const mostPixels = 50_000_000
const decodeSeconds = 10

/** WhatsApp's own clients send no more than this; phones shrink it further. */
const longestSide = 2_048
const thumbnailSide = 100
/** What WhatsApp's own clients upload. */
const profilePictureSide = 640

const readable: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/apng',
  'image/webp',
  'image/gif',
  'image/avif',
  'image/tiff',
])

export class Media {
  readonly #options: MediaOptions

  constructor(options: MediaOptions) {
    this.#options = options
  }

  /**
   * Throws `MediaError`, whose `retryable` says whether the same source may
   * work later, or the signal's reason. Of an animation the first frame is taken.
   */
  async prepare({ use, source }: FileRequest, signal: AbortSignal): Promise<PreparedFile> {
    const file =
      use === 'document'
        ? await this.#document(source, signal)
        : await decoding(transcode(await this.#load(source, signal)))
    this.#options.log.debug('file-prepared', { count: file.bytes.length })
    return file
  }

  /** A square JPEG: the middle of the image. Throws as `prepare` does. */
  async prepareProfilePicture(source: FileSource, signal: AbortSignal): Promise<Uint8Array> {
    return decoding(square(await this.#load(source, signal)))
  }

  /** As it is: a document is shown by its name and type alone. */
  async #document(source: FileSource, signal: AbortSignal): Promise<PreparedFile> {
    try {
      return { bytes: await this.#bytesOf(source, signal), mimeType: 'application/octet-stream' }
    } catch (cause) {
      if (!(cause instanceof MediaError)) throw cause
      // What can be wrong with it is the same as with an image that is downloaded.
      const message = cause.message.replaceAll('image', 'document')
      throw new MediaError(message, { cause, retryable: cause.retryable })
    }
  }

  async #load(source: FileSource, signal: AbortSignal): Promise<Buffer> {
    const bytes = await this.#bytesOf(source, signal)
    await checkKind(bytes)
    return bytes
  }

  async #bytesOf(source: FileSource, signal: AbortSignal): Promise<Buffer> {
    return source.kind === 'url'
      ? this.#download(source.url, signal)
      : Buffer.from(readDataUri(source.base64), 'base64')
  }

  async #download(url: string, signal: AbortSignal): Promise<Buffer> {
    const answer = await this.#options
      .fetch(url, {
        headers: { accept: 'image/*' },
        maxRedirects: mostRedirects,
        maxResponseBytes: largestImageBytes,
        timeoutMs: downloadMs,
        signal,
      })
      .catch((cause: unknown) => {
        throw signal.aborted ? cause : problemOfFailure(cause, downloadMs)
      })
    const problem = problemOfAnswer(answer)
    if (problem !== undefined) throw problem
    return answer.body
  }
}

async function checkKind(bytes: Buffer): Promise<void> {
  const kind = await fileTypeFromBuffer(bytes)
  if (kind !== undefined && readable.has(kind.mime)) return
  if (/^\s*<(!doctype html|html|head|body)/i.test(bytes.subarray(0, 1_000).toString('latin1'))) {
    throw new MediaError(
      'The image is a web page. Use the address of the image itself, not of a page that shows it.',
    )
  }
  const found = kind === undefined ? 'not in a known image format' : `of the type ${kind.mime}`
  throw new MediaError(`The image is ${found}. Use JPEG, PNG, WebP, GIF or AVIF.`)
}

async function decoding<T>(image: Promise<T>): Promise<T> {
  try {
    return await image
  } catch (cause) {
    const isTooBig = cause instanceof Error && cause.message.includes('pixel limit')
    throw new MediaError(
      isTooBig
        ? 'The image has more than 50 million pixels. Use a smaller one.'
        : 'The image is damaged, or too hard to decode. Use another one.',
      { cause },
    )
  }
}

async function transcode(bytes: Buffer): Promise<PreparedFile> {
  const { data: jpeg, info } = await asBuffer(inside(bytes, longestSide), 85)
  const { data: thumbnail } = await asBuffer(inside(jpeg, thumbnailSide), 60)
  const { width, height } = info
  return { bytes: jpeg, mimeType: 'image/jpeg', thumbnail, width, height }
}

async function square(bytes: Buffer): Promise<Uint8Array> {
  const side = profilePictureSide
  const image = decoded(bytes).resize({ width: side, height: side, fit: 'cover' })
  return (await asBuffer(image, 80)).data
}

function inside(bytes: Buffer, side: number): Sharp {
  return decoded(bytes).resize({
    width: side,
    height: side,
    fit: 'inside',
    withoutEnlargement: true,
  })
}

function decoded(bytes: Buffer): Sharp {
  return sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' })
    .timeout({ seconds: decodeSeconds })
    .autoOrient()
}

function asBuffer(image: Sharp, quality: number) {
  return image
    .flatten({ background: 'white' })
    .jpeg({ quality })
    .toBuffer({ resolveWithObject: true })
}
