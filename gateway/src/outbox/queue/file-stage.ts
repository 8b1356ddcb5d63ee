/**
 * Gets the files of waiting messages ready, beside the queue.
 *
 * A download can take long and fail, and must spend no attempt and hold up no other chat. What is
 * ready is kept until its message is done, so that a repetition shows the same file.
 */

import { MediaError } from '../../domain/errors.js'
import {
  discardFiles,
  type FileRequest,
  type PreparedFile,
  type PreparedFiles,
} from '../../domain/content/files.js'
import { filesOf } from '../../domain/content/index.js'
import type { OutgoingMessage } from '../../domain/message.js'
import type { EpochMs } from '../../domain/time.js'
import { type BackoffPolicy, backoffMs } from '../../runtime/backoff.js'
import type { Clock } from '../../runtime/clock.js'
import type { Log } from '../../runtime/telemetry.js'
import type { QueuedMessage } from '../message-row.js'

export interface MediaPort {
  /** Throws `MediaError`. */
  prepare(file: FileRequest, signal: AbortSignal): Promise<PreparedFile>
}

export interface FileStageOptions {
  readonly media: MediaPort
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
}

export type StagedFiles =
  | { readonly kind: 'unknown' }
  /** Its end is told. */
  | { readonly kind: 'in-work' }
  | { readonly kind: 'ready'; readonly files: PreparedFiles }
  /** It is tried again after this moment. */
  | { readonly kind: 'later'; readonly at: EpochMs }
  /** `why` is for the person who reads the callback. */
  | { readonly kind: 'failed'; readonly why: string }

const mostTries = 3
const backoff: BackoffPolicy = { firstMs: 1_000, capMs: 5_000, jitter: 'equal' }
const unexpected = 'It could not be processed. Try another file.'

/** Files of one instance that are got ready or are about to leave; one takes some megabytes. */
const mostAtOnce = 4
/** Files that are kept while their messages wait to be repeated. Beyond that they are made again. */
const mostKept = 16

export class FileStage {
  readonly #options: FileStageOptions
  readonly #files = new Map<number, StagedFiles>()
  readonly #failures = new Map<number, number>()
  /** The places of messages that wait to be repeated. */
  readonly #kept = new Set<number>()
  readonly #stopping = new AbortController()

  constructor(options: FileStageOptions) {
    this.#options = options
  }

  of(place: number): StagedFiles {
    return this.#files.get(place) ?? { kind: 'unknown' }
  }

  /** Whether one more may be begun. */
  get hasRoom(): boolean {
    let count = 0
    for (const [place, { kind }] of this.#files)
      if (!this.#kept.has(place) && (kind === 'in-work' || kind === 'ready')) count += 1
    return count < mostAtOnce && !this.#stopping.signal.aborted
  }

  /** Begins to get the file ready. Resolves when that ends in whatever way; never rejects. */
  async begin({ place, content, ...message }: QueuedMessage): Promise<void> {
    const requests = filesOf(content)
    if (requests.length === 0) return
    const { signal } = this.#stopping
    this.#files.set(place, { kind: 'in-work' })
    try {
      const files = await this.#prepare(requests, signal)
      if (this.#files.has(place) && !signal.aborted)
        this.#files.set(place, { kind: 'ready', files })
      else await discardFiles(files)
    } catch (cause) {
      if (signal.aborted || !this.#files.has(place)) this.forget(place)
      else this.#files.set(place, this.#failed(place, message, cause))
    }
  }

  async #prepare(requests: readonly FileRequest[], signal: AbortSignal): Promise<PreparedFiles> {
    const files = new Map<string, PreparedFile>()
    try {
      for (const request of requests)
        files.set(request.role, await this.#options.media.prepare(request, signal))
      return files
    } catch (cause) {
      await discardFiles(files)
      throw cause
    }
  }

  /** The message waits to be repeated. */
  keep(place: number): void {
    if (!this.#files.has(place)) return
    this.#kept.add(place)
    const [oldest] = this.#kept
    if (this.#kept.size > mostKept && oldest !== undefined) this.forget(oldest)
  }

  /** The message is done. */
  forget(place: number): void {
    const staged = this.#files.get(place)
    if (staged?.kind === 'ready') void discardFiles(staged.files)
    this.#files.delete(place)
    this.#failures.delete(place)
    this.#kept.delete(place)
  }

  /** Ends the downloads. */
  stop(): void {
    this.#stopping.abort()
  }

  /** Frees what is ready. Call it when nothing is sent any more. */
  close(): void {
    for (const place of this.#files.keys()) this.forget(place)
  }

  #failed(
    place: number,
    { id: messageId, instanceId }: Pick<OutgoingMessage, 'id' | 'instanceId'>,
    cause: unknown,
  ): StagedFiles {
    const { clock, random, log } = this.#options
    const failures = (this.#failures.get(place) ?? 0) + 1
    this.#failures.set(place, failures)
    const isKnown = cause instanceof MediaError
    if (!isKnown) log.error('file-not-prepared', { instanceId, messageId, cause })
    if ((isKnown && !cause.retryable) || failures >= mostTries)
      return { kind: 'failed', why: isKnown ? cause.message : unexpected }
    return { kind: 'later', at: clock.now() + backoffMs(failures, backoff, random) }
  }
}
