/** How the control API behaves whatever the route: errors as JSON, 405 with `Allow`, loopback names only, own pages only. */

import type { FastifyError, FastifyInstance, HTTPMethods } from 'fastify'
import { InvalidFaultError } from './faults.js'
import { ActRefusedError, PairingRefusedError } from './model.js'

/** An answer other than 200 that a handler has decided on. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
  readonly code = 'control'
  readonly statusCode: 400 | 404 | 409 | 503

  constructor(statusCode: 400 | 404 | 409 | 503, message: string) {
    super(message)
    this.statusCode = statusCode
  }
}

const loopbackNames: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]'])
const methods: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

export function refuseForeignHosts(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (loopbackNames.has(request.hostname)) return undefined
    return reply.code(403).send({ error: 'Host must be 127.0.0.1 or localhost' })
  })
}

/** A page of another site may load what it likes here, but change nothing. Programs send no `Origin`. */
export function refuseForeignPages(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers
    if (request.method === 'GET' || origin === undefined) return undefined
    if (origin === `http://${request.host}`) return undefined
    return reply.code(403).send({ error: 'Origin must be this address' })
  })
}

/** Adds the routes, then answers every other method on their paths. */
export function refuseOtherMethods(
  app: FastifyInstance,
  addRoutes: (app: FastifyInstance) => void,
): void {
  const allowed = new Map<string, HTTPMethods[]>()
  let ours = true
  app.addHook('onRoute', ({ url, method }) => {
    if (ours) allowed.set(url, [...(allowed.get(url) ?? []), method].flat())
  })
  addRoutes(app)
  ours = false
  for (const [url, known] of allowed) {
    const others = methods.filter((method) => !known.includes(method))
    app.route({
      url,
      method: others,
      // Before the body is read: its type and length do not matter any more.
      onRequest: async (_request, reply) =>
        reply.code(405).header('allow', known.join(', ')).send({ error: 'method not allowed' }),
      handler: () => undefined,
    })
  }
}

export function answerErrors(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'no such path' }))
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    const statusCode = statusOf(error)
    const message = error.validation ? fieldProblem(error) : error.message
    const isOurs = statusCode < 500 || error instanceof ControlError
    return reply.code(statusCode).send({ error: isOurs ? message : 'internal error' })
  })
}

function statusOf(error: FastifyError): number {
  if (error instanceof PairingRefusedError || error instanceof ActRefusedError) return 409
  if (error instanceof InvalidFaultError) return 400
  return error.statusCode ?? 500
}

/** `members/0 must match pattern …`, `phone is required`, `nmae is not known`. */
function fieldProblem({ validation, validationContext }: FastifyError): string {
  const [first] = validation ?? []
  if (first === undefined) return 'the request is wrong'
  const path = first.instancePath.slice(1)
  const at = (name: unknown): string => [path, name].filter(Boolean).join('/')
  switch (first.keyword) {
    case 'required':
      return `${at(first.params['missingProperty'])} is required`
    case 'additionalProperties':
      return `${at(first.params['additionalProperty'])} is not known`
    case 'enum':
      return `${path} must be one of ${String(first.params['allowedValues'])}`
    default:
      return `${path || (validationContext ?? 'the request')} ${first.message ?? 'is wrong'}`
  }
}
