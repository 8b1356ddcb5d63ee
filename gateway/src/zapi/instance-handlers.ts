/** One instance: its pairing, its state, its end. */

import { toDataURL } from 'qrcode'
import type { Instance, InstanceId } from '../domain/instance.js'
import { digitsOf } from './from-zapi.js'

export interface SessionDirectory {
  /** The text inside the QR; starts pairing if need be. Throws `AlreadyConnectedError`, `PairingError`. */
  qr(instanceId: InstanceId): Promise<string>
  /** Eight letters and digits. Throws `AlreadyConnectedError`, `PairingError`. */
  pairingCode(instanceId: InstanceId, phone: string): Promise<string>
  status(instanceId: InstanceId): { readonly state: string }
  /** Unlinks the device. Does nothing for an instance that is not paired. */
  disconnect(instanceId: InstanceId): Promise<void>
}

export interface StatusAnswer {
  readonly connected: boolean
  /** A text about the state and no failure, also while connected: Z-API writes it so. */
  readonly error: string
  readonly smartphoneConnected: boolean
}

export class InstanceHandlers {
  readonly #sessions: SessionDirectory

  constructor(sessions: SessionDirectory) {
    this.#sessions = sessions
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
    return statusAnswer(this.#sessions.status(instance.id).state)
  }

  async disconnect(instance: Instance): Promise<{ readonly value: true }> {
    await this.#sessions.disconnect(instance.id)
    return { value: true }
  }
}

export function statusAnswer(state: string): StatusAnswer {
  const connected = state === 'open'
  return {
    connected,
    error: connected ? 'You are already connected.' : 'You are not connected.',
    smartphoneConnected: connected,
  }
}
