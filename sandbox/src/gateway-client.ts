/** The few HTTP calls that a sandbox needs, made as any integrator makes them. */

import { Recado } from '../../packages/client/src/index.js'

export interface SandboxInstance {
  readonly id: string
  readonly token: string
}

const poolsPath = '/instances/integrator/pools'

export class GatewayClient {
  readonly #url: string
  readonly #clientToken: string
  readonly #partnerToken: string

  constructor(url: string, clientToken: string, partnerToken: string) {
    this.#url = url
    this.#clientToken = clientToken
    this.#partnerToken = partnerToken
  }

  async createInstance(name: string): Promise<SandboxInstance> {
    return this.#call('POST', '/instances/integrator/on-demand', {
      name,
    }) as Promise<SandboxInstance>
  }

  /** A pool with these members, each of the same weight. */
  async createPool(name: string, members: readonly SandboxInstance[]): Promise<SandboxInstance> {
    const pool = (await this.#call('POST', poolsPath, { name })) as SandboxInstance
    for (const member of members) await this.addMember(pool, member)
    return pool
  }

  async addMember(pool: SandboxInstance, { id }: SandboxInstance): Promise<void> {
    await this.#call('PUT', `${poolsPath}/${pool.id}/members/${id}`, { weight: 1 })
  }

  async removeMember(pool: SandboxInstance, { id }: SandboxInstance): Promise<void> {
    await this.#call('DELETE', `${poolsPath}/${pool.id}/members/${id}`)
  }

  /** The instance of that name, if an earlier run has left one. */
  async findInstance(name: string): Promise<SandboxInstance | undefined> {
    const page = (await this.#call('GET', `/instances?query=${encodeURIComponent(name)}`)) as {
      content: (SandboxInstance & { name: string })[]
    }
    return page.content.find((instance) => instance.name === name)
  }

  /** Undefined while the instance has credentials, whether they are any good or not. */
  async qrText(instance: SandboxInstance): Promise<string | undefined> {
    const answer = await this.recado(instance).getQrCode()
    return 'value' in answer ? answer.value : undefined
  }

  async isConnected(instance: SandboxInstance): Promise<boolean> {
    return (await this.recado(instance).getStatus()).connected
  }

  /** The typed client that callers use. */
  recado({ id, token }: SandboxInstance): Recado {
    return new Recado({ url: this.#url, instance: id, token, clientToken: this.#clientToken })
  }

  /** Calls `/instances/{id}/token/{token}/{action}`. Throws with status and answer unless the answer is 2xx. */
  onInstance(
    instance: SandboxInstance,
    method: string,
    action: string,
    body?: object,
  ): Promise<unknown> {
    return this.#call(method, `/instances/${instance.id}/token/${instance.token}/${action}`, body)
  }

  async #call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(this.#url + path, {
      method,
      headers: {
        'client-token': this.#clientToken,
        authorization: `Bearer ${this.#partnerToken}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) {
      const action = path.split('/').at(-1)
      throw new Error(`${method} …/${action} answered ${response.status}: ${text}`)
    }
    return text === '' ? undefined : JSON.parse(text)
  }
}
