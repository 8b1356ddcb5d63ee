/**
 * Gets the image of the head of a line ready before the message is claimed.
 *
 * A download can take long and fail, and must spend no attempt. What is ready
 * is kept as long as its message is the head, so a resend shows the same image.
 */

import { MediaError } from '../domain/errors.js'
import type {
  ImageSource,
  MessageId,
  OutgoingMessage,
  PreparedContent,
  PreparedImage,
} from '../domain/message.js'
import type { EpochMs } from '../domain/time.js'
import { type BackoffPolicy, backoffMs } from '../runtime/backoff.js'
import type { Clock } from '../runtime/clock.js'
import type { Log } from '../runtime/telemetry.js'

export interface MediaPort {
  /** Throws `MediaError`. */
  prepareImage(source: ImageSource, signal: AbortSignal): Promise<PreparedImage>
}

export interface ImageStageOptions {
  readonly media: MediaPort
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
}

export type Staged =
  | { readonly kind: 'ready'; readonly content: PreparedContent }
  | { readonly kind: 'later'; readonly at: EpochMs }
  /** `why` is for the person who reads the callback. */
  | { readonly kind: 'failed'; readonly why: string }

const mostTries = 3
const backoff: BackoffPolicy = { firstMs: 1_000, capMs: 5_000, jitter: 'equal' }
const unexpected = 'It could not be processed. Try another image.'

export class ImageStage {
  readonly #options: ImageStageOptions
  #messageId: MessageId | undefined
  #image: PreparedImage | undefined
  #failures = 0
  #retryAt: EpochMs = 0

  constructor(options: ImageStageOptions) {
    this.#options = options
  }

  /** Never throws. `signal` ends a download; the answer is then `later`. */
  async prepare(message: OutgoingMessage, signal: AbortSignal): Promise<Staged> {
    if (this.#messageId !== message.id) this.forget()
    this.#messageId = message.id
    const { image: source, ...content } = message.content
    if (source === undefined) return { kind: 'ready', content }

    const { media, clock } = this.#options
    if (this.#image === undefined && clock.now() < this.#retryAt) {
      return { kind: 'later', at: this.#retryAt }
    }
    try {
      this.#image ??= await media.prepareImage(source, signal)
      return { kind: 'ready', content: { ...content, image: this.#image } }
    } catch (cause) {
      return signal.aborted ? { kind: 'later', at: clock.now() } : this.#failed(message, cause)
    }
  }

  /** Lets go of the image: its message is done. */
  forget(): void {
    this.#messageId = undefined
    this.#image = undefined
    this.#failures = 0
    this.#retryAt = 0
  }

  #failed({ id: messageId, instanceId }: OutgoingMessage, cause: unknown): Staged {
    const { clock, random, log } = this.#options
    this.#failures += 1
    const isKnown = cause instanceof MediaError
    if (!isKnown) log.error('image-not-prepared', { instanceId, messageId, cause })
    if ((isKnown && !cause.retryable) || this.#failures >= mostTries) {
      return { kind: 'failed', why: isKnown ? cause.message : unexpected }
    }
    this.#retryAt = clock.now() + backoffMs(this.#failures, backoff, random)
    return { kind: 'later', at: this.#retryAt }
  }
}
