/** The instances: what they are, how they stand, pairing them, and who may use them. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Disconnection, remedyOf } from '../domain/disconnection.js'
import { explain } from '../domain/disconnection-texts.js'
import { AlreadyConnectedError, PasskeyNeededError } from '../domain/errors.js'
import type { Instance } from '../domain/instance.js'
import type { AuditLog } from '../instances/audit-log.js'
import type { InstanceAccess } from '../instances/instance-access.js'
import { keepCancelledMs } from '../instances/instance-life.js'
import type { Instances } from '../instances/instances.js'
import type { Restrictions } from '../outbox/limits/restrictions.js'
import type { WaitingMessages } from '../outbox/history/waiting-messages.js'
import { unreadableNetworks } from '../runtime/caller-rule.js'
import { checkUrl, type UrlRule } from '../runtime/check-url.js'
import type { Clock } from '../runtime/clock.js'
import type { Sessions } from '../sessions/sessions.js'
import { isPassing, shownTrouble, type TroubleReader } from './troubles.js'
import type { Webhooks } from '../webhooks/webhooks.js'
import { done } from './answer-shapes.js'
import { actorOf } from './authenticate.js'
import { described } from './described.js'
import { mustBe } from './least-roles.js'
import {
  createdInstanceAnswer,
  firstCallAnswer,
  instanceAnswer,
  instancesAnswer,
  pairingAnswer,
  pairingCodeAnswer,
  reconnectedAnswer,
  rotatedTokenAnswer,
} from './instance-answers.js'
import { knownInstance } from './known-instance.js'
import { qrOf } from './qr.js'
import { type SecretRoutesOptions, shownProxy } from './secret-routes.js'
import { RefusedError } from './refusals.js'
import * as sent from './requests.js'
import { phoneIn, withoutAbsent } from './words.js'

export interface InstanceRoutesOptions {
  readonly instances: Pick<Instances, 'create' | 'find' | 'list' | 'rename' | 'updateSettings'>
  readonly access: Pick<InstanceAccess, 'rotateToken' | 'setAllowedCallers'>
  readonly audit: Pick<AuditLog, 'record'>
  readonly sessions: Pick<
    Sessions,
    'qr' | 'pairingCode' | 'status' | 'isLinked' | 'restore' | 'restart' | 'disconnect'
  >
  readonly restrictions: Pick<Restrictions, 'until'>
  readonly waiting: Pick<WaitingMessages, 'count'>
  readonly troubles: TroubleReader
  readonly clock: Pick<Clock, 'now'>
  readonly webhooks: Pick<
    Webhooks,
    'endpoints' | 'setEndpoint' | 'disabledEndpoints' | 'enableEndpoint'
  >
  readonly proxies: Pick<SecretRoutesOptions['proxies'], 'proxyOf'>
  /** Which URLs callbacks may go to. */
  readonly callbackRule: UrlRule
  /** The address that programs reach the gateway by, where it is known. */
  readonly publicUrl: string | undefined
  /** As configured; otherwise only its hash is kept. */
  readonly clientToken: { reveal(): string } | undefined
  /** Of all instances that do not say otherwise. */
  readonly isClientTokenRequired: boolean
  /** The page of the phones of a simulator; undefined where WhatsApp is the real one. */
  readonly virtualPhonesUrl: string | undefined
}

export function instanceRoutes(options: InstanceRoutesOptions): FastifyPluginAsyncTypebox {
  const { instances, audit } = options
  return async (app) => {
    app.get('/instances', {
      ...described('Every instance and how it stands.', instancesAnswer),
      handler: async () => {
        const all = await instances.list()
        return { instances: await Promise.all(all.map((each) => summaryOf(each, options))) }
      },
    })

    app.post('/instances', {
      ...described('Makes an instance; its token is shown this once.', createdInstanceAnswer, {
        body: sent.createInstanceBody,
      }),
      handler: async (request) => {
        const name = nameIn(request.body.name)
        const { instance, token } = await instances.create({ name, by: actorOf(request) })
        return { id: instance.id, token }
      },
    })

    app.get('/instances/:instanceId', {
      ...described('One instance with its settings.', instanceAnswer, {
        params: sent.instanceParams,
      }),
      handler: async ({ params }) =>
        describe(await knownInstance(instances, params.instanceId), options),
    })

    app.patch('/instances/:instanceId', {
      ...described('Changes the name, or the settings that are given.', instanceAnswer, {
        params: sent.instanceParams,
        body: sent.changeInstanceBody,
        'x-takes': 'text',
      }),
      handler: async (request) => {
        const { id, settings: before } = await knownInstance(instances, request.params.instanceId)
        const { name, settings } = request.body
        const isChanged = (setting: 'clientTokenOptional' | 'tellCodes'): boolean =>
          (settings?.[setting] ?? before[setting]) !== before[setting]
        // Administrators decide which programs may call, and where codes go.
        if (isChanged('clientTokenOptional') || isChanged('tellCodes'))
          mustBe('administrator', request)
        const by = actorOf(request)
        if (name !== undefined) {
          await instances.rename(id, nameIn(name))
          await audit.record({ act: 'instance-renamed', by, instanceId: id })
        }
        if (settings !== undefined) {
          await instances.updateSettings(id, settings)
          const detail = Object.keys(settings).join(' ')
          await audit.record({ act: 'settings-changed', by, instanceId: id, detail })
        }
        return describe(await knownInstance(instances, id), options)
      },
    })

    await app.register(pairingRoutes(options))
    await app.register(accessRoutes(options))
  }
}

