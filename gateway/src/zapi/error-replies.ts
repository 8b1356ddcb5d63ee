/** How errors of the domain are answered in Z-API's dialect. */

import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import {
  AlreadyConnectedError,
  GatewayError,
  NotConnectedError,
  OutboxFullError,
  PasskeyNeededError,
  ProxyError,
} from '../domain/errors.js'
import { replyWithRefusal } from '../http/error-reply.js'
import { neededAnswer } from './pairing/passkey-state.js'

/** The request cannot be understood. `message` names the attribute and never quotes its value. */
export class InvalidRequestError extends GatewayError {
  override readonly name = 'InvalidRequestError'
  readonly code = 'invalid-request'
  override readonly statusCode = 400
}

/** Z-API has it and Recado has not built it yet. Nothing was done; a retry gets the same answer. */
export class NotBuiltError extends GatewayError {
  override readonly name = 'NotBuiltError'
  readonly code = 'not-built'
  override readonly statusCode = 501
}

/** It was asked of a pool, and belongs to one number. Nothing was done; a retry gets the same answer. */
export class NeedsOneNumberError extends GatewayError {
  override readonly name = 'NeedsOneNumberError'
  readonly code = 'needs-one-number'
  override readonly statusCode = 501

  constructor() {
    super(
      'Not supported by a pool: this call needs one number. Call it on a member of the pool; callbacks name it as instanceId.',
    )
  }
}

/** WhatsApp gives a linked device no way to do it. Nothing was done; a retry gets the same answer. */
export class CannotError extends GatewayError {
  override readonly name = 'CannotError'
  readonly code = 'cannot'
  override readonly statusCode = 400

  /** Full sentences: why not, and what to use instead. */
  constructor(reason: string) {
    super(`Cannot be done: ${reason}`)
  }
}

/** What was to be deleted is not only in the queue any more. Nothing was changed. */
export class TooLateToDeleteError extends GatewayError {
  override readonly name = 'TooLateToDeleteError'
  readonly code = 'too-late-to-delete'
  override readonly statusCode = 409
}

/** This instance has no message with this id. */
export class MessageNotFoundError extends GatewayError {
  override readonly name = 'MessageNotFoundError'
  readonly code = 'message-not-found'
  override readonly statusCode = 404
}

/** This instance knows no such chat. */
export class ChatNotFoundError extends GatewayError {
  override readonly name = 'ChatNotFoundError'
  readonly code = 'chat-not-found'
  override readonly statusCode = 404
}

/** This instance has no broadcast list with this id. */
export class UnknownListError extends GatewayError {
  override readonly name = 'UnknownListError'
  readonly code = 'unknown-list'
  override readonly statusCode = 404
}

/** This instance is owed no callback with this id. */
export class UnknownCallbackError extends GatewayError {
  override readonly name = 'UnknownCallbackError'
  readonly code = 'unknown-callback'
  override readonly statusCode = 404
}

/** Only a failed callback can be sent again. Nothing was changed. */
export class NotDeadError extends GatewayError {
  override readonly name = 'NotDeadError'
  readonly code = 'not-dead'
  override readonly statusCode = 409
}

/** The error handler of the dialect. Rethrows what Z-API has no text of its own for: the server answers that. */
export function answerZapiError(
  error: FastifyError,
  _request: FastifyRequest,
  reply: FastifyReply,
): void {
  if (error instanceof AlreadyConnectedError) reply.code(200).send({ connected: true })
  else if (error instanceof PasskeyNeededError) reply.code(200).send(neededAnswer(error.step))
  else if (error instanceof ProxyError)
    // Documented as a JSON text and not as an object.
    reply.code(error.statusCode).type('application/json').send(JSON.stringify(error.message))
  else if (error instanceof OutboxFullError) replyWithRefusal(reply, error, 'queue limit reached')
  else if (error instanceof NotConnectedError)
    replyWithRefusal(reply, error, 'You are not connected.')
  else throw error
}
