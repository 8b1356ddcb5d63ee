/**
 * The command line's way to a running gateway: HTTP, as for any other client.
 *
 * The database belongs to the gateway's process alone, so nothing here opens it.
 */

import { GatewayError } from '../domain/errors.js'
import type { Secret } from '../runtime/secret.js'
import type {
  AlertTestEntry,
  RotatedToken,
  AuditedAct,
  InstanceEntry,
  PasskeyStateEntry,
  InstanceStatus,
  ImportAnswer,
  InstancePage,
  CreatedInstance,
  CallbackEntry,
  PoolEntry,
  PoolStatus,
  McpTokenEntry,
  NodeEntry,
} from './gateway-answers.js'

/** A command cannot do what it was asked. `message` says why and what helps. */
export class CommandError extends GatewayError {
  override readonly name = 'CommandError'
  readonly code = 'command-failed'
}

/** The gateway could not do it at this moment. The same call may work a little later. */
export class NotYetError extends GatewayError {
  override readonly name = 'NotYetError'
  readonly code = 'not-yet'
}

export interface GatewayAddress {
  /** Without a slash at the end. */
  readonly url: string
  readonly clientToken: Secret | undefined
  readonly partnerToken: Secret | undefined
  /** Made from the master key; asked for by the operator's commands only. */
  readonly operatorToken?: (() => Promise<string>) | undefined
}

/** Every method throws `CommandError` or `NotYetError`. A later try is safe, but a repeated `createInstance` makes a second one. */
export class GatewayClient {
  readonly #address: GatewayAddress

  constructor(address: GatewayAddress) {
    this.#address = address
  }

  get url(): string {
    return this.#address.url
  }

  /** `id` and `token`: of an instance that moves here; new ones unless given. */
  createInstance(wish: {
    readonly name: string
    readonly id?: string | undefined
    readonly token?: string | undefined
  }): Promise<CreatedInstance> {
    return this.#call('/instances/integrator/on-demand', this.#asPartner(), wish)
  }

  listInstances(query: { readonly page?: number; readonly part?: string }): Promise<InstancePage> {
    const search = new URLSearchParams({ page: String(query.page ?? 1), pageSize: '100' })
    if (query.part !== undefined) search.set('query', query.part)
    return this.#call(`/instances?${search.toString()}`, this.#asPartner())
  }

  createPool(wish: {
    readonly name: string
    readonly id?: string | undefined
    readonly token?: string | undefined
  }): Promise<{ readonly id: string; readonly token: string }> {
    return this.#call(poolPath(), this.#asPartner(), wish)
  }

