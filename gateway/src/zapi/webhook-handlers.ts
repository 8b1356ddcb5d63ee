/** The setters of callbacks: `update-webhook-*`, `update-every-webhooks`, `update-notify-sent-by-me`, `update-filters`. */

import type { Instance, InstanceId, InstanceSettings } from '../domain/instance.js'
import type { UrlRule } from '../runtime/check-url.js'
import { messageTraitsOf, topicsOf } from './callback-filters.js'
import {
  type CallbackName,
  callbackKinds,
  callbackUrlOf,
  type EventKind,
  everyKind,
} from './callback-urls.js'

export interface CallbackEndpoints {
  /** `undefined` ends the callbacks of these kinds. */
  setEndpoint(
    instanceId: InstanceId,
    kinds: readonly EventKind[],
    url: string | undefined,
  ): Promise<void>
}

export interface InstanceSettingsPort {
  updateSettings(instanceId: InstanceId, change: Partial<InstanceSettings>): Promise<void>
  /** The same for a change that depends on what is set. */
  changeSettings(
    instanceId: InstanceId,
    change: (settings: InstanceSettings) => Partial<InstanceSettings>,
  ): Promise<void>
}

export interface WebhookHandlersOptions {
  readonly webhooks: CallbackEndpoints
  readonly instances: InstanceSettingsPort
  readonly callbackRule: UrlRule
}

interface Done {
  readonly value: true
}

const done: Done = { value: true }

export class WebhookHandlers {
  readonly #webhooks: CallbackEndpoints
  readonly #instances: InstanceSettingsPort
  readonly #callbackRule: UrlRule

  constructor({ webhooks, instances, callbackRule }: WebhookHandlersOptions) {
    this.#webhooks = webhooks
    this.#instances = instances
    this.#callbackRule = callbackRule
  }

  async setCallback(
    name: CallbackName,
    instance: Instance,
    { value }: { value: string | null },
  ): Promise<Done> {
    const url = callbackUrlOf(value, 'value', this.#callbackRule)
    await this.#webhooks.setEndpoint(instance.id, callbackKinds[name], url)
    return done
  }

  /** Z-API's callback for what is received and what this number sends itself. */
  async setReceivedAndSent(instance: Instance, { value }: { value: string | null }): Promise<Done> {
    const url = callbackUrlOf(value, 'value', this.#callbackRule)
    await this.#webhooks.setEndpoint(instance.id, callbackKinds.received, url)
    return this.setNotifySentByMe(instance, { notifySentByMe: url !== undefined })
  }

  async setEveryCallback(
    instance: Instance,
    { value, notifySentByMe }: { value: string | null; notifySentByMe?: boolean },
  ): Promise<Done> {
    const url = callbackUrlOf(value, 'value', this.#callbackRule)
    await this.#webhooks.setEndpoint(instance.id, everyKind, url)
    return notifySentByMe === undefined
      ? done
      : this.setNotifySentByMe(instance, { notifySentByMe })
  }

  async setNotifySentByMe(
    instance: Instance,
    { notifySentByMe, tellCodes }: { notifySentByMe: boolean; tellCodes?: boolean },
  ): Promise<Done> {
    await this.#instances.updateSettings(instance.id, {
      notifySentByMe,
      ...(tellCodes === undefined ? {} : { tellCodes }),
    })
    return done
  }

  /** What is not given stays as it is; an empty list filters nothing. */
  async setFilters(
    instance: Instance,
    { messageFilters, callbackTypeFilters }: FilterLists,
  ): Promise<Done> {
    const topics = topicsOf(callbackTypeFilters)
    const messages = messageTraitsOf(messageFilters)
    await this.#instances.changeSettings(instance.id, ({ muted }) => ({
      muted: { topics: topics ?? muted.topics, messages: messages ?? muted.messages },
    }))
    return done
  }
}

interface FilterLists {
  readonly messageFilters?: readonly unknown[] | null
  readonly callbackTypeFilters?: readonly unknown[] | null
}
