/**
 * Gets the files of outgoing messages ready: downloads them, checks what they are, and makes of them
 * what phones can show.
 *
 * The bytes come from strangers: they are counted while they arrive. Images and audios are read into
 * memory, videos and documents onto the disk, sealed.
 */

import { tmpdir } from 'node:os'
import type { FileRequest, FileSource, FileUse, PreparedFile } from '../domain/content/files.js'
import { MediaError } from '../domain/errors.js'
import type { GuardedFetch } from '../runtime/guarded-fetch.js'
import type { Log } from '../runtime/telemetry.js'
import { prepareAudio } from './audio.js'
import { readDataUri } from './data-uri.js'
import { problemOfAnswer, problemOfFailure } from './download-problem.js'
import { Ffmpeg } from './ffmpeg.js'
import { checkImage, decoding, isWebPage, prepareImage, squareJpeg } from './image.js'
import { largestBytesOf, type MediaLimits, nouns, usualLimits } from './media-limits.js'
import { ScratchFile } from './scratch-file.js'
import type { OutgoingFiles } from './outgoing-files.js'
import { prepareSticker } from './sticker.js'
import { prepareVideo } from './video.js'

export interface MediaOptions {
  readonly fetch: GuardedFetch
  readonly log: Log
  /** On whose disk large files are written, without a name. The system's for passing files if unset. */
  readonly folder?: string
  readonly limits?: MediaLimits
  /** Files that came in a call. */
  readonly stored?: Pick<OutgoingFiles, 'read'>
  /** Where programs are, as in the variable PATH; empty for none. */
  readonly programs?: string
}

const mostRedirects = 3
const imageMs = 10_000
const audioMs = 60_000
/** 100 MB at 3 Mbit/s. */
const largeMs = 300_000

const downloadMs: Readonly<Record<FileUse, number>> = {
  image: imageMs,
  thumbnail: imageMs,
  sticker: imageMs,
  audio: audioMs,
  video: largeMs,
  gif: largeMs,
  'round-video': largeMs,
  document: largeMs,
}

export class Media {
  readonly #options: MediaOptions
  readonly #limits: MediaLimits
  readonly #folder: string
  readonly #ffmpeg: Ffmpeg

  constructor(options: MediaOptions) {
    this.#options = options
    this.#limits = options.limits ?? usualLimits
    this.#folder = options.folder ?? tmpdir()
    this.#ffmpeg = new Ffmpeg(options.programs ?? '')
  }

