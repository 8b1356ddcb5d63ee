/**
 * Finds the address that a recipient is to be written to.
 *
 * A number is asked about before the first message goes to it, because writing
 * to numbers that are not on WhatsApp gets an account restricted. The answer is
 * kept. A person is then written to under their LID, since contacts that were
 * moved to LIDs refuse messages addressed to the number (463).
 */

import type { ChatId, Recipient } from '../domain/chat.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import type { Clock } from '../runtime/clock.js'
import { formsOf } from '../domain/brazil.js'
import { groupJid, lidJid, personOfJid, phoneJid } from './jid.js'

/** What WhatsApp said about numbers. `sessions/registration-store.ts` implements it. */
export interface RegistrationPort {
  find(instanceId: InstanceId, phone: string): Promise<Registration | undefined>
  /** `registeredPhone` is `undefined` when the number is not on WhatsApp. */
  remember(
    instanceId: InstanceId,
    phone: string,
    registeredPhone: string | undefined,
  ): Promise<void>
}

export interface Registration {
  readonly registeredPhone: string | undefined
  readonly checkedAt: EpochMs
}

/** The questions that WhatsApp answers. */
export interface Directory {
  /** Of the numbers asked, those that are on WhatsApp, as addresses in its own form. Throws when it does not answer. */
  registered(phones: readonly string[]): Promise<readonly string[]>
  /** The LID's address of a number, from memory or from WhatsApp. */
  lidOf(phone: string): Promise<string | undefined>
  /** The number's address of a LID, from memory only. */
  phoneOf(lid: string): Promise<string | undefined>
}

/** `lid` unless an operator finds that messages to LIDs vanish. */
export type Addressing = 'lid' | 'phone'

export interface Address {
  readonly jid: string
  readonly chat: ChatId
}

/** A number that is on WhatsApp stays there for long; one that is not may join any minute. */
const positiveTtlMs = 7 * 24 * 60 * 60 * 1000
const negativeTtlMs = 10 * 60 * 1000

export class RecipientResolver {
  readonly #instanceId: InstanceId
  readonly #directory: Directory
  readonly #registrations: RegistrationPort
  readonly #clock: Pick<Clock, 'now'>
  readonly #addressing: Addressing

  constructor(options: {
    readonly instanceId: InstanceId
    readonly directory: Directory
    readonly registrations: RegistrationPort
    readonly clock: Pick<Clock, 'now'>
    readonly addressing: Addressing
  }) {
    this.#instanceId = options.instanceId
    this.#directory = options.directory
    this.#registrations = options.registrations
    this.#clock = options.clock
    this.#addressing = options.addressing
  }

  /** `undefined` when the number is not on WhatsApp. Throws when WhatsApp does not answer; asking again is safe. */
  async resolve(recipient: Recipient): Promise<Address | undefined> {
    switch (recipient.kind) {
      case 'group':
        return {
          jid: groupJid(recipient.group),
          chat: { kind: 'group', group: recipient.group },
        }
      case 'lid': {
        const phone = personOfJid(await this.#directory.phoneOf(recipient.lid))?.phone
        return {
          jid: lidJid(recipient.lid),
          chat: { kind: 'person', lid: recipient.lid, ...(phone === undefined ? {} : { phone }) },
        }
      }
      case 'person':
        return this.#resolveNumber(recipient.phone)
    }
  }

  async #resolveNumber(asked: string): Promise<Address | undefined> {
    const phone = await this.#registeredForm(asked)
    if (phone === undefined) return undefined
    const lid = personOfJid(await this.#lidOf(phone))?.lid
    if (lid === undefined) return { jid: phoneJid(phone), chat: { kind: 'person', phone } }
    return {
      jid: this.#addressing === 'lid' ? lidJid(lid) : phoneJid(phone),
      chat: { kind: 'person', phone, lid },
    }
  }

  async #registeredForm(asked: string): Promise<string | undefined> {
    const known = await this.#registrations.find(this.#instanceId, asked)
    if (known !== undefined && this.#isFresh(known)) return known.registeredPhone

    const forms = formsOf(asked)
    const addresses = await this.#directory.registered(forms)
    const registered = addresses.flatMap((jid) => personOfJid(jid)?.phone ?? [])
    // Both forms may be on WhatsApp, as two people: the one that was asked for is meant.
    const phone = registered.find((form) => form === asked) ?? registered[0]
    await this.#registrations.remember(this.#instanceId, asked, phone)
    return phone
  }

  #isFresh({ registeredPhone, checkedAt }: Registration): boolean {
    const ttlMs = registeredPhone === undefined ? negativeTtlMs : positiveTtlMs
    return this.#clock.now() - checkedAt < ttlMs
  }

  /** Without a LID the number does, so a look-up that fails costs nothing but that. */
  async #lidOf(phone: string): Promise<string | undefined> {
    try {
      return await this.#directory.lidOf(phone)
    } catch {
      return undefined
    }
  }
}