  async pools(): Promise<readonly PoolEntry[]> {
    const answer = await this.#call<{ readonly pools: readonly PoolEntry[] }>(
      poolPath(),
      this.#asPartner(),
    )
    return answer.pools
  }

  pool(id: string): Promise<PoolStatus> {
    return this.#call(poolPath(id), this.#asPartner())
  }

  async setPoolMember(id: string, memberId: string, weight: number): Promise<void> {
    await this.#call(poolPath(id, 'members', memberId), this.#asPartner(), { weight }, 'PUT')
  }

  async removePoolMember(id: string, memberId: string): Promise<void> {
    const path = poolPath(id, 'members', memberId)
    await this.#call(path, this.#asPartner(), undefined, 'DELETE')
  }

  async deletePool(id: string): Promise<void> {
    await this.#call(poolPath(id), this.#asPartner(), undefined, 'DELETE')
  }

  rotateToken(
    instance: Pick<InstanceEntry, 'id' | 'token'>,
    overlapSeconds: number,
  ): Promise<RotatedToken> {
    return this.#call(`${pathOf(instance)}/integrator/rotate-token`, this.#asPartner(), {
      overlapSeconds,
    })
  }

  setClientTokenRequired(instance: InstanceEntry, value: boolean): Promise<unknown> {
    const path = `${pathOf(instance)}/integrator/client-token-required`
    return this.#call(path, this.#asPartner(), { value }, 'PUT')
  }

  rotateWebhookSecret(
    instance: InstanceEntry,
    overlapSeconds: number,
  ): Promise<{ readonly webhookSecret: string; readonly previousUntil: number | null }> {
    return this.#call(`${pathOf(instance)}/integrator/rotate-webhook-secret`, this.#asPartner(), {
      overlapSeconds,
    })
  }

  callersOf(instance: InstanceEntry): Promise<{ readonly networks: readonly string[] }> {
    return this.#call(`${pathOf(instance)}/integrator/allowed-callers`, this.#asPartner())
  }

  async setCallersOf(instance: InstanceEntry, networks: readonly string[]): Promise<void> {
    const path = `${pathOf(instance)}/integrator/allowed-callers`
    await this.#call(path, this.#asPartner(), { networks }, 'PUT')
  }

  async deleteInstance(instance: InstanceEntry): Promise<void> {
    const path = `${pathOf(instance)}/integrator/on-demand`
    await this.#call(path, this.#asPartner(), undefined, 'DELETE')
  }

  createMcpToken(
    instance: InstanceEntry,
    wish: { readonly name: string; readonly scope: string },
  ): Promise<McpTokenEntry & { readonly token: string }> {
    return this.#call(`${pathOf(instance)}/integrator/mcp-tokens`, this.#asPartner(), wish)
  }

  mcpTokens(instance: InstanceEntry): Promise<{ readonly tokens: readonly McpTokenEntry[] }> {
    return this.#call(`${pathOf(instance)}/integrator/mcp-tokens`, this.#asPartner())
  }

  async revokeMcpToken(instance: InstanceEntry, id: string): Promise<void> {
    const path = `${pathOf(instance)}/integrator/mcp-tokens/${encodeURIComponent(id)}`
    await this.#call(path, this.#asPartner(), undefined, 'DELETE')
  }

  async rotateAccessToken(
    kind: 'client' | 'partner',
    overlapSeconds: number,
  ): Promise<RotatedToken> {
    const path = `/operator/tokens/${kind}/rotate`
    return this.#call(path, await this.#asOperator(), { overlapSeconds })
  }

  async nodes(): Promise<readonly NodeEntry[]> {
    return (await this.operate<{ nodes: NodeEntry[] }>('GET', 'report')).nodes
  }

  async testAlerts(): Promise<readonly AlertTestEntry[]> {
    return (await this.operate<{ results: AlertTestEntry[] }>('POST', 'alerts/test', {})).results
  }

  async callers(): Promise<{ readonly networks: readonly string[] }> {
    return this.#call('/operator/allowed-callers', await this.#asOperator())
  }

  async setCallers(networks: readonly string[]): Promise<void> {
    await this.#call('/operator/allowed-callers', await this.#asOperator(), { networks }, 'PUT')
  }

  /** A call of `/operator/`; its answer is described there. */
  async operate<Answer>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<Answer> {
    return this.#call(`/operator/${path}`, await this.#asOperator(), body, method)
  }

  async resetAdministrators(): Promise<{
    readonly administrators: number
    readonly logins: number
    readonly setupCode: string
  }> {
    return this.#call('/operator/administrators/reset', await this.#asOperator(), {})
  }

  /** `body`: the files, one a line of JSON. Without `apply` it is only looked at. */
  async importSession(
    instanceId: string,
    body: string,
    wish: {
      readonly apply: boolean
      readonly keepSessions: boolean
      readonly device?: string | undefined
    },
  ): Promise<ImportAnswer> {
    const { device, apply, keepSessions } = wish
    const search = new URLSearchParams({
      apply: String(apply),
      keepSessions: String(keepSessions),
      ...(device === undefined ? {} : { device }),
    })
    const path = `/operator/instances/${encodeURIComponent(instanceId)}/import?${search.toString()}`
    return this.#request(path, {
      method: 'POST',
      headers: { ...(await this.#asOperator()), 'content-type': 'application/x-ndjson' },
      body,
    })
  }

  async audit(query: {
    readonly instanceId?: string | undefined
    readonly since?: string | undefined
    readonly before?: string | undefined
  }): Promise<{ readonly acts: readonly AuditedAct[]; readonly next: string | null }> {
    const search = new URLSearchParams()
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) search.set(name, value)
    return this.#call(`/operator/audit?${search.toString()}`, await this.#asOperator())
  }

  qrCode(instance: InstanceEntry): Promise<{ readonly value?: string; readonly connected?: true }> {
    return this.#call(`${pathOf(instance)}/qr-code`, this.#asClient())
  }

  phoneCode(
    instance: InstanceEntry,
    phone: string,
  ): Promise<{ readonly value?: string; readonly connected?: true }> {
    const path = `${pathOf(instance)}/phone-code/${encodeURIComponent(phone)}`
    return this.#call(path, this.#asClient())
  }

  /** Where WhatsApp's passkey step stands. */
  passkey(instance: InstanceEntry): Promise<PasskeyStateEntry> {
    return this.#call(`${pathOf(instance)}/passkey`, this.#asClient())
  }

  passkeyLink(instance: InstanceEntry): Promise<{ readonly url: string }> {
    return this.#call(`${pathOf(instance)}/passkey-link`, this.#asClient(), {})
  }

  comparePasskeyCode(
    instance: InstanceEntry,
    same: boolean,
  ): Promise<{ readonly success: boolean; readonly reason?: string }> {
    return this.#call(`${pathOf(instance)}/passkey-code`, this.#asClient(), { same })
  }

  status(instance: InstanceEntry): Promise<InstanceStatus> {
    return this.#call(`${pathOf(instance)}/status`, this.#asClient())
  }

  /** Opens the connection of an instance that is linked; one that is open stays. Says whether it is open. */
  reconnect(instance: InstanceEntry): Promise<{ readonly value: boolean }> {
    return this.#call(`${pathOf(instance)}/restore-session`, this.#asClient())
  }

  /** The same, but a connection that is open is closed first. */
  restart(instance: InstanceEntry): Promise<{ readonly value: boolean }> {
    return this.#call(`${pathOf(instance)}/restart`, this.#asClient())
  }

  /** Unlinks the phone and forgets the credentials. */
  async disconnect(instance: InstanceEntry): Promise<void> {
    await this.#call(`${pathOf(instance)}/disconnect`, this.#asClient())
  }

  callbacks(
    instance: InstanceEntry,
    query: { readonly since?: string | undefined; readonly after?: string | undefined },
  ): Promise<{ readonly callbacks: readonly CallbackEntry[]; readonly next: string | null }> {
    const search = new URLSearchParams()
    if (query.since !== undefined) search.set('since', query.since)
    if (query.after !== undefined) search.set('after', query.after)
    return this.#call(`${pathOf(instance)}/callbacks?${search.toString()}`, this.#asClient())
  }

  callback(instance: InstanceEntry, id: string, body: string): Promise<CallbackEntry> {
    const path = `${pathOf(instance)}/callbacks/${encodeURIComponent(id)}?body=${body}`
    return this.#call(path, this.#asClient())
  }

  replayCallback(instance: InstanceEntry, id: string): Promise<{ readonly value: true }> {
    const path = `${pathOf(instance)}/callbacks/${encodeURIComponent(id)}/replay`
    return this.#call(path, this.#asClient(), {})
  }

  replayCallbacks(instance: InstanceEntry, since: string): Promise<{ readonly replayed: number }> {
    return this.#call(`${pathOf(instance)}/callbacks/replay`, this.#asClient(), { since })
  }

  #asPartner(): Record<string, string> {
    const token = required(this.#address.partnerToken, 'RECADO_PARTNER_TOKEN')
    return { authorization: `Bearer ${token}` }
  }

  async #asOperator(): Promise<Record<string, string>> {
    return { authorization: `Bearer ${(await this.#address.operatorToken?.()) ?? ''}` }
  }

  #asClient(): Record<string, string> {
    return { 'client-token': required(this.#address.clientToken, 'RECADO_CLIENT_TOKEN') }
  }

  #call<Answer>(
    path: string,
    headers: Record<string, string>,
    body?: object,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE' = body === undefined ? 'GET' : 'POST',
  ): Promise<Answer> {
    if (body === undefined) return this.#request(path, { method, headers })
    const json = { ...headers, 'content-type': 'application/json' }
    return this.#request(path, { method, headers: json, body: JSON.stringify(body) })
  }

  /** The answer is our own gateway's, so its shape is not checked again. */
  async #request<Answer>(path: string, request: RequestInit): Promise<Answer> {
    const { url } = this.#address
    let response: Response
    try {
      response = await fetch(url + path, request)
    } catch (cause) {
      throw new CommandError(
        `No gateway answers at ${url}. Start one with "recado start", or name its address with --url.`,
        { cause },
      )
    }
    const text = await response.text()
    if (response.status === 503) throw new NotYetError(errorIn(text) ?? 'The gateway is not ready.')
    if (!response.ok) throw new CommandError(explain(response.status, text, url, path))
    try {
      return JSON.parse(text)
    } catch (cause) {
      throw new CommandError(`What answers at ${url} is not a Recado gateway.`, { cause })
    }
  }
}