  /**
   * Throws `MediaError`, whose `retryable` says whether the same source may
   * work later, or the signal's reason.
   */
  async prepare(request: FileRequest, signal: AbortSignal): Promise<PreparedFile> {
    const file = await named(request.use, this.#prepare(request, signal))
    const count = file.bytes instanceof Uint8Array ? file.bytes.length : file.bytes.byteLength
    this.#options.log.debug('file-prepared', { count })
    return file
  }

  /** A square JPEG: the middle of the image. Throws as `prepare` does. */
  async prepareProfilePicture(source: FileSource, signal: AbortSignal): Promise<Uint8Array> {
    return decoding(squareJpeg(await this.#image('image', source, signal)))
  }

  async #prepare(request: FileRequest, signal: AbortSignal): Promise<PreparedFile> {
    const { use, source } = request
    switch (use) {
      case 'image':
      case 'thumbnail':
        return decoding(prepareImage(await this.#image(use, source, signal)))
      case 'sticker':
        return decoding(prepareSticker(await this.#image(use, source, signal), request.author))
      case 'audio': {
        const bytes = await this.#inMemory(use, source, signal)
        refuseWebPage(bytes)
        return prepareAudio(bytes, request.wantsWaveform ?? false, this.#ffmpeg, signal)
      }
      case 'video':
      case 'gif':
      case 'round-video':
        return this.#video(use, source, signal)
      case 'document':
        // As it is: a document is shown by its name and type alone.
        return {
          bytes: await this.#onDisk(use, source, signal),
          mimeType: 'application/octet-stream',
        }
    }
  }

  async #video(use: FileUse, source: FileSource, signal: AbortSignal): Promise<PreparedFile> {
    const folder = this.#folder
    const maxBytes = largestBytesOf(use, this.#limits)
    const file = await this.#onDisk(use, source, signal)
    try {
      refuseWebPage(await file.readAt(0, 1_000))
      return await prepareVideo(file, { ffmpeg: this.#ffmpeg, folder, maxBytes, signal })
    } catch (cause) {
      await file.discard()
      throw cause
    }
  }

  async #image(use: FileUse, source: FileSource, signal: AbortSignal): Promise<Buffer> {
    const bytes = await this.#inMemory(use, source, signal)
    await checkImage(bytes)
    return bytes
  }

  async #inMemory(use: FileUse, source: FileSource, signal: AbortSignal): Promise<Buffer> {
    const parts: Uint8Array[] = []
    await this.#read(use, source, signal, async (chunk) => {
      parts.push(chunk)
    })
    return Buffer.concat(parts)
  }

  async #onDisk(use: FileUse, source: FileSource, signal: AbortSignal): Promise<ScratchFile> {
    const file = await ScratchFile.create(this.#folder)
    try {
      await this.#read(use, source, signal, (chunk) => file.append(chunk))
      await file.end()
      return file
    } catch (cause) {
      await file.discard()
      throw cause
    }
  }

  async #readStored(
    { head, id }: Extract<FileSource, { readonly kind: 'stored' }>,
    take: (chunk: Uint8Array) => Promise<void>,
  ): Promise<void> {
    const { stored } = this.#options
    if (stored === undefined) throw new MediaError('The image is not stored any more.')
    let rest = head
    for await (const piece of stored.read(id)) {
      const text = rest + Buffer.from(piece).toString('latin1')
      const whole = text.length - (text.length % 4)
      await take(Buffer.from(text.slice(0, whole), 'base64'))
      rest = text.slice(whole)
    }
    if (rest !== '') await take(Buffer.from(rest, 'base64'))
  }

  /** Throws `MediaError`; what was taken until then is not the file. */
  async #read(
    use: FileUse,
    source: FileSource,
    signal: AbortSignal,
    take: (chunk: Uint8Array) => Promise<void>,
  ): Promise<void> {
    if (source.kind === 'base64') return take(Buffer.from(readDataUri(source.base64), 'base64'))
    if (source.kind === 'stored') return this.#readStored(source, take)
    const timeoutMs = downloadMs[use]
    const maxResponseBytes = largestBytesOf(use, this.#limits)
    let byteLength = 0
    let ownFailure: Error | undefined
    const answer = await this.#options
      .fetch(source.url, {
        headers: { accept: nouns[use] === 'image' ? 'image/*' : '*/*' },
        maxRedirects: mostRedirects,
        maxResponseBytes,
        timeoutMs,
        signal,
        onChunk: (chunk) => {
          byteLength += chunk.length
          return take(chunk).catch((cause: unknown) => {
            ownFailure = cause instanceof Error ? cause : new Error('not written', { cause })
            throw ownFailure
          })
        },
      })
      .catch((cause: unknown) => {
        if (signal.aborted) throw cause
        throw ownFailure ?? problemOfFailure(cause, timeoutMs)
      })
    const problem = problemOfAnswer(answer, byteLength, maxResponseBytes)
    if (problem !== undefined) throw problem
  }
}

/** What can be wrong with a file is told in the words for an image. */
async function named<T>(use: FileUse, file: Promise<T>): Promise<T> {
  try {
    return await file
  } catch (cause) {
    if (!(cause instanceof MediaError) || nouns[use] === 'image') throw cause
    const message = cause.message.replaceAll(/\bimage\b(?!\/)/gu, nouns[use])
    throw new MediaError(message, { cause, retryable: cause.retryable })
  }
}

function refuseWebPage(bytes: Buffer): void {
  if (isWebPage(bytes))
    throw new MediaError(
      'The image is a web page. Use the address of the image itself, not of a page that shows it.',
    )
}
