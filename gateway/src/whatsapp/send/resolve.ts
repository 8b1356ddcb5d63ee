/**
 * Finds the address that a recipient is to be written to.
 *
 * A number is asked about before the first message goes to it, because writing
 * to numbers that are not on WhatsApp gets an account restricted. The answer is
 * kept. A person is then written to under their LID, since contacts that were
 * moved to LIDs refuse messages addressed to the number (463).
 */

import type { ChatId, PersonId, Recipient } from '../../domain/chat.js'
import type { InstanceId } from '../../domain/instance.js'
import type { EpochMs } from '../../domain/time.js'
import type { Clock } from '../../runtime/clock.js'
import type { LookedUpPhone } from '../../domain/profile.js'
import type { StatusAudience } from './status-audience.js'
import { groupJid, lidJid, newsletterJid, personOfJid, phoneJid, statusJid } from '../jid.js'

/** What WhatsApp said about numbers. `sessions/registration-store.ts` implements it. */
export interface RegistrationPort {
  find(instanceId: InstanceId, phone: string): Promise<Registration | undefined>
  /** `registeredPhone` is `undefined` when the number is not on WhatsApp. */
  remember(
    instanceId: InstanceId,
    phone: string,
    registeredPhone: string | undefined,
  ): Promise<void>
  /** The same for many at once; what was never asked is missing in the answer. */
  findAll(
    instanceId: InstanceId,
    phones: readonly string[],
  ): Promise<ReadonlyMap<string, Registration>>
  rememberAll(
    instanceId: InstanceId,
    answers: readonly { readonly asked: string; readonly phone?: string | undefined }[],
  ): Promise<void>
}

/** Keeps which number and which LID are the same person. `directory/known-people.ts` implements it. */
export interface PeoplePort {
  /** People with one name alone are left out. Never rejects: what is not kept is learned again. */
  learn(instanceId: InstanceId, people: readonly PersonId[]): Promise<void>
}

export interface Registration {
  readonly registeredPhone: string | undefined
  readonly checkedAt: EpochMs
}

/** The questions that WhatsApp answers. */
export interface Directory {
  /** Whether each of the numbers is on WhatsApp, in one question. Throws when it does not answer. */
  lookUp(phones: readonly string[]): Promise<readonly LookedUpPhone[]>
  /** The LIDs' addresses of these numbers, from memory or from WhatsApp. */
  lidsOf(phones: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** The number's address of a LID, from memory only. */
  phoneOf(lid: string): Promise<string | undefined>
}

/** `lid` unless an operator finds that messages to LIDs vanish. */
export type Addressing = 'lid' | 'phone'

export interface Address {
  readonly jid: string
  readonly chat: ChatId
  /** Of a status: who sees it. */
  readonly audience?: StatusAudience | undefined
}

/** A number that is on WhatsApp stays there for long; one that is not may join any minute. */
const positiveTtlMs = 7 * 24 * 60 * 60 * 1000
const negativeTtlMs = 10 * 60 * 1000

/** WhatsApp was asked twice and did not say whether the number is registered. Trying at once does not help. */
export class UnansweredError extends Error {
  override readonly name = 'UnansweredError'
}

export class RecipientResolver {
  readonly #instanceId: InstanceId
  readonly #directory: Directory
  readonly #registrations: RegistrationPort
  readonly #clock: Pick<Clock, 'now'>
  readonly #addressing: Addressing
  readonly #account: { readonly isByNumber: boolean } | undefined
  /** Addresses that WhatsApp did not know when it was sent something for them, and when that was. */
  readonly #doubted = new Map<string, EpochMs>()

  constructor(options: {
    readonly instanceId: InstanceId
    readonly directory: Directory
    readonly registrations: RegistrationPort
    readonly clock: Pick<Clock, 'now'>
    readonly addressing: Addressing
    /** What WhatsApp has shown of the account; as `addressing` says unless given. */
    readonly account?: { readonly isByNumber: boolean } | undefined
  }) {
    this.#instanceId = options.instanceId
    this.#directory = options.directory
    this.#registrations = options.registrations
    this.#clock = options.clock
    this.#addressing = options.addressing
    this.#account = options.account
  }

