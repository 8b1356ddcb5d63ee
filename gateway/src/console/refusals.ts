/** What a page hears when a rule says no: errors as status and text. */

import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import {
  GatewayError,
  ImportRefusedError,
  PairingError,
  PasskeyAnswerError,
} from '../domain/errors.js'
import type { Role } from '../domain/role.js'
import { type Explanation, explain } from '../domain/disconnection-texts.js'

/** The page asked for something that is not possible. The message is for the person before it. */
export class RefusedError extends GatewayError {
  override readonly name = 'RefusedError'
  readonly code = 'console-refused'
  override readonly statusCode: number
  /** Set where waiting helps. */
  override readonly retryAfterSeconds: number | undefined

  constructor(
    statusCode: 400 | 401 | 403 | 404 | 409 | 429 | 503,
    text: string,
    retryAfterSeconds?: number,
  ) {
    super(text)
    this.statusCode = statusCode
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** What the person's role does not allow. */
export class RoleRefusedError extends RefusedError {
  readonly explanation: Explanation

  constructor(role: Role, least: Role) {
    super(403, `This needs the role ${least}. Your role is ${role}.`)
    const { en, pt } = roleNames
    this.explanation = {
      cause: {
        en: `This needs the role ${en[least]}. Your role is ${en[role]}.`,
        pt: `Isso precisa do papel ${pt[least]}. O seu papel é ${pt[role]}.`,
      },
      cure: {
        en: 'An administrator can give you another one.',
        pt: 'Um administrador pode dar a você outro papel.',
      },
    }
  }
}

const roleNames = {
  en: { viewer: 'viewer', operator: 'operator', administrator: 'administrator' },
  pt: { viewer: 'leitor', operator: 'operador', administrator: 'administrador' },
} as const

export function heldUp(retryAfterSeconds: number): RefusedError {
  return new RefusedError(
    429,
    `Too many tries. The next one is possible in ${retryAfterSeconds} seconds.`,
    retryAfterSeconds,
  )
}

/** The error handler of the console. Rethrows what the server itself has to answer. */
export function answerConsoleError(
  error: FastifyError,
  _request: FastifyRequest,
  reply: FastifyReply,
): void {
  const explanation = explanationOf(error)
  if (explanation === undefined) throw error
  // The page says it in the language of the person.
  reply.code(error.statusCode ?? 500).send({ error: error.message, explanation })
}

function explanationOf(error: FastifyError): Explanation | undefined {
  if (
    error instanceof PasskeyAnswerError ||
    error instanceof ImportRefusedError ||
    error instanceof RoleRefusedError
  )
    return error.explanation
  const disconnection = error instanceof PairingError ? error.disconnection : undefined
  return disconnection && explain(disconnection)
}
