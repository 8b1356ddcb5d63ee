/**
 * Decides, in the transaction that would store a message, whether it is let in.
 *
 * Everything is looked at while the instance's row is held, so what two callers
 * ask for at the same moment is decided one after the other.
 */

import type { Database, Transaction } from '../../db/database.js'
import type { Vault } from '../../db/encryption.js'
import { IdempotencyKeyReusedError, RequestInFlightError } from '../../domain/errors.js'
import type { InstanceId } from '../../domain/instance.js'
import type { MessageId, OutgoingMessage, WhatsappId } from '../../domain/message.js'
import type { EpochMs } from '../../domain/time.js'
import { hashParameters, judgeKey, keyedHash } from './idempotency.js'
import { findKey, type KeyPlace, recordKey } from './idempotency-store.js'
import { AcceptedCodes } from './accepted-codes.js'
import { type CodeLimits, noCodeLimits } from './code-limits.js'
import type { PeoplePort } from './people.js'
import type { Restrictions } from './restrictions.js'
import { holdInstance } from '../queue-rows.js'

/** What the caller is told: the ids of the message, and when it was first accepted. */
export interface Accepted {
  readonly id: MessageId
  readonly whatsappId: WhatsappId
  readonly acceptedAt: EpochMs
  /** When its turn is expected, where that is after its expiry. Not of a repeated request. */
  readonly lateAt?: EpochMs | undefined
}

/** A request under the name that its caller gave it. */
export interface NamedRequest extends KeyPlace {
  readonly parametersHash: string
}

export interface AdmissionOptions {
  readonly vault: Vault
  readonly people: PeoplePort
  /** None unless given. */
  readonly codeLimits?: CodeLimits | undefined
  readonly restrictions: Restrictions
}

export class Admission {
  readonly #secret: Uint8Array
  readonly #codes: AcceptedCodes
  readonly #restrictions: Restrictions
  /** Of requests that this process is accepting. What another node accepts is found under the lock of the instance. */
  readonly #inFlight = new Set<string>()

  constructor({ vault, people, codeLimits = noCodeLimits, restrictions }: AdmissionOptions) {
    this.#secret = vault.deriveSecret('outbox/idempotency')
    this.#codes = new AcceptedCodes({ vault, people, limits: codeLimits })
    this.#restrictions = restrictions
  }

  /** `undefined` for a request without a key. */
  named(
    instanceId: InstanceId,
    key: string | undefined,
    parameters: object,
  ): NamedRequest | undefined {
    if (key === undefined) return undefined
    return {
      instanceId,
      keyHash: keyedHash(key, this.#secret),
      parametersHash: hashParameters(parameters, this.#secret),
    }
  }

  /** Throws `RequestInFlightError` at once while another request with this key is at work. */
  async alone<T>(request: NamedRequest | undefined, work: () => Promise<T>): Promise<T> {
    if (request === undefined) return work()
    const place = `${request.instanceId}/${request.keyHash}`
    if (this.#inFlight.has(place))
      throw new RequestInFlightError(
        'The first request with this Idempotency-Key is still being worked on.',
      )
    this.#inFlight.add(place)
    try {
      return await work()
    } finally {
      this.#inFlight.delete(place)
    }
  }

  /**
   * Gives what was accepted earlier, if this request is the same one again;
   * then nothing is to be stored. Throws what speaks against the message.
   */
  async admit(
    message: OutgoingMessage,
    request: NamedRequest | undefined,
    transaction: Transaction,
  ): Promise<Accepted | undefined> {
    const isCounted = this.#codes.concern(message)
    const addressed = message.pool?.id ?? message.instanceId
    if (request !== undefined || isCounted) await holdInstance(transaction, addressed)
    const earlier = request && (await this.#earlier(message, request, transaction))
    if (earlier !== undefined) return earlier
    await this.#restrictions.check(message, transaction)
    if (isCounted) await this.#codes.count({ ...message, instanceId: addressed }, transaction)
    return undefined
  }

  /** Keeps what was accepted under the request, beside the one that `admit` was asked for. */
  async note(
    request: NamedRequest | undefined,
    accepted: Accepted,
    { query }: Transaction,
  ): Promise<void> {
    if (request === undefined) return
    await recordKey(query, request, { ...accepted, parametersHash: request.parametersHash })
  }

  /** What was accepted under each of them; `undefined` for nothing. */
  async earlierUnder(
    requests: readonly (NamedRequest | undefined)[],
    { query }: Pick<Database, 'query'>,
  ): Promise<readonly (Accepted | undefined)[]> {
    return Promise.all(
      requests.map(async (request) => {
        const found = request && (await findKey(query, request))
        return found && { id: found.id, whatsappId: found.whatsappId, acceptedAt: found.acceptedAt }
      }),
    )
  }

  async #earlier(
    message: OutgoingMessage,
    request: NamedRequest,
    { query }: Transaction,
  ): Promise<Accepted | undefined> {
    const earlier = await findKey(query, request)
    switch (judgeKey(earlier, request.parametersHash, message.acceptedAt)) {
      case 'same-again':
        return earlier
      case 'other-parameters':
        throw new IdempotencyKeyReusedError(
          'This Idempotency-Key was used for a request with other parameters.',
        )
      case 'new':
        await recordKey(query, request, { ...message, parametersHash: request.parametersHash })
        return undefined
    }
  }
}
