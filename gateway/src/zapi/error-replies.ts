/** What Z-API's callers hear when a rule says no: errors of the domain as status and text. */

import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import {
  AlreadyConnectedError,
  DiskNearlyFullError,
  ForbiddenUrlError,
  GatewayError,
  IdempotencyKeyReusedError,
  InstanceTakenError,
  MediaError,
  NotConnectedError,
  OutboxFullError,
  PairingError,
  PasskeyNeededError,
  PasskeyStepError,
  ProxyError,
  RequestInFlightError,
  RestrictedError,
  TooManyCodesError,
  WaitingBytesError,
  WhatsappRefusedError,
  WhatsappSilentError,
} from '../domain/errors.js'
import { replyWithError } from '../http/error-reply.js'
import { neededAnswer } from './pairing/passkey-state.js'

/** The request can not be understood. `message` names the attribute and never quotes its value. */
export class InvalidRequestError extends GatewayError {
  override readonly name = 'InvalidRequestError'
  readonly code = 'invalid-request'
}

/** Z-API has it and Recado has not built it yet. Nothing was done; a retry gets the same answer. */
export class NotBuiltError extends GatewayError {
  override readonly name = 'NotBuiltError'
  readonly code = 'not-built'
}

/** What was to be deleted is not only in the queue any more. Nothing was changed. */
export class TooLateToDeleteError extends GatewayError {
  override readonly name = 'TooLateToDeleteError'
  readonly code = 'too-late-to-delete'
}

/** This instance has no message with this id. */
export class MessageNotFoundError extends GatewayError {
  override readonly name = 'MessageNotFoundError'
  readonly code = 'message-not-found'
}

/** This instance is owed no callback with this id. */
export class UnknownCallbackError extends GatewayError {
  override readonly name = 'UnknownCallbackError'
  readonly code = 'unknown-callback'
}

/** Only a callback that was given up can be sent again. Nothing was changed. */
export class NotDeadError extends GatewayError {
  override readonly name = 'NotDeadError'
  readonly code = 'not-dead'
}

interface ErrorReply {
  readonly statusCode: number
  readonly error: string
}

/** Undefined for what is not a matter of rules: the server answers that. */
function errorReply(error: unknown): ErrorReply | undefined {
  if (error instanceof NotBuiltError) return { statusCode: 501, error: error.message }
  if (error instanceof InvalidRequestError) return { statusCode: 400, error: error.message }
  if (error instanceof UnknownCallbackError) return { statusCode: 404, error: error.message }
  if (error instanceof InstanceTakenError) return { statusCode: 409, error: error.message }
  if (error instanceof NotDeadError) return { statusCode: 409, error: error.message }
  if (error instanceof OutboxFullError) return { statusCode: 400, error: 'queue limit reached' }
  if (error instanceof MessageNotFoundError) return { statusCode: 404, error: error.message }
  if (error instanceof TooLateToDeleteError) return { statusCode: 409, error: error.message }
  if (error instanceof NotConnectedError)
    return { statusCode: 400, error: 'You are not connected.' }
  if (error instanceof ForbiddenUrlError || error instanceof MediaError)
    return { statusCode: 400, error: error.message }
  if (error instanceof PasskeyStepError) return { statusCode: 409, error: error.message }
  if (error instanceof WhatsappRefusedError) return { statusCode: 400, error: error.message }
  if (error instanceof RequestInFlightError) return { statusCode: 409, error: error.message }
  if (error instanceof RestrictedError) return { statusCode: 403, error: error.message }
  if (error instanceof TooManyCodesError || error instanceof WaitingBytesError)
    return { statusCode: 429, error: error.message }
  if (error instanceof DiskNearlyFullError) return { statusCode: 503, error: error.message }
  if (error instanceof IdempotencyKeyReusedError) return { statusCode: 422, error: error.message }
  // Z-API documents no 5xx, and clients retry on it: a later try may work here.
  if (error instanceof PairingError || error instanceof WhatsappSilentError)
    return { statusCode: 503, error: error.message }
  return undefined
}

/** The error handler of the dialect. Rethrows what the server itself has to answer. */
export function answerZapiError(
  error: FastifyError,
  _request: FastifyRequest,
  reply: FastifyReply,
): void {
  if (error instanceof AlreadyConnectedError) {
    reply.code(200).send({ connected: true })
    return
  }
  if (error instanceof ProxyError) {
    // Documented as a JSON text and not as an object.
    reply.code(400).type('application/json').send(JSON.stringify(error.message))
    return
  }
  if (error instanceof PasskeyNeededError) {
    reply.code(200).send(neededAnswer(error.step))
    return
  }
  const answer = errorReply(error)
  if (answer === undefined) throw error
  if (
    error instanceof TooManyCodesError ||
    error instanceof RestrictedError ||
    error instanceof WaitingBytesError ||
    error instanceof DiskNearlyFullError
  )
    reply.header('retry-after', error.retryAfterSeconds)
  replyWithError(reply, answer.statusCode, answer.error)
}
