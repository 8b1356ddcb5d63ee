/**
 * Hands a call on to the node that runs its instance.
 *
 * The whole request goes there as it came, with its tokens, and that node checks and answers it. One
 * header says from which address the caller came; it is signed with a key that is derived from the
 * master key, so only nodes can write it, and a call that carries it is never handed on again.
 */

import { createHmac, timingSafeEqual } from 'node:crypto'
import { type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { PassThrough } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { LeaseLostError } from '../domain/errors.js'
import { type InstanceId, isInstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'

export const nodeHeader = 'x-recado-node'

/** Who answers for an instance. `undefined`: no node at this moment. */
export type Whose =
  | { readonly kind: 'own' }
  | { readonly kind: 'other'; readonly url: string }
  | undefined

/**
 * Answers with what the other node answers, if another one runs the instance: `reply.sent` says so after it.
 * Throws `LeaseLostError` when the other node cannot be reached.
 */
export type HandOn = (
  instanceId: InstanceId,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<unknown>

export interface NodeLinkOptions {
  /** The same on all nodes. */
  readonly key: Uint8Array
  readonly whose: (instanceId: InstanceId) => Promise<Whose>
  readonly now: () => EpochMs
  /** After so many ms without an answer the other node is asked whether it lives. */
  readonly askAfterMs?: number
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Another node handed this call on. */
    isHandedOn: boolean
  }
  interface FastifyContextConfig {
    /** Every node answers this call by itself. */
    anyNode?: boolean
  }
}

/** Longer than any handler waits for WhatsApp. */
const answerMs = 90_000
/** A link may swallow everything. Twice without a sign of life, each after so long, the call is given up. */
const askAfterMs = 3_000
const lifeWithinMs = 2_000
/** So long a signature counts, both ways: clocks differ. */
const countsForMs = 60_000
/** Of one connection alone, or made again for the answer. */
const ofConnection = [
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'expect',
  nodeHeader,
]

export class NodeLink {
  readonly #options: NodeLinkOptions

  constructor(options: NodeLinkOptions) {
    this.#options = options
  }

  /** The address of the caller, if another node handed this call on. */
  callerOf({ method = '', headers }: IncomingMessage, originalUrl: string): string | undefined {
    const given = headers[nodeHeader]
    if (typeof given !== 'string') return undefined
    const [at = '', address = '', mac = ''] = given.split(' ')
    const isFresh = Math.abs(this.#options.now() - Number(at)) < countsForMs
    const wanted = this.#sign(at, address, method, originalUrl)
    const isOurs =
      mac.length === wanted.length && timingSafeEqual(Buffer.from(mac), Buffer.from(wanted))
    return isFresh && isOurs ? address : undefined
  }

  /**
   * Routes that are registered from now on ask it after they have authenticated the caller. Those
   * whose `config` says `anyNode` are answered here: they work on rows alone.
   */
  attachTo(app: FastifyInstance): void {
    app.addHook('onRoute', (route) => {
      if (!route.url.includes('/:instanceId') || route.config?.anyNode === true) return
      const handOn = async (request: FastifyRequest, reply: FastifyReply) => {
        const instanceId = instanceIdIn(request.params)
        return instanceId === undefined ? undefined : this.handOn(instanceId, request, reply)
      }
      route.onRequest = [...[route.onRequest ?? []].flat(), handOn]
    })
  }

  /**
   * Answers with what the other node answers, if another one runs the instance; gives `undefined` if
   * this node is to answer. Throws `LeaseLostError` when the other node cannot be reached.
   */
  async handOn(
    instanceId: InstanceId,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply | undefined> {
    const whose = await this.#options.whose(instanceId)
    if (whose?.kind !== 'other') return undefined
    if (request.isHandedOn) throw new LeaseLostError()
    const answer = await this.#ask(whose.url, request)
    return reply
      .code(answer.statusCode ?? 502)
      .headers(withoutConnection(answer.headers))
      .send(whole(answer))
  }

  #ask(
    url: string,
    { raw, originalUrl, address, method, body }: FastifyRequest,
  ): Promise<IncomingMessage> {
    const at = String(this.#options.now())
    const signed = `${at} ${address} ${this.#sign(at, address, method, originalUrl)}`
    const ask = url.startsWith('https:') ? requestHttps : requestHttp
    return new Promise((resolve, reject) => {
      const fail = (cause: Error): void => reject(new LeaseLostError({ cause }))
      if (!URL.canParse(url)) return fail(new Error('the node has no address yet'))
      const asked = ask(new URL(url), {
        method,
        // As it came: resolved against the address, it could name another host.
        path: originalUrl,
        headers: { ...headersOf(raw, body), [nodeHeader]: signed },
        timeout: answerMs,
      })
      const answered = new AbortController()
      asked.on('response', resolve)
      asked.on('error', fail)
      for (const event of ['response', 'close']) asked.on(event, () => answered.abort())
      void this.#endWhenDead(url, answered.signal, (cause) => asked.destroy(cause))
      asked.on('timeout', () => asked.destroy(new Error('the node gave no answer')))
      raw.on('close', () => {
        if (!raw.complete) asked.destroy()
      })
      if (body === undefined) raw.pipe(asked)
      else asked.end(JSON.stringify(body))
    })
  }

  async #endWhenDead(url: string, signal: AbortSignal, end: (cause: Error) => void): Promise<void> {
    const everyMs = this.#options.askAfterMs ?? askAfterMs
    for (let failures = 0; failures < 2; ) {
      await delay(everyMs, undefined, { signal, ref: false }).catch(() => undefined)
      if (signal.aborted) return
      failures = (await isReachable(url)) ? 0 : failures + 1
    }
    if (!signal.aborted) end(new Error('the node gives no sign of life'))
  }

  #sign(at: string, address: string, method: string, url: string): string {
    const text = JSON.stringify([at, address, method, url])
    return createHmac('sha256', this.#options.key).update(text).digest('hex')
  }
}

/** Whether a gateway answers at this address, which a node of ours gave. */
export async function isReachable(url: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(lifeWithinMs)
    return (await fetch(new URL('/health/live', url), { signal })).ok
  } catch {
    return false
  }
}

/** The link may break after the head of an answer. If no byte was passed on yet, the caller is told to try again. */
function whole(answer: IncomingMessage): PassThrough {
  const passed = new PassThrough()
  answer.on('error', (cause) => passed.destroy(new LeaseLostError({ cause })))
  // The caller is gone: the other node need not go on.
  passed.on('close', () => answer.destroy())
  return answer.pipe(passed)
}

function instanceIdIn(params: unknown): InstanceId | undefined {
  const id: unknown = Reflect.get(Object(params), 'instanceId')
  return typeof id === 'string' && isInstanceId(id) ? id : undefined
}

/** A body that was read already goes as JSON. */
function headersOf({ headers }: IncomingMessage, body: unknown): Record<string, string | string[]> {
  const kept = withoutConnection(headers)
  if (body === undefined) return kept
  for (const name of ['content-length', 'content-encoding']) delete kept[name]
  return { ...kept, 'content-type': 'application/json' }
}

function withoutConnection(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !ofConnection.includes(name)) kept[name] = value
  return kept
}
