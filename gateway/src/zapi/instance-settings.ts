/** One instance: what it is called, what it shows of itself, and what it is set to. */

import type { Instance, InstanceId } from '../domain/instance.js'
import type { ImageSource } from '../domain/message.js'
import type { OwnProfile, ProfileDesk } from '../domain/profile.js'
import type { EpochMs } from '../domain/time.js'
import type { AddressRule } from '../runtime/address-rule.js'
import { callbackKinds, type EventKind } from './callback-urls.js'
import { InvalidRequestError } from './error-replies.js'
import { imageSourceOf } from './from-zapi.js'
import type { SessionDirectory } from './instance-handlers.js'
import { due } from './partner-handlers.js'

export interface InstanceSettingsOptions {
  readonly instances: {
    tokenOf(id: InstanceId): Promise<string>
    rename(id: InstanceId, name: string): Promise<void>
  }
  readonly webhooks: {
    endpoints(instanceId: InstanceId): Promise<ReadonlyMap<EventKind, string>>
  }
  readonly proxies: { proxyOf(id: InstanceId): Promise<string | undefined> }
  readonly sessions: Pick<SessionDirectory, 'status'>
  readonly profiles: ProfileDirectory
  readonly pictures: {
    /** A square JPEG. Throws `MediaError`. */
    prepareProfilePicture(source: ImageSource, signal: AbortSignal): Promise<Uint8Array>
  }
  readonly extensionTokens: {
    create(instanceId: InstanceId): Promise<{ readonly token: string; readonly expiresAt: EpochMs }>
  }
  readonly isAllowedAddress: AddressRule
}

export interface ProfileDirectory {
  /** Throws `NotConnectedError`. */
  profilesOf(instanceId: InstanceId): ProfileDesk
}

interface Done {
  readonly value: true
}

const done: Done = { value: true }

export class InstanceSettingsHandlers {
  readonly #options: InstanceSettingsOptions

  constructor(options: InstanceSettingsOptions) {
    this.#options = options
  }

  async me(instance: Instance): Promise<object> {
    const { instances, webhooks, sessions, proxies } = this.#options
    const endpoints = await webhooks.endpoints(instance.id)
    const urlOf = ([kind]: readonly EventKind[]): string => (kind && endpoints.get(kind)) ?? ''
    const proxyUrl = await proxies.proxyOf(instance.id)
    const { settings } = instance
    return {
      id: instance.id,
      token: await instances.tokenOf(instance.id),
      name: instance.name,
      due,
      connected: sessions.status(instance.id).state === 'open',
      paymentStatus: 'PAID',
      created: new Date(instance.createdAt).toISOString(),
      connectedCallbackUrl: urlOf(callbackKinds.connected),
      deliveryCallbackUrl: urlOf(callbackKinds.delivery),
      disconnectedCallbackUrl: urlOf(callbackKinds.disconnected),
      messageStatusCallbackUrl: urlOf(callbackKinds.messageStatus),
      presenceChatCallbackUrl: urlOf(callbackKinds.chatPresence),
      receivedCallbackUrl: urlOf(callbackKinds.received),
      receiveCallbackSentByMe: settings.notifySentByMe,
      callRejectAuto: settings.rejectCalls,
      callRejectMessage: settings.rejectedCallText,
      autoReadMessage: settings.readMessages,
      initialDataCallbackUrl: '',
      proxyUrl: proxyUrl ?? '',
      useProxy: proxyUrl !== undefined,
    }
  }

  async device(instance: Instance): Promise<object> {
    return deviceAnswer(await this.#profilesOf(instance).own(), instance.name)
  }

  async rename(instance: Instance, { value }: { value: string }): Promise<Done> {
    await this.#options.instances.rename(instance.id, nameIn(value))
    return done
  }

  async setProfileName(instance: Instance, { value }: { value: string }): Promise<Done> {
    await this.#profilesOf(instance).setName(nameIn(value))
    return done
  }

  async setProfilePicture(
    instance: Instance,
    { value }: { value: string },
    signal: AbortSignal,
  ): Promise<Done> {
    const { pictures, isAllowedAddress } = this.#options
    const source = imageSourceOf(value, isAllowedAddress, 'value')
    // Asked before as well: without a connection nothing is downloaded.
    this.#profilesOf(instance)
    const picture = await pictures.prepareProfilePicture(source, signal)
    await this.#profilesOf(instance).setPicture(picture)
    return done
  }

  async setProfileDescription(instance: Instance, { value }: { value: string }): Promise<Done> {
    await this.#profilesOf(instance).setAbout(value.trim())
    return done
  }

  extensionToken(
    instance: Instance,
  ): Promise<{ readonly token: string; readonly expiresAt: EpochMs }> {
    return this.#options.extensionTokens.create(instance.id)
  }

  #profilesOf(instance: Instance): ProfileDesk {
    return this.#options.profiles.profilesOf(instance.id)
  }
}

function deviceAnswer(own: OwnProfile, instanceName: string): object {
  return {
    phone: own.phone,
    imgUrl: own.pictureUrl ?? '',
    about: own.about ?? '',
    name: own.name ?? '',
    device: { sessionName: instanceName, device_model: 'Recado' },
    originalDevice: own.phoneApp ?? (own.business ? 'smba' : 'android'),
    sessionId: own.device,
    isBusiness: own.business,
  }
}

function nameIn(value: string): string {
  const name = value.trim()
  if (name === '') throw new InvalidRequestError('value must not be blank')
  return name
}
