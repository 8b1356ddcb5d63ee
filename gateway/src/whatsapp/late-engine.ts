/** The engine, which is loaded with the first connection. */

import type { Engine, EngineConnection, EventListener } from '../domain/engine.js'
import type { MediaReference } from '../domain/incoming-content.js'
import type { InstanceId } from '../domain/instance.js'
import { mexDocuments } from './account/mex-operations.js'
import type { BaileysEngine, BaileysEngineOptions } from './baileys-engine.js'
import { checkNetwork } from './connection/network-choice.js'
import { loadWhatsapp } from './load.js'

export class LateEngine implements Engine {
  readonly #options: BaileysEngineOptions
  #made: Promise<BaileysEngine> | undefined

  /** @throws ConfigError when the network choice contradicts itself, or an id is that of no operation */
  constructor(options: BaileysEngineOptions) {
    checkNetwork(options.network)
    mexDocuments(options.mexIds)
    this.#options = options
  }

  async connect(instanceId: InstanceId, listen: EventListener): Promise<EngineConnection> {
    return (await this.#engine()).connect(instanceId, listen)
  }

  async forget(instanceId: InstanceId): Promise<void> {
    await (await this.#engine()).forget(instanceId)
  }

  /** As `BaileysEngine.openFile`. */
  async openFile(
    instanceId: InstanceId,
    reference: MediaReference,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array>> {
    return (await this.#engine()).openFile(instanceId, reference, signal)
  }

  /** As `BaileysEngine.tryProxy`. */
  async tryProxy(proxyUrl: string): Promise<void> {
    await (await this.#engine()).tryProxy(proxyUrl)
  }

  #engine(): Promise<BaileysEngine> {
    this.#made ??= loadWhatsapp().then(({ BaileysEngine }) => new BaileysEngine(this.#options))
    return this.#made
  }
}
