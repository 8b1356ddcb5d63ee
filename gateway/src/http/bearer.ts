import type { FastifyRequest } from 'fastify'

/** The token of `Authorization: Bearer`, if there is one. */
export function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer +(\S+) *$/iu.exec(request.headers.authorization ?? '')?.[1]
}
