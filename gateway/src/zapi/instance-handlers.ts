/** One instance: its pairing, its state, its end. */

import { toDataURL } from 'qrcode'
import { type Disconnection, type Remedy, remedyOf } from '../domain/disconnection.js'
import { explain } from '../domain/disconnection-texts.js'
import type { Instance, InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import { digitsOf } from './from-zapi.js'

export interface SessionDirectory {
  /** The text inside the QR; starts pairing if need be. Throws `AlreadyConnectedError`, `PairingError`. */
  qr(instanceId: InstanceId): Promise<string>
  /** Eight letters and digits. Throws `AlreadyConnectedError`, `PairingError`. */
  pairingCode(instanceId: InstanceId, phone: string): Promise<string>
  status(instanceId: InstanceId): {
    readonly state: string
    readonly disconnection?: Disconnection | undefined
  }
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
  /** Ours, and only while it is not connected. */
  readonly disconnection?: DisconnectionAnswer
}

export interface DisconnectionAnswer {
  readonly reason: string
  readonly since: EpochMs
  readonly cause: string
  readonly cure: string
  readonly remedy: Remedy
  readonly until?: EpochMs
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
    const { state, disconnection } = this.#sessions.status(instance.id)
    return {
      ...statusAnswer(state, await this.#sessions.needsRestoring(instance.id)),
      ...(restrictedUntil === undefined ? {} : { restrictedUntil }),
      ...(disconnection === undefined ? {} : { disconnection: disconnectionAnswer(disconnection) }),
    }
  }
}

export function disconnectionAnswer(disconnection: Disconnection): DisconnectionAnswer {
  const { reason, since, until } = disconnection
  const { cause, cure } = explain(disconnection)
  const answer = { reason, since, cause: cause.en, cure: cure.en, remedy: remedyOf(reason) }
  return until === undefined ? answer : { ...answer, until }
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