function pairingRoutes({
  instances,
  sessions,
  virtualPhonesUrl,
}: InstanceRoutesOptions): FastifyPluginAsyncTypebox {
  const params = sent.instanceParams
  const phones = virtualPhonesUrl === undefined ? {} : { virtualPhonesUrl }
  return async (app) => {
    app.post('/instances/:instanceId/qr', {
      ...described('The QR code that counts now; begins to pair if need be.', pairingAnswer, {
        params,
      }),
      handler: async (request) => {
        const { id } = await knownInstance(instances, request.params.instanceId)
        const text = await unlessImpossible(sessions.qr(id))
        if (typeof text !== 'string') return text
        return { state: 'qr', qr: qrOf(text), ...phones } as const
      },
    })

    app.post('/instances/:instanceId/pairing-code', {
      ...described('The code to type on the phone.', pairingCodeAnswer, {
        params,
        body: sent.pairingCodeBody,
      }),
      handler: async (request) => {
        const { id } = await knownInstance(instances, request.params.instanceId)
        const code = await unlessImpossible(sessions.pairingCode(id, phoneIn(request.body.phone)))
        if (typeof code !== 'string') return code
        return { state: 'code', code } as const
      },
    })

    app.post('/instances/:instanceId/reconnect', {
      ...described('Connects a number that is linked and away.', reconnectedAnswer, { params }),
      handler: async (request) => {
        const { id } = await knownInstance(instances, request.params.instanceId)
        return { connected: await sessions.restore(id) }
      },
    })

    app.post('/instances/:instanceId/restart', {
      ...described('Closes the connection and opens it again.', reconnectedAnswer, { params }),
      handler: async (request) => {
        const { id } = await knownInstance(instances, request.params.instanceId)
        return { connected: await sessions.restart(id) }
      },
    })

    app.post('/instances/:instanceId/disconnect', {
      ...described('Unlinks the phone. What is queued stays queued.', done, { params }),
      handler: async (request) => {
        const { id } = await knownInstance(instances, request.params.instanceId)
        await sessions.disconnect(id)
        return { done: true } as const
      },
    })
  }
}

function accessRoutes(options: InstanceRoutesOptions): FastifyPluginAsyncTypebox {
  const { instances, access, webhooks, callbackRule, audit } = options
  const params = sent.instanceParams
  return async (app) => {
    app.post('/instances/:instanceId/token', {
      ...described('A new token, shown this once.', rotatedTokenAnswer, {
        params,
        body: sent.rotateBody,
      }),
      handler: async (request) => {
        const { id } = await knownInstance(instances, request.params.instanceId)
        const overlapMs = request.body.overlapSeconds * 1_000
        const { token, previousUntil } = await access.rotateToken(id, overlapMs, actorOf(request))
        return { token, ...(previousUntil === undefined ? {} : { previousUntil }) }
      },
    })

    app.post('/instances/:instanceId/first-call', {
      ...described('What a first call needs beside the id and the token.', firstCallAnswer, {
        params,
      }),
      handler: async (request) =>
        firstCallOf(await knownInstance(instances, request.params.instanceId), options),
    })

    app.put('/instances/:instanceId/allowed-callers', {
      ...described('Who may call on this instance.', instanceAnswer, {
        params,
        body: sent.allowedCallersBody,
      }),
      handler: async (request) => {
        const { id } = await knownInstance(instances, request.params.instanceId)
        const networks = request.body.networks.map((each) => each.trim())
        const [unreadable] = unreadableNetworks(networks)
        if (unreadable !== undefined)
          throw new RefusedError(
            400,
            `networks: ${unreadable} is no address and no network such as 10.0.0.0/8`,
          )
        await access.setAllowedCallers(id, networks, actorOf(request))
        return describe(await knownInstance(instances, id), options)
      },
    })

    app.put('/instances/:instanceId/endpoints', {
      ...described('Where these kinds of event are told.', instanceAnswer, {
        params,
        body: sent.endpointsBody,
      }),
      handler: async (request) => {
        const instance = await knownInstance(instances, request.params.instanceId)
        const { kinds } = request.body
        const url = request.body.url.trim()
        if (url !== '') checkUrl(url, callbackRule)
        await webhooks.setEndpoint(instance.id, kinds, url === '' ? undefined : url)
        const act = { act: 'callbacks-changed', detail: kinds.join(' ') } as const
        await audit.record({ ...act, by: actorOf(request), instanceId: instance.id })
        return describe(instance, options)
      },
    })

    app.post('/instances/:instanceId/endpoints/enable', {
      ...described('Sends callbacks again to a URL that answered 410.', instanceAnswer, {
        params,
        body: sent.enableEndpointBody,
      }),
      handler: async (request) => {
        const instance = await knownInstance(instances, request.params.instanceId)
        const kinds = await webhooks.enableEndpoint(instance.id, request.body.url)
        if (kinds.length === 0)
          throw new RefusedError(409, 'No callback of this instance is switched off for this URL.')
        const act = { act: 'callbacks-enabled', detail: kinds.join(' ') } as const
        await audit.record({ ...act, by: actorOf(request), instanceId: instance.id })
        return describe(instance, options)
      },
    })
  }
}

