/**
 * The one form of every answer that is not a success: `{"error": "<text>"}`.
 */

import type { FastifyError, FastifyReply } from 'fastify'
import { GatewayError } from '../domain/errors.js'
import { BodyRefusedError } from './body-refused.js'

export function replyWithError(reply: FastifyReply, statusCode: number, error: string): void {
  // Fastify wants to hang up after a body that it did not take. A client that is
  // still sending would then lose the answer; Node reads the rest and drops it.
  if (reply.server.server.listening) reply.removeHeader('connection')
  reply.code(statusCode).send({ error })
}

/** An error that is the answer to a call. */
export type Refusal = GatewayError & { readonly statusCode: number }

export function isRefusal(error: unknown): error is Refusal {
  return error instanceof GatewayError && error.statusCode !== undefined
}

/** `text` in place of the error's message. */
export function replyWithRefusal(reply: FastifyReply, error: Refusal, text = error.message): void {
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', error.retryAfterSeconds)
  replyWithError(reply, error.statusCode, text)
}

/**
 * The status and text for what the server itself refuses: body too large, not
 * JSON, wrong content type, an attribute that does not fit its schema.
 * Undefined for any other error.
 */
export function explainHttpError(
  error: FastifyError,
): { readonly statusCode: number; readonly text: string } | undefined {
  const [problem] = error.validation ?? []
  if (problem !== undefined) return { statusCode: 400, text: explainProblem(problem) }
  if (error instanceof BodyRefusedError)
    return { statusCode: error.statusCode, text: error.message }
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return { statusCode: 415, text: 'Unsupported Content-Type: send application/json' }
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return { statusCode: 400, text: 'Request body is not valid JSON' }
    case 'FST_ERR_BAD_URL':
      return { statusCode: 400, text: 'The URL is not valid' }
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return { statusCode: 414, text: 'A part of the URL is too long' }
    // The client hung up in the middle of its body: no client reads this answer.
    case 'ECONNRESET':
      return { statusCode: 400, text: 'Request body is incomplete' }
    default:
      return isClientError(error.statusCode)
        ? { statusCode: error.statusCode, text: 'Bad request' }
        : undefined
  }
}

function isClientError(statusCode: number | undefined): statusCode is number {
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500
}

/** Ajv's finding as a sentence that names the attribute. */
function explainProblem({
  instancePath,
  keyword,
  params,
  message = 'is not valid',
}: NonNullable<FastifyError['validation']>[number]): string {
  const path = instancePath.slice(1).replaceAll('/', '.')
  const field = path || 'body'
  switch (keyword) {
    case 'required':
      return `${path === '' ? '' : `${path}.`}${String(params['missingProperty'])} is required`
    case 'maxLength':
      return `${field} must be at most ${String(params['limit'])} characters`
    case 'minLength':
      return `${field} must not be empty`
    case 'minimum':
      return `${field} must be at least ${String(params['limit'])}`
    case 'maximum':
      return `${field} must be at most ${String(params['limit'])}`
    case 'minItems':
      return `${field} must have at least ${itemsOf(params['limit'])}`
    case 'maxItems':
      return `${field} must have at most ${itemsOf(params['limit'])}`
    case 'enum':
      return `${field} must be one of ${[params['allowedValues']].flat().join(', ')}`
    case 'type':
      return `${field} must be of type ${[params['type']].flat().join(' or ').replaceAll(',', ' or ')}`
    default:
      return `${field} ${message}`
  }
}

function itemsOf(limit: unknown): string {
  return limit === 1 ? '1 item' : `${String(limit)} items`
}