function poolPath(...parts: readonly string[]): string {
  return ['/instances/integrator/pools', ...parts.map(encodeURIComponent)].join('/')
}

function pathOf({ id, token }: Pick<InstanceEntry, 'id' | 'token'>): string {
  return `/instances/${encodeURIComponent(id)}/token/${encodeURIComponent(token)}`
}

function required(token: Secret | undefined, name: string): string {
  if (token !== undefined) return token.reveal()
  throw new CommandError(
    `${name} is not set. Set it to the token that the gateway was started with, or that its first start showed.`,
  )
}

function explain(status: number, text: string, url: string, path: string): string {
  if (status === 401 && path.startsWith('/operator/'))
    return `The gateway at ${url} has another master key: run the command with the settings that the gateway was started with.`
  if (status === 403 && !errorIn(text)?.startsWith('Client-Token'))
    return `The gateway at ${url} refused the call: ${errorIn(text) ?? 'no explanation'}`
  if (status === 401)
    return `The gateway at ${url} does not accept this RECADO_PARTNER_TOKEN. Use the one it was started with, or that its first start showed.`
  if (status === 403)
    return `The gateway at ${url} does not accept this RECADO_CLIENT_TOKEN. Use the one it was started with, or that its first start showed.`
  return `The gateway at ${url} answered ${status}: ${errorIn(text) ?? 'no explanation'}`
}

function errorIn(text: string): string | undefined {
  try {
    const answer: unknown = JSON.parse(text)
    if (typeof answer === 'object' && answer !== null && 'error' in answer)
      return [String(answer.error), ...devicesIn(answer)].join('\n')
  } catch {
    // Not JSON, so nothing in it is meant for us.
  }
  return undefined
}

/** Of an import that has to be told which one: a line each. */
function devicesIn(answer: object): readonly string[] {
  if (!('devices' in answer) || !Array.isArray(answer.devices)) return []
  return answer.devices.map(({ jid, name, platform }) =>
    [`→ --device ${String(jid)}`, name, platform].filter((each) => each !== undefined).join('  '),
  )
}
