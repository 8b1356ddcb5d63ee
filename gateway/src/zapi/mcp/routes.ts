/**
 * `POST /mcp`: the Model Context Protocol for AI agents. A request carries the bearer token of one
 * instance; without a token that was made for it, nothing is answered.
 */

import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { InstanceId } from '../../domain/instance.js'
import { bearerOf } from '../../http/bearer.js'
import { replyWithError } from '../../http/error-reply.js'
import type { Agent, McpTokens } from '../../instances/mcp-tokens.js'
import { type AccessTokenCheck, refuseAddress, refuseByInstance } from '../authenticate.js'
import type { McpServers, McpServersOptions } from './mcp-server.js'

export interface McpRouteOptions extends McpServersOptions {
  readonly tokens: Pick<AccessTokenCheck, 'admits'>
  readonly mcpTokens: McpTokens
  /** Host names, without ports, by which clients call. Browsers that are tricked into others are refused. */
  readonly hosts: () => readonly string[]
  /** Gives the answer of the node that runs the instance, if it is another one. */
  readonly handOn: (
    instanceId: InstanceId,
    request: FastifyRequest,
    reply: FastifyReply,
  ) => Promise<FastifyReply | undefined>
}

/** A text of a message fits; files go by URL. */
const hiddenSchema = { hide: true, 'x-takes': 'text' }

/** A Fastify plugin. What it needs of the protocol is loaded with the first request. */
export function mcpRoute(options: McpRouteOptions): FastifyPluginAsync {
  const { tokens, mcpTokens, hosts, handOn } = options
  const agents = new WeakMap<FastifyRequest, Agent>()
  let loading: Promise<McpServers> | undefined
  const load = async (): Promise<McpServers> => {
    const { McpServers } = await import('./mcp-server.js')
    return new McpServers(options)
  }

  return async (app) => {
    app.addHook('onClose', async () => (await loading)?.close())
    app.route({
      method: 'POST',
      url: '/mcp',
      schema: hiddenSchema,
      onRequest: async (request, reply) => {
        const { headers, address } = request
        if (!hosts().includes(hostOf(headers.host))) return refuseHost(reply)
        if (!tokens.admits(address)) return refuseAddress(request, reply)
        const agent = await mcpTokens.authenticate(bearerOf(request) ?? '')
        if (agent === undefined) return refuseToken(reply)
        agents.set(request, agent)
        request.instance = agent.instance
        const refused = await refuseByInstance(request, reply)
        return refused ?? handOn(agent.instance.id, request, reply)
      },
      handler: async (request, reply) => {
        const agent = agents.get(request)
        if (agent === undefined) throw new Error('the route for MCP was called without its agent')
        const servers = await (loading ??= load())
        const { url, query, address, body } = request
        const asked = new Request(new URL(url, 'http://localhost'), {
          method: 'POST',
          headers: plainHeaders(request),
          signal: goneOf(reply),
        })
        const answer = await servers.answer({ ...agent, address }, asked, body, namesIn(query))
        return reply
          .code(answer.status)
          .headers(Object.fromEntries(answer.headers))
          .send(await answer.text())
      },
    })
  }
}

function refuseHost(reply: FastifyReply): FastifyReply {
  replyWithError(
    reply,
    403,
    'MCP is not served under this host name. Call it by the one in RECADO_PUBLIC_URL, or by localhost.',
  )
  return reply
}

function refuseToken(reply: FastifyReply): FastifyReply {
  reply.header('www-authenticate', 'Bearer')
  replyWithError(
    reply,
    401,
    'Token for MCP missing or not allowed: send Authorization: Bearer <token>. recado mcp-token create makes one.',
  )
  return reply
}

/** Without its port. */
function hostOf(host = ''): string {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : ''
}

/** `/mcp?tools=sendButtonOtp,getMessage`: fewer tools take less of a model's memory. */
function namesIn(query: unknown): readonly string[] | undefined {
  const given: unknown = Reflect.get(Object(query), 'tools')
  return typeof given === 'string' && given !== '' ? given.split(',') : undefined
}

function plainHeaders({ headers }: FastifyRequest): Headers {
  const plain = new Headers()
  for (const [name, value] of Object.entries(headers))
    if (typeof value === 'string' && name !== 'authorization') plain.set(name, value)
  return plain
}

function goneOf(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort(new Error('the caller is gone')))
  return gone.signal
}
