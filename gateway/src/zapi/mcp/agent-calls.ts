/**
 * Makes the calls of agents: the same checks, handlers and audit as for programs, without a way in
 * from the network. The server inside never listens; it takes injected requests alone.
 */

import { AsyncLocalStorage } from 'node:async_hooks'
import type { FastifyInstance } from 'fastify'
import type { Actor } from '../../domain/audit.js'
import type { FileIntake } from '../../http/file-intake.js'
import { createServer } from '../../http/server.js'
import { auditRoutes } from '../../http/audited-routes.js'
import type { Agent } from '../../instances/mcp-tokens.js'
import type { Log } from '../../runtime/telemetry.js'
import type { AuditPort } from '../audited-routes.js'
import { answerZapiError } from '../error-replies.js'
import { type ModuleOptions, modulesOf } from '../modules.js'
import { register } from '../register.js'
import type { ToolRequest } from './tool-input.js'
import { agentCalls } from './tools.js'

export interface AgentCallsOptions extends ModuleOptions {
  readonly log: Log
  readonly audit: AuditPort
  readonly intake: FileIntake
}

/** An MCP client in one request. */
export interface CallingAgent extends Agent {
  readonly address: string
}

export interface AgentAnswer {
  readonly statusCode: number
  /** JSON. */
  readonly body: string
}

export class AgentCalls {
  readonly #app: FastifyInstance
  readonly #agents = new AsyncLocalStorage<CallingAgent>()

  constructor({ log, audit, intake, ...options }: AgentCallsOptions) {
    this.#app = createServer({ log, files: intake })
    this.#app.register(async (app) => {
      app.setErrorHandler(answerZapiError)
      app.addHook('onRequest', async (request) => {
        const { instance, address } = this.#agent()
        request.instance = instance
        request.address = address
      })
      auditRoutes(app, {
        record: (entry) => audit.record(entry),
        entryOf: (request) => ({
          by: this.#actor(),
          instanceId: this.#agent().instance.id,
          detail: request.routeOptions.url?.slice(1),
        }),
        auditOf: () => undefined,
      })
      register(app, agentCalls, modulesOf(options), () => this.#actor())
    })
  }

  async call(
    agent: CallingAgent,
    { method, url, headers, body }: ToolRequest,
  ): Promise<AgentAnswer> {
    // Awaited inside: the request runs where its promise is asked for.
    const { statusCode, body: answer } = await this.#agents.run(agent, async () => {
      const injected = { method, url, headers, ...(body && { payload: body }) }
      return await this.#app.inject(injected)
    })
    return { statusCode, body: answer }
  }

  async close(): Promise<void> {
    await this.#app.close()
  }

  #agent(): CallingAgent {
    const agent = this.#agents.getStore()
    if (agent === undefined) throw new Error('a call of an agent came without its agent')
    return agent
  }

  #actor(): Actor {
    const { token, address } = this.#agent()
    return { role: 'agent', name: token.name, address }
  }
}