function firstCallOf(instance: Instance, options: InstanceRoutesOptions) {
  const isClientTokenRequired = needsClientToken(instance, options)
  return withoutAbsent({
    url: options.publicUrl,
    isClientTokenRequired,
    clientToken: isClientTokenRequired ? options.clientToken?.reveal() : undefined,
  })
}

function needsClientToken({ settings }: Instance, options: InstanceRoutesOptions): boolean {
  return options.isClientTokenRequired && !settings.clientTokenOptional
}

async function summaryOf(instance: Instance, options: InstanceRoutesOptions) {
  return summaryWith(instance, await options.waiting.count(instance.id), options)
}

export type SummaryOptions = Pick<InstanceRoutesOptions, 'sessions' | 'restrictions'>

/** `waiting`: how many messages wait. */
export async function summaryWith(
  { id, name, createdAt, cancelledAt, settings }: Instance,
  waiting: number,
  { sessions, restrictions }: SummaryOptions,
) {
  const { state, phone, disconnection } = sessions.status(id)
  const restrictedUntil = await restrictions.until(id)
  return {
    id,
    name,
    createdAt,
    state,
    ...(phone === undefined ? {} : { phone }),
    ...(restrictedUntil === undefined ? {} : { restrictedUntil }),
    ...(cancelledAt === undefined
      ? {}
      : { cancelledAt, deletedFrom: cancelledAt + keepCancelledMs }),
    waiting,
    tags: [...settings.tags],
    ...(disconnection === undefined ? {} : { disconnection: shown(disconnection) }),
  }
}

function shown({ reason, since, detail, until }: Disconnection) {
  return {
    reason,
    since,
    remedy: remedyOf(reason),
    ...(until === undefined ? {} : { until }),
    ...explain({ reason, detail }),
  }
}

async function describe(instance: Instance, options: InstanceRoutesOptions) {
  const { settings } = instance
  const { challengedAt } = options.sessions.status(instance.id)
  const troubles = await options.troubles(instance.id)
  const disabled = await options.webhooks.disabledEndpoints(instance.id)
  return {
    ...(await summaryOf(instance, options)),
    settings: {
      notifySentByMe: settings.notifySentByMe,
      refuseWhileDisconnected: settings.refuseWhileDisconnected,
      tellCodes: settings.tellCodes,
      clientTokenOptional: settings.clientTokenOptional,
      buttonForm: settings.buttonForm,
      lateSends: settings.lateSends,
      tags: [...settings.tags],
      readMessages: settings.readMessages,
      readStatuses: settings.readStatuses,
      rejectCalls: settings.rejectCalls,
      rejectedCallText: settings.rejectedCallText,
      muted: { topics: [...settings.muted.topics], messages: [...settings.muted.messages] },
    },
    codeTimes: {
      codeLifeSeconds: settings.codeLifeSeconds,
      undeliverableAfterSeconds: settings.undeliverableAfterSeconds,
    },
    pacing: { minGapMs: settings.minGapMs, maxGapMs: settings.maxGapMs },
    retention: {
      keepMessagesDays: settings.keepMessagesDays,
      keepMediaLinksDays: settings.keepMediaLinksDays,
      keepDirectoryDays: settings.keepDirectoryDays,
    },
    ...(await shownProxy(options.proxies, instance.id)),
    isClientTokenRequired: needsClientToken(instance, options),
    allowedCallers: [...(instance.allowedCallers ?? [])],
    endpoints: Object.fromEntries(await options.webhooks.endpoints(instance.id)),
    disabledEndpoints: disabled.map(({ url, kinds, disabledAt }) => {
      return { url, kinds: [...kinds], disabledAt }
    }),
    isLinked: await options.sessions.isLinked(instance.id),
    ...(challengedAt === undefined ? {} : { challengedAt }),
    troubles: troubles.filter((each) => !isPassing(each, options.clock.now())).map(shownTrouble),
  }
}

function nameIn(text: string): string {
  const name = text.trim()
  if (name === '') throw new RefusedError(400, 'name must not be empty')
  return name
}

/** The QR or code; otherwise why there is none. */
async function unlessImpossible(
  asked: Promise<string>,
): Promise<string | { readonly state: 'connected' | 'passkey' }> {
  try {
    return await asked
  } catch (cause) {
    if (cause instanceof AlreadyConnectedError) return { state: 'connected' }
    if (cause instanceof PasskeyNeededError) return { state: 'passkey' }
    throw cause
  }
}
