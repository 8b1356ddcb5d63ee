/** Z-API's partner routes: create and list instances. */

import type { Static } from 'typebox'
import type { Actor } from '../domain/audit.js'
import {
  type Instance,
  type InstanceId,
  type InstanceSettings,
  isInstanceId,
  isInstanceToken,
} from '../domain/instance.js'
import type { UrlRule } from '../runtime/check-url.js'
import { type CallbackName, callbackKinds, callbackUrlOf, type EventKind } from './callback-urls.js'
import { InvalidRequestError } from './error-replies.js'
import { disconnectionAnswer, type SessionDirectory, statusAnswer } from './instance-handlers.js'
import type { createInstanceBody, listInstancesQuery } from './request-schemas.js'

export interface InstanceCatalogue {
  create(wish: {
    readonly name: string
    readonly settings: Partial<InstanceSettings>
    readonly callbacks: ReadonlyMap<EventKind, string>
    readonly by: Actor
    readonly id: InstanceId | undefined
    readonly token: string | undefined
  }): Promise<{
    readonly instance: Instance
    readonly token: string
  }>
  list(): Promise<readonly Instance[]>
  tokenOf(id: InstanceId): Promise<string>
  signingSecretOf(id: InstanceId): Promise<string>
}

export interface PartnerHandlersOptions {
  readonly instances: InstanceCatalogue
  readonly webhooks: {
    endpoints(instanceId: InstanceId): Promise<ReadonlyMap<EventKind, string>>
  }
  readonly sessions: Pick<SessionDirectory, 'status'>
  readonly callbackRule: UrlRule
}

type CreateBody = Static<typeof createInstanceBody>
type ListQuery = Static<typeof listInstancesQuery>
type UrlAttribute = keyof CreateBody & `${string}CallbackUrl`

const nameOfAttribute: Readonly<Record<UrlAttribute, CallbackName>> = {
  deliveryCallbackUrl: 'delivery',
  receivedCallbackUrl: 'received',
  receivedAndDeliveryCallbackUrl: 'received',
  presenceChatCallbackUrl: 'chatPresence',
  disconnectedCallbackUrl: 'disconnected',
  connectedCallbackUrl: 'connected',
  messageStatusCallbackUrl: 'messageStatus',
}

const urlAttributes = Object.keys(nameOfAttribute).filter(isUrlAttribute)

/** Throws `InvalidRequestError`. */
function identityIn({ id, token }: CreateBody): {
  readonly id: InstanceId | undefined
  readonly token: string | undefined
} {
  if (id !== undefined && !isInstanceId(id))
    throw new InvalidRequestError('id must be 16 to 64 letters and digits')
  if (token !== undefined && !isInstanceToken(token))
    throw new InvalidRequestError('token must be 24 to 128 letters and digits')
  if (token !== undefined && token === id)
    throw new InvalidRequestError('token must differ from id, which is no secret')
  return { id, token }
}

/** 2100-01-01. Z-API's trial ends at `due`; an instance of ours does not end. */
export const due = Date.UTC(2100, 0, 1)

const defaultPageSize = 20
const largestPageSize = 200

export class PartnerHandlers {
  readonly #options: PartnerHandlersOptions

  constructor(options: PartnerHandlersOptions) {
    this.#options = options
  }

  /** `webhookSecret` is our addition: what the signatures of callbacks are checked with. */
  async createInstance(body: CreateBody, by: Actor): Promise<object> {
    const { instances } = this.#options
    const { instance, token } = await instances.create({
      name: body.name,
      settings: {
        notifySentByMe: body.receivedAndDeliveryCallbackUrl !== undefined,
        refuseWhileDisconnected: body.disableEnqueueWhenDisconnected ?? false,
      },
      callbacks: this.#callbacksIn(body),
      by,
      ...identityIn(body),
    })
    const webhookSecret = await instances.signingSecretOf(instance.id)
    return { id: instance.id, token, due, webhookSecret }
  }

  #callbacksIn(body: CreateBody): Map<EventKind, string> {
    const callbacks = new Map<EventKind, string>()
    for (const attribute of urlAttributes) {
      const url = callbackUrlOf(body[attribute] ?? null, attribute, this.#options.callbackRule)
      if (url === undefined) continue
      for (const kind of callbackKinds[nameOfAttribute[attribute]]) callbacks.set(kind, url)
    }
    return callbacks
  }

  async listInstances(query: ListQuery): Promise<object> {
    const page = positive(query.page, 'page') ?? 1
    const pageSize = Math.min(
      positive(query.pageSize, 'pageSize') ?? defaultPageSize,
      largestPageSize,
    )
    const found = (await this.#options.instances.list()).filter(
      (instance) => matches(instance, query.query) && query.middleware !== 'mobile',
    )
    const shown = found.slice((page - 1) * pageSize, page * pageSize)
    return {
      total: found.length,
      totalPage: Math.ceil(found.length / pageSize),
      pageSize,
      page,
      content: await Promise.all(shown.map((instance) => this.#describe(instance))),
    }
  }

  async #describe(instance: Instance): Promise<object> {
    const { instances, webhooks, sessions } = this.#options
    const endpoints = await webhooks.endpoints(instance.id)
    const { state, disconnection } = sessions.status(instance.id)
    const { connected, smartphoneConnected } = statusAnswer(state)
    const urlOf = (kind: EventKind): string => endpoints.get(kind) ?? ''
    const { notifySentByMe } = instance.settings
    return {
      token: await instances.tokenOf(instance.id),
      tenant: '',
      created: new Date(instance.createdAt).toISOString(),
      due,
      paymentStatus: instance.cancelledAt === undefined ? 'PAID' : 'CANCELED',
      deliveryCallbackUrl: urlOf('message.sent'),
      receivedCallbackUrl: urlOf('message.received'),
      receivedAndDeliveryCallbackUrl: notifySentByMe ? urlOf('message.received') : '',
      disconnectedCallbackUrl: urlOf('instance.disconnected'),
      connectedCallbackUrl: urlOf('instance.connected'),
      messageStatusCallbackUrl: urlOf('message.status-changed'),
      presenceChatCallbackUrl: '',
      receivedStatusCallbackUrl: '',
      phoneConnected: smartphoneConnected,
      whatsappConnected: connected,
      middleware: 'web',
      name: instance.name,
      id: instance.id,
      ...(disconnection === undefined ? {} : { disconnection: disconnectionAnswer(disconnection) }),
    }
  }
}

function isUrlAttribute(text: string): text is UrlAttribute {
  return Object.hasOwn(nameOfAttribute, text)
}

function matches(instance: Instance, query: string | undefined): boolean {
  if (query === undefined) return true
  const part = query.toLowerCase()
  return instance.name.toLowerCase().includes(part) || instance.id.toLowerCase().includes(part)
}

/** Z-API's own example ends in a slash, so only the digits in front count. */
function positive(text: string | undefined, attribute: string): number | undefined {
  if (text === undefined || text === '') return undefined
  const number = Number.parseInt(text, 10)
  if (number >= 1 && Number.isSafeInteger(number)) return number
  throw new InvalidRequestError(`${attribute} must be a whole number, at least 1`)
}
