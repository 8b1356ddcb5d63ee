/**
 * What can go wrong by the rules. Each error has a stable code, a message that says the cure,
 * and the HTTP status of the answer.
 */

import type { Disconnection } from './disconnection.js'
import type { Explanation } from './disconnection-texts.js'
import { explainImport, type ImportProblem } from './import-texts.js'
import type { PasskeyStep } from './passkey.js'
import type { ImportDevice } from './session-import.js'
import type { EpochMs } from './time.js'

export abstract class GatewayError extends Error {
  /** Stable: tests, logs and callers may rely on it. */
  abstract readonly code: string
  /** HTTP status of the answer to the caller. Unset: not an answer to a call, so it is logged and answered as a bug. */
  readonly statusCode?: number
  /** When a retry may succeed. At least 1. */
  readonly retryAfterSeconds?: number | undefined
}

/** The outbox of a disconnected instance is full. Nothing was accepted; try again once it is connected. */
export class OutboxFullError extends GatewayError {
  override readonly name = 'OutboxFullError'
  readonly code = 'outbox-full'
  override readonly statusCode = 400
}

/** The waiting messages of an instance take too many bytes. Nothing was accepted; later it will be. */
export class WaitingBytesError extends GatewayError {
  override readonly name = 'WaitingBytesError'
  readonly code = 'too-many-bytes-waiting'
  override readonly statusCode = 429
  override readonly retryAfterSeconds = 60

  constructor(maxBytes: number) {
    const size = `${Math.floor(maxBytes / 1_048_576)} MiB`
    super(
      `The waiting messages of this instance take ${size} already. Wait until some of them are sent, delete some of the queue, or send images as URLs.`,
    )
  }
}

/** So little of the disk is free that the message is refused before the disk is full. Nothing was accepted; with room it will be. */
export class DiskNearlyFullError extends GatewayError {
  override readonly name = 'DiskNearlyFullError'
  readonly code = 'disk-nearly-full'
  override readonly statusCode = 503
  override readonly retryAfterSeconds = 60

  /** @param isLarge whether messages without a file are still accepted */
  constructor(isLarge: boolean) {
    super(
      isLarge
        ? 'The disk of the gateway is nearly full, so it accepts no files. Send the image as a URL, or make room on the disk.'
        : 'The disk of the gateway is nearly full, so it accepts no messages. Make room on the disk.',
    )
  }
}

/** The first request with this idempotency key is not done yet. Nothing was accepted; ask again in a moment. */
export class RequestInFlightError extends GatewayError {
  override readonly name = 'RequestInFlightError'
  readonly code = 'request-in-flight'
  override readonly statusCode = 409
}

/** This idempotency key belongs to a request with other parameters. Nothing was accepted; trying again does not help. */
export class IdempotencyKeyReusedError extends GatewayError {
  override readonly name = 'IdempotencyKeyReusedError'
  readonly code = 'idempotency-key-reused'
  override readonly statusCode = 422
}

/** This person was sent too many codes of late. Nothing was accepted; later it will be. */
export class TooManyCodesError extends GatewayError {
  override readonly name = 'TooManyCodesError'
  readonly code = 'too-many-codes'
  override readonly statusCode = 429
  override readonly retryAfterSeconds: number