  /**
   * `undefined` when the number is not on WhatsApp. Throws `UnansweredError`, or when WhatsApp does not
   * answer at all; asking again is safe.
   */
  async resolve(recipient: Recipient): Promise<Address | undefined> {
    switch (recipient.kind) {
      case 'group':
        return {
          jid: groupJid(recipient.group),
          chat: { kind: 'group', group: recipient.group },
        }
      case 'status':
        return { jid: statusJid, chat: { kind: 'status' } }
      case 'newsletter':
        return { jid: newsletterJid(recipient.newsletter), chat: { ...recipient } }
      case 'lid': {
        if (this.#isDoubted(lidJid(recipient.lid))) return undefined
        const phone = personOfJid(await this.#directory.phoneOf(recipient.lid))?.phone
        return {
          jid: this.#isByNumber && phone !== undefined ? phoneJid(phone) : lidJid(recipient.lid),
          chat: { kind: 'person', lid: recipient.lid, ...(phone === undefined ? {} : { phone }) },
        }
      }
      case 'person':
        return this.#resolveNumber(recipient.phone)
    }
  }

  /** WhatsApp does not know this address of a person, so what led to it is asked for again. */
  doubt(jid: string): void {
    for (const each of this.#doubted.keys()) if (!this.#isDoubted(each)) this.#doubted.delete(each)
    this.#doubted.set(jid, this.#clock.now())
  }

  /**
   * The same for a number whose address leads nowhere: asks WhatsApp, whatever is remembered.
   */
  async resolveAnew(asked: string): Promise<Address | undefined> {
    const { phone, lid } = await this.#ask(asked)
    return phone === undefined ? undefined : this.#addressOf(phone, lid && lidJid(lid))
  }

  /**
   * The addresses of all persons among them that are on WhatsApp, in two questions at most.
   * Throws when WhatsApp does not answer; asking again is safe.
   */
  async addressesOf(recipients: readonly Recipient[]): Promise<readonly string[]> {
    const lids = recipients.flatMap((each) => (each.kind === 'lid' ? [lidJid(each.lid)] : []))
    const asked = recipients.flatMap((each) => (each.kind === 'person' ? [each.phone] : []))
    const known = await this.#registrations.findAll(this.#instanceId, asked)
    const registered = new Map<string, string | undefined>()
    for (const [phone, each] of known)
      if (this.#isFresh(each)) registered.set(phone, each.registeredPhone)
    const unknown = [...new Set(asked)].filter((phone) => !registered.has(phone))
    if (unknown.length > 0) {
      const answers = await this.#directory.lookUp(unknown)
      const found = answers.filter(({ isUnanswered }) => isUnanswered !== true)
      await this.#registrations.rememberAll(this.#instanceId, found)
      for (const each of found) registered.set(each.asked, each.phone)
    }
    const phones = [...new Set(registered.values())].filter((phone) => phone !== undefined)
    const lidOf = await this.#lidsOf(phones)
    const addresses = phones.map((phone) => this.#addressOf(phone, lidOf.get(phone)).jid)
    return [...new Set([...lids, ...addresses])]
  }

  async #resolveNumber(asked: string): Promise<Address | undefined> {
    const phone = await this.#registeredForm(asked)
    if (phone === undefined) return undefined
    const address = this.#addressOf(phone, (await this.#lidsOf([phone])).get(phone))
    if (!this.#isDoubted(address.jid)) return address
    const another = await this.resolveAnew(asked)
    return another?.jid === address.jid ? undefined : another
  }

  get #isByNumber(): boolean {
    return this.#account?.isByNumber ?? false
  }

  #addressOf(phone: string, lidAddress: string | undefined): Address {
    const lid = personOfJid(lidAddress)?.lid
    if (lid === undefined) return { jid: phoneJid(phone), chat: { kind: 'person', phone } }
    return {
      jid: this.#addressing === 'lid' && !this.#isByNumber ? lidJid(lid) : phoneJid(phone),
      chat: { kind: 'person', phone, lid },
    }
  }

  async #registeredForm(asked: string): Promise<string | undefined> {
    const known = await this.#registrations.find(this.#instanceId, asked)
    if (known !== undefined && this.#isFresh(known)) return known.registeredPhone

    return (await this.#ask(asked)).phone
  }

  async #ask(asked: string): Promise<LookedUpPhone> {
    const [found = { asked, isUnanswered: true }] = await this.#directory.lookUp([asked])
    if (found.isUnanswered === true)
      throw new UnansweredError('WhatsApp did not say whether the number is registered')
    await this.#registrations.remember(this.#instanceId, asked, found.phone)
    return found
  }

  #isDoubted(jid: string): boolean {
    const since = this.#doubted.get(jid)
    return since !== undefined && this.#clock.now() - since < negativeTtlMs
  }

  #isFresh({ registeredPhone, checkedAt }: Registration): boolean {
    const ttlMs = registeredPhone === undefined ? negativeTtlMs : positiveTtlMs
    return this.#clock.now() - checkedAt < ttlMs
  }

  /** Without a LID the number does, so a look-up that fails costs nothing but that. */
  async #lidsOf(phones: readonly string[]): Promise<ReadonlyMap<string, string>> {
    try {
      return phones.length === 0 ? new Map() : await this.#directory.lidsOf(phones)
    } catch {
      return new Map()
    }
  }
}
