/**
 * Speaks WhatsApp with Baileys: makes one connection after the other for each
 * instance, and keeps what outlives a single connection.
 */

import type { Engine, EngineConnection, EventListener } from '../domain/engine.js'
import type { MediaReference } from '../domain/incoming-content.js'
import type { InstanceId } from '../domain/instance.js'
import type { Clock } from '../runtime/clock.js'
import type { Log } from '../runtime/telemetry.js'
import { type CredentialPort, StoredAuthState } from './keys/auth-state.js'
import { BaileysConnection } from './connection/connection.js'
import { PairingMemories } from './connection/pairing-memory.js'
import type { LabelPort } from './receive/hear-labels.js'
import type { DirectoryPort } from './receive/directory-port.js'
import type { KeptMessagePort } from './receive/kept-message-port.js'
import { UntoldMessages } from './baileys-patches/untold-messages.js'
import { openNetwork } from './connection/network.js'
import type { NetworkChoice } from './connection/network-choice.js'
import type { ButtonShape } from './content/biz.js'
import { type ProxyDirectory, proxyAgentOf, proxyWayOf, tryProxy } from './connection/proxied.js'
import { downloadRoute } from './media/download-route.js'
import { MediaDownload } from './media/media-download.js'
import { type MexDocuments, mexDocuments } from './account/mex-operations.js'
import { keepSignalQuiet } from './baileys-patches/quiet-signal.js'
import { RatchetDoubts } from './keys/ratchet-doubts.js'
import type { ResendPort } from './send/resend-copy.js'
import type { Addressing, PeoplePort, RegistrationPort } from './send/resolve.js'
import type { AnswerSecretPort } from './receive/message-secret.js'

export interface BaileysEngineOptions {
  readonly credentials: CredentialPort
  readonly registrations: RegistrationPort
  readonly people: PeoplePort
  readonly answerSecrets: AnswerSecretPort
  readonly resends: ResendPort
  readonly keptMessages: KeptMessagePort
  readonly labels: LabelPort
  readonly told: DirectoryPort
  /** Whether a new device asks for all of the history; the phone sends that of the last months otherwise. */
  readonly wantsAllHistory?: boolean | undefined
  readonly clock: Clock
  readonly log: Log
  readonly network: NetworkChoice
  readonly buttonShape: ButtonShape
  readonly addressing?: Addressing | undefined
  /** Newer ids of WhatsApp's GraphQL documents, by the name of the operation. */
  readonly mexIds?: ReadonlyMap<string, string> | undefined
  /** Whether this process may act for the instance; looked at before each write to a socket. */
  readonly mayWrite: (instanceId: InstanceId) => boolean
  /** All connections are direct unless given. */
  readonly proxies?: ProxyDirectory | undefined
}

export class BaileysEngine implements Engine {
  readonly #options: BaileysEngineOptions
  readonly #url: string
  readonly #memories: PairingMemories
  readonly #mexDocuments: MexDocuments

  /** @throws ConfigError when the network choice contradicts itself, or an id is that of no operation */
  constructor(options: BaileysEngineOptions) {
    keepSignalQuiet()
    this.#options = options
    this.#mexDocuments = mexDocuments(options.mexIds)
    this.#memories = new PairingMemories(options.clock)
    this.#url = openNetwork(options.network, options.log).url
  }

  async connect(instanceId: InstanceId, listen: EventListener): Promise<EngineConnection> {
    const {
      answerSecrets,
      credentials,
      registrations,
      people,
      resends,
      keptMessages,
      labels,
      clock,
      log,
    } = this.#options
    const auth = await StoredAuthState.open(credentials, instanceId, log)
    return new BaileysConnection({
      instanceId,
      auth,
      doubts: await RatchetDoubts.load(auth),
      untold: await UntoldMessages.load(auth, clock),
      memory: this.#memories.of(instanceId, auth.identity),
      forgetPairing: () => this.forget(instanceId),
      registrations,
      people,
      answerSecrets,
      resends,
      keptMessages,
      labels,
      told: this.#options.told,
      wantsAllHistory: this.#options.wantsAllHistory ?? false,
      clock,
      log,
      listen,
      url: this.#url,
      mayWrite: () => this.#options.mayWrite(instanceId),
      agent: await proxyAgentOf(instanceId, this.#options.proxies, log),
      buttonShape: this.#options.buttonShape,
      addressing: this.#options.addressing ?? 'lid',
      mexDocuments: this.#mexDocuments,
    })
  }

  async forget(instanceId: InstanceId): Promise<void> {
    this.#memories.forget(instanceId)
    await this.#options.credentials.forget(instanceId)
  }

  /** See `MediaSource` of the media module. Needs no connection, and goes by the proxy that the instance has now. */
  async openFile(
    instanceId: InstanceId,
    reference: MediaReference,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array>> {
    const whatsappUrl = this.#url
    const agent = await proxyWayOf(instanceId, this.#options.proxies)
    const route = downloadRoute({ whatsappUrl, agent, mediaHost: undefined })
    return new MediaDownload({ whatsappUrl, route }).open(reference, signal)
  }

  /** Throws `ProxyError` or `ForbiddenUrlError` unless WhatsApp can be reached through this proxy. */
  async tryProxy(proxyUrl: string): Promise<void> {
    const { isAllowedAddress = () => false } = this.#options.proxies ?? {}
    await tryProxy(proxyUrl, this.#url, isAllowedAddress)
  }
}
