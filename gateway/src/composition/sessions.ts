/** The connections to WhatsApp, and what they store. */

import type { Config } from '../config.js'
import type { Directory } from '../directory/directory.js'
import type { KeptMessages } from '../directory/kept-messages.js'
import type { KnownPeople } from '../directory/known-people.js'
import type { InstanceId } from '../domain/instance.js'
import { Proxies } from '../instances/proxies.js'
import type { MediaSource } from '../media/incoming-media.js'
import type { KeepPort } from '../outbox/queue/send-attempts.js'
import { createAddressRule } from '../runtime/address-rule.js'
import { AnswerSecretStore } from '../sessions/answer-secret-store.js'
import { CredentialStore } from '../sessions/credential-store.js'
import { RegistrationStore } from '../sessions/registration-store.js'
import { ResendStore } from '../sessions/resend-store.js'
import type { SessionListener } from '../sessions/session-ports.js'
import { Sessions, type SessionStatus } from '../sessions/sessions.js'
import type { Webhooks } from '../webhooks/webhooks.js'
import { LateEngine } from '../whatsapp/late-engine.js'
import type { DirectoryPort } from '../whatsapp/receive/directory-port.js'
import type { Base, Purged } from './base.js'
import { keepingIn } from './keeping.js'

export interface SessionsOptions {
  readonly config: Config
  readonly webhooks: Webhooks
  readonly people: KnownPeople
  readonly keptMessages: KeptMessages
  readonly directory: Directory
  readonly told: DirectoryPort
  readonly listener: SessionListener
  /** How an instance stands that another node runs. */
  readonly elsewhere: (instanceId: InstanceId) => SessionStatus | undefined
}

export interface BuiltSessions {
  /** To be started once everything else is built. */
  readonly sessions: Sessions
  readonly proxies: Proxies
  /** The files of incoming messages. */
  readonly files: MediaSource
  readonly credentials: CredentialStore
  /** What is kept of an outgoing message before it is written. */
  readonly keeping: KeepPort
  readonly purged: readonly Purged[]
}

export function buildSessions(base: Base, options: SessionsOptions): BuiltSessions {
  const { config, webhooks, people, keptMessages, directory, listener } = options
  const credentials = new CredentialStore(base)
  const resends = new ResendStore(base)
  const registrations = new RegistrationStore(base)
  const answerSecrets = new AnswerSecretStore(base)
  const engine = new LateEngine({
    ...base,
    credentials,
    registrations,
    people: {
      learn: (instanceId, known) =>
        people
          .learn(instanceId, known)
          .catch((cause: unknown) => base.log.warn('person-not-kept', { instanceId, cause })),
    },
    answerSecrets,
    resends,
    keptMessages,
    labels: directory,
    told: options.told,
    wantsAllHistory: config.whatsapp.wantsAllHistory,
    network: config.whatsapp,
    mayWrite: (instanceId) => base.database.fence.holds(instanceId),
    buttonShape: config.whatsapp.buttonShape,
    mexIds: config.whatsapp.mexIds,
    proxies: {
      proxyOf: (instanceId) => proxies.proxyOf(instanceId),
      givenUp: (instanceId) => proxies.givenUp(instanceId),
      isAllowedAddress: createAddressRule(config.allowedNetworks),
    },
  })
  const sessions = new Sessions({
    ...base,
    engine,
    events: webhooks,
    credentials,
    listener,
    elsewhere: options.elsewhere,
  })
  const proxies: Proxies = new Proxies({
    ...base,
    events: webhooks,
    tryOut: (url) => engine.tryProxy(url),
    reconnect: (instanceId) => {
      if (sessions.isOpen(instanceId)) void sessions.restart(instanceId).catch(() => undefined)
    },
  })
  const keeping = keepingIn({ resends, keptMessages, credentials })
  const purged = [resends, registrations, answerSecrets]
  const files: MediaSource = { open: (...wanted) => engine.openFile(...wanted) }
  return { sessions, proxies, files, credentials, keeping, purged }
}