  constructor(retryAfterSeconds: number) {
    super(`Too many codes for this phone. The next one may go in ${retryAfterSeconds} seconds.`)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** So much waits before the message that it would expire first. Nothing was accepted; later it will be. */
export class WouldExpireError extends GatewayError {
  override readonly name = 'WouldExpireError'
  readonly code = 'would-expire'
  override readonly statusCode = 429
  override readonly retryAfterSeconds: number

  constructor({ waitMs, lifeMs }: { readonly waitMs: number; readonly lifeMs: number }) {
    super(
      `The message would expire before it leaves: its turn is in about ${secondsIn(waitMs)} seconds, and it expires in ${secondsIn(lifeMs)}. Send it through another number or another way, or later.`,
    )
    this.retryAfterSeconds = Math.max(1, secondsIn(waitMs - lifeMs))
  }
}

/** WhatsApp lets this number start no conversation for a while, and this recipient is not known to it. Nothing was accepted. */
export class RestrictedError extends GatewayError {
  override readonly name = 'RestrictedError'
  readonly code = 'restricted'
  override readonly statusCode = 403
  override readonly retryAfterSeconds: number

  constructor(until: EpochMs, now: EpochMs) {
    super(
      `WhatsApp does not let this number start new conversations until ${new Date(until).toISOString()}. Let the recipient write first, or send it again after that.`,
    )
    this.retryAfterSeconds = Math.max(1, Math.ceil((until - now) / 1_000))
  }
}

/** Another instance has this id or this token. Nothing was made; another one helps. */
export class InstanceTakenError extends GatewayError {
  override readonly name = 'InstanceTakenError'
  readonly code = 'instance-taken'
  override readonly statusCode = 409
}

/** A token that is configured cannot be replaced by a call. Nothing was changed. */
export class ConfiguredTokenError extends GatewayError {
  override readonly name = 'ConfiguredTokenError'
  readonly code = 'token-is-configured'
  override readonly statusCode = 409

  constructor(kind: 'client' | 'partner') {
    const name = `RECADO_${kind.toUpperCase()}_TOKEN`
    super(
      `The ${kind} token is set by ${name}. Change it there and start again, or unset it: then the gateway makes one that can be rotated.`,
    )
  }
}

/** The addresses that may call are configured. Nothing was changed. */
export class ConfiguredCallersError extends GatewayError {
  override readonly name = 'ConfiguredCallersError'
  readonly code = 'callers-are-configured'
  override readonly statusCode = 409

  constructor() {
    super(
      'The allowed callers are set by RECADO_ALLOWED_CALLERS. Change it there and start again, or unset it.',
    )
  }
}

/** The proxy of an instance does not lead to WhatsApp. `message` never holds its URL. */
export class ProxyError extends GatewayError {
  override readonly name = 'ProxyError'
  readonly code = 'proxy-not-reachable'
  override readonly statusCode = 400
}

/** The instance has no open connection, and what was asked needs one. Nothing happened. */
export class NotConnectedError extends GatewayError {
  override readonly name = 'NotConnectedError'
  readonly code = 'not-connected'
  override readonly statusCode = 400
}

/** WhatsApp said no to what was asked of it. `message` names its code. Asking again gets the same answer. */
export class WhatsappRefusedError extends GatewayError {
  override readonly name = 'WhatsappRefusedError'
  readonly code = 'whatsapp-refused'
  override readonly statusCode = 400
  /** WhatsApp's code, where it gave one. */
  readonly refusal: number | undefined

  constructor(message: string, options: ErrorOptions & { readonly refusal?: number } = {}) {
    super(message, options)
    this.refusal = options.refusal
  }
}

/** WhatsApp did not answer in time. What was asked may have happened; asking again is safe. */
export class WhatsappSilentError extends GatewayError {
  override readonly name = 'WhatsappSilentError'
  readonly code = 'whatsapp-silent'
  override readonly statusCode = 503
}

/** The instance is paired already, so there is nothing to pair. */
export class AlreadyConnectedError extends GatewayError {
  override readonly name = 'AlreadyConnectedError'
  readonly code = 'already-connected'
  override readonly statusCode = 409
}

/** WhatsApp waits for this number's passkey, so there is neither QR nor pairing code. */
export class PasskeyNeededError extends GatewayError {
  override readonly name = 'PasskeyNeededError'
  readonly code = 'passkey-needed'
  override readonly statusCode = 409
  readonly step: PasskeyStep

  constructor(step: PasskeyStep) {
    super('WhatsApp asks for the passkey of this number before it links the device.')
    this.step = step
  }
}

/**
 * A passkey's answer was not accepted. `message` says what is wrong with it, and quotes nothing of it. Nothing was
 * sent to WhatsApp; another answer may be good.
 */
export class PasskeyAnswerError extends GatewayError {
  override readonly name = 'PasskeyAnswerError'
  readonly code = 'passkey-answer-refused'
  override readonly statusCode = 400
  /** The same in both languages, where a person can mend it. */
  readonly explanation: Explanation | undefined

  constructor(message: string, explanation?: Explanation) {
    super(message)
    this.explanation = explanation
  }
}

/** The linking does not stand at the step that this belongs to. Nothing happened. */
export class PasskeyStepError extends GatewayError {
  override readonly name = 'PasskeyStepError'
  readonly code = 'passkey-step'
  override readonly statusCode = 409
}

/**
 * A session of another gateway cannot be taken over. `message` names what is missing or in the way, and the cure.
 * Nothing was changed; the same files may be good once that is done.
 */
export class ImportRefusedError extends GatewayError {
  override readonly name = 'ImportRefusedError'
  readonly code = 'import-refused'
  override readonly statusCode = 409
  /** The same in both languages. */
  readonly explanation: Explanation

  constructor(problem: ImportProblem, options: ErrorOptions = {}) {
    const explanation = explainImport(problem)
    super(`${explanation.cause.en} ${explanation.cure.en}`, options)
    this.explanation = explanation
  }
}

/** The files of another gateway hold several sessions, and none was named. Nothing was changed; name one. */
export class ImportChoiceError extends GatewayError {
  override readonly name = 'ImportChoiceError'
  readonly code = 'import-choice'
  override readonly statusCode = 409
  readonly devices: readonly ImportDevice[]

  constructor(devices: readonly ImportDevice[]) {
    super('These files hold several sessions. Name the one to take over.')
    this.devices = devices
  }
}

/** There is no QR or pairing code. A later try may work, unless `disconnection` says that a person has to act first. */
export class PairingError extends GatewayError {
  override readonly name = 'PairingError'
  readonly code = 'pairing-failed'
  override readonly statusCode = 503
  readonly disconnection: Disconnection | undefined

  constructor(
    message: string,
    options: ErrorOptions & { readonly disconnection?: Disconnection } = {},
  ) {
    super(message, options)
    this.disconnection = options.disconnection
  }
}

/** An image cannot be sent as it is. `message` names the cause and never holds the URL's query. */
export class MediaError extends GatewayError {
  override readonly name = 'MediaError'
  readonly code = 'media-failed'
  override readonly statusCode = 400
  /** Whether a later try may work: the host was away, say, and the image is not to blame. */
  readonly retryable: boolean

  constructor(message: string, options: ErrorOptions & { readonly retryable?: boolean } = {}) {
    super(message, options)
    this.retryable = options.retryable ?? false
  }
}

/** A URL leads to an address that users may not make us call. */
export class ForbiddenUrlError extends GatewayError {
  override readonly name = 'ForbiddenUrlError'
  readonly code = 'forbidden-url'
  override readonly statusCode = 400
}

/**
 * The database does not answer, or has no room. Whether the last commit was made
 * is open; with an idempotency key, trying again is safe.
 */
export class StoreUnavailableError extends GatewayError {
  override readonly name = 'StoreUnavailableError'
  readonly code = 'store-unavailable'
  override readonly statusCode = 503
  override readonly retryAfterSeconds = 5

  constructor(options?: ErrorOptions) {
    super(
      'The database does not answer or has no room. Send this again in a few seconds, with the same Idempotency-Key; "recado doctor" tells the operator what is wrong.',
      options,
    )
  }
}

/**
 * Another node runs this instance by now, or may. Nothing was written; the row is as it was. The new
 * owner does what is left to do, so trying again here does not help.
 */
export class LeaseLostError extends GatewayError {
  override readonly name = 'LeaseLostError'
  readonly code = 'lease-lost'
  override readonly statusCode = 503
  override readonly retryAfterSeconds = 5

  constructor(options?: ErrorOptions) {
    super(
      'Another node of this gateway takes over the instance. Send this again in a few seconds.',
      options,
    )
  }
}

/** The configuration contradicts itself or is incomplete. The start stops; the message says what to change. */
export class ConfigError extends GatewayError {
  override readonly name = 'ConfigError'
  readonly code = 'bad-configuration'
}

/** The files of the data directory cannot be used. Nothing was changed. The start stops; the message is one line with the cure. */
export class StoreFileError extends GatewayError {
  override readonly name = 'StoreFileError'
  readonly code = 'store-file'
  readonly problem: string
  readonly cure: string

  constructor(problem: string, cure: string) {
    super(`${problem}: ${cure}`)
    this.problem = problem
    this.cure = cure
  }
}

/** The stored data cannot be opened with this master key. Nothing was changed. */
export class MasterKeyError extends GatewayError {
  override readonly name = 'MasterKeyError'
  readonly code = 'wrong-master-key'
}

/** WhatsApp does not have this file of an incoming message any more. Trying again does not help. */
export class MediaGoneError extends GatewayError {
  override readonly name = 'MediaGoneError'
  readonly code = 'media-gone'
  override readonly statusCode = 410
}

/** A file of an incoming message could not be had. Trying again is safe. */
export class MediaUnavailableError extends GatewayError {
  override readonly name = 'MediaUnavailableError'
  readonly code = 'media-unavailable'
  override readonly statusCode = 502
}

function secondsIn(ms: number): number {
  return Math.ceil(ms / 1_000)
}
