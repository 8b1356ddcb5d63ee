/** What a page hears when a rule says no: errors as status and text. */

import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { PasswordsBusyError } from '../administrators/password-hash.js'
import {
  DiskNearlyFullError,
  AlreadyConnectedError,
  ForbiddenUrlError,
  GatewayError,
  MediaError,
  NotConnectedError,
  OutboxFullError,
  PairingError,
  PasskeyAnswerError,
  PasskeyStepError,
  RestrictedError,
  TooManyCodesError,
  WaitingBytesError,
} from '../domain/errors.js'
import { explain } from '../domain/disconnection-texts.js'
import { replyWithError } from '../http/error-reply.js'

/** The page asked for something that is not possible. The message is for the person before it. */
export class RefusedError extends GatewayError {
  override readonly name = 'RefusedError'
  readonly code = 'console-refused'
  readonly statusCode: number
  /** In seconds, where waiting helps. */
  readonly retryAfter: number | undefined

  constructor(
    statusCode: 400 | 401 | 403 | 404 | 409 | 429 | 503,
    text: string,
    retryAfter?: number,
  ) {
    super(text)
    this.statusCode = statusCode
    this.retryAfter = retryAfter
  }
}

export function heldUp(retryAfterSeconds: number): RefusedError {
  return new RefusedError(
    429,
    `Too many tries. The next one is possible in ${retryAfterSeconds} seconds.`,
    retryAfterSeconds,
  )
}

function refusalOf(error: unknown): RefusedError | undefined {
  if (error instanceof RefusedError) return error
  if (error instanceof PasswordsBusyError)
    return new RefusedError(503, 'Many are logging in at this moment. Try again.', 1)
  if (error instanceof TooManyCodesError || error instanceof WaitingBytesError)
    return new RefusedError(429, error.message, error.retryAfterSeconds)
  if (error instanceof DiskNearlyFullError)
    return new RefusedError(503, error.message, error.retryAfterSeconds)
  if (error instanceof RestrictedError)
    return new RefusedError(403, error.message, error.retryAfterSeconds)
  if (error instanceof ForbiddenUrlError || error instanceof MediaError)
    return new RefusedError(400, error.message)
  if (error instanceof PasskeyAnswerError) return new RefusedError(400, error.message)
  if (error instanceof PasskeyStepError || error instanceof AlreadyConnectedError)
    return new RefusedError(409, error.message)
  if (error instanceof NotConnectedError || error instanceof OutboxFullError)
    return new RefusedError(409, error.message)
  if (error instanceof PairingError) return new RefusedError(503, error.message)
  return undefined
}

/** The error handler of the console. Rethrows what the server itself has to answer. */
export function answerConsoleError(
  error: FastifyError,
  _request: FastifyRequest,
  reply: FastifyReply,
): void {
  const refusal = refusalOf(error)
  if (refusal === undefined) throw error
  // The page says it in the language of the person.
  if (error instanceof PairingError && error.disconnection !== undefined) {
    reply.code(503).send({ error: refusal.message, explanation: explain(error.disconnection) })
    return
  }
  if (refusal.retryAfter !== undefined) reply.header('retry-after', refusal.retryAfter)
  replyWithError(reply, refusal.statusCode, refusal.message)
}
