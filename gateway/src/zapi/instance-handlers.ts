/** One instance: its pairing, its state, its end. */

import { toDataURL } from 'qrcode'
import type { Instance, InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import { digitsOf } from './from-zapi.js'

export interface SessionDirectory {
  /** The text inside the QR; starts pairing if need be. Throws `AlreadyConnectedError`, `PairingError`. */
  qr(instanceId: InstanceId): Promise<string>
  /** Eight letters and digits. Throws `AlreadyConnectedError`, `PairingError`. */
  pairingCode(instanceId: InstanceId, phone: string): Promise<string>
  status(instanceId: InstanceId): { readonly state: string }
  /** Whether it is paired, and comes back only when somebody asks for it. */
  needsRestoring(instanceId: InstanceId): Promise<boolean>
  /** Whether the connection is open anew within some seconds. Throws `NotConnectedError` when it is not paired. */
  restart(instanceId: InstanceId): Promise<boolean>
  /** The same, but a connection that is open stays. */
  restore(instanceId: InstanceId): Promise<boolean>
  /** Unlinks the device. Does nothing for an instance that is not paired. */
  disconnect(instanceId: InstanceId): Promise<void>
}

export interface RestrictionDirectory {
  /** Until when WhatsApp lets the instance's number start no conversation; `undefined` if it does now. */
  until(instanceId: InstanceId): Promise<EpochMs | undefined>
}

export interface StatusAnswer {
  readonly connected: boolean
  /** A text about the state and no failure, also while connected: Z-API writes it so. */
  readonly error: string
  readonly smartphoneConnected: boolean
  /** Ours, and only while it is so: strangers are refused until this moment. */
  readonly restrictedUntil?: EpochMs
}

export class InstanceHandlers {
  readonly #sessions: SessionDirectory
  readonly #restrictions: RestrictionDirectory

  constructor(sessions: SessionDirectory, restrictions: RestrictionDirectory) {
    this.#sessions = sessions
    this.#restrictions = restrictions
  }

  async qrCode(instance: Instance): Promise<{ readonly value: string }> {
    return { value: await this.#sessions.qr(instance.id) }
  }

  async qrCodeImage(instance: Instance): Promise<{ readonly value: string }> {
    return { value: await toDataURL(await this.#sessions.qr(instance.id)) }
  }

  async phoneCode(
    instance: Instance,
    { phone }: { phone: string },
  ): Promise<{ readonly value: string }> {
    return { value: await this.#sessions.pairingCode(instance.id, digitsOf(phone)) }
  }

  async status(instance: Instance): Promise<StatusAnswer> {
    const restrictedUntil = await this.#restrictions.until(instance.id)
    const { state } = this.#sessions.status(instance.id)
    const answer = statusAnswer(state, await this.#sessions.needsRestoring(instance.id))
    return restrictedUntil === undefined ? answer : { ...answer, restrictedUntil }
  }
}

export function statusAnswer(state: string, needsRestoring = false): StatusAnswer {
  const connected = state === 'open'
  const away = needsRestoring ? 'You need to restore the session.' : 'You are not connected.'
  return {
    connected,
    error: connected ? 'You are already connected.' : away,
    smartphoneConnected: connected,
  }
}
