/** Who is registered: accounts, and the devices of each. State only; it moves no bytes. */

import { createHash } from 'node:crypto'
import { type BinaryNode, jidEncode } from 'baileys'
import type { EpochMs, PasskeyGateMode } from './model.js'
import { newPasskey, type Passkey } from './passkey/passkey.js'
import { Privacy } from './privacy.js'
import { Collection } from './server/collection.js'
import type { KeyBundle } from './server/key-bundle.js'
import { Storefront } from './storefront.js'

/** The two ways to address a person: by number or by LID. */
export type Addressing = 'pn' | 'lid'

export class Account {
  /** Digits, as registered. */
  readonly phone: string
  /** Digits. Made from the number, so it is the same in each run. */
  readonly lid: string
  /** Whether others are told the LID. Old accounts had none. */
  showsLid = true
  /** What others see; its owner may change it. */
  name: string
  about = ''
  /** JPEG. */
  picture: Uint8Array | undefined
  business: boolean
  /** What the person shows as a business. */
  readonly storefront = new Storefront()
  readonly devices = new Map<number, Device>()
  /** Whether WhatsApp asks for its passkey when a device is linked. */
  asksForPasskey: PasskeyGateMode = 'off'
  #passkey: Passkey | undefined
  /** The people in the phone's address book. */
  readonly contacts = new Set<Account>()
  readonly blocked = new Set<Account>()
  readonly privacy = new Privacy<Account>(this)
  /** Who sees its statuses: all saved contacts, those without these people, or these people. */
  statusPrivacy: {
    readonly type: 'contacts' | 'blacklist' | 'whitelist'
    readonly people: readonly Account[]
  } = { type: 'contacts', people: [] }
  /** After how long messages of new chats disappear, in seconds. 0: never. */
  defaultTimer = 0
  /** The people to whom this account has ever written. */
  readonly writtenTo = new Set<Account>()
  #nextDevice = 1
  readonly #collections = new Map<string, Collection>()

  constructor(person: {
    readonly phone: string
    readonly name: string
    readonly business: boolean
    /** How often the number belonged to another account before. */
    readonly earlierOwners?: number | undefined
  }) {
    this.phone = person.phone
    this.lid = lidOf(person.phone, person.earlierOwners ?? 0)
    this.name = person.name
    this.business = person.business
  }

  /** Made when it is first asked for. */
  get passkey(): Passkey {
    this.#passkey ??= newPasskey()
    return this.#passkey
  }

  /** What its devices share of chats, contacts and settings, by the name of the collection. */
  collection(name: string): Collection {
    const found = this.#collections.get(name) ?? new Collection()
    this.#collections.set(name, found)
    return found
  }

  jid(addressing: Addressing): string {
    return addressing === 'lid'
      ? jidEncode(this.lid, 'lid')
      : jidEncode(this.phone, 's.whatsapp.net')
  }

  /** The phone itself, device 0. */
  addPrimary(at: EpochMs): Device {
    return this.#add(new Device(this, { number: 0, platform: 'phone', linkedAt: at }))
  }

  addCompanion(companion: {
    readonly platform: string
    readonly linkedAt: EpochMs
    readonly noiseKey: Uint8Array
    readonly number: number
  }): Device {
    return this.#add(new Device(this, companion))
  }

  /** Numbers are never used twice, so a removed device cannot come back as another. */
  nextDeviceNumber(): number {
    return this.#nextDevice++
  }

  #add(device: Device): Device {
    this.devices.set(device.number, device)
    return device
  }
}

/**
 * One device of an account: the phone or a linked companion.
 *
 * What is meant for it waits here until the device acknowledges it, whether it
 * is attached (a live connection, a phone that is online) or not.
 */
export class Device {
  readonly account: Account
  /** 0 is the phone. */
  readonly number: number
  readonly platform: string
  readonly linkedAt: EpochMs
  /** The Noise key that a companion was paired with. */
  readonly noiseKey: Uint8Array | undefined
  keys: KeyBundle | undefined
  /** Whether it was told that its one-time keys run out, and has uploaded none since. */
  warnedOfLowKeys = false
  #waiting: BinaryNode[] = []
  #sink: ((node: BinaryNode) => void) | undefined

  constructor(
    account: Account,
    device: {
      readonly number: number
      readonly platform: string
      readonly linkedAt: EpochMs
      readonly noiseKey?: Uint8Array | undefined
    },
  ) {
    this.account = account
    this.number = device.number
    this.platform = device.platform
    this.linkedAt = device.linkedAt
    this.noiseKey = device.noiseKey
  }

  get attached(): boolean {
    return this.#sink !== undefined
  }

  /** Messages, receipts and notifications that are not acknowledged. */
  get waiting(): readonly BinaryNode[] {
    return this.#waiting
  }

  jid(addressing: Addressing): string {
    return addressing === 'lid'
      ? jidEncode(this.account.lid, 'lid', this.number)
      : jidEncode(this.account.phone, 's.whatsapp.net', this.number)
  }

  /** From now on the sink gets what is delivered. What waits stays waiting: the caller hands it out first. */
  attach(sink: (node: BinaryNode) => void): void {
    this.#sink = sink
  }

  /** Does nothing when another sink has taken over meanwhile. */
  detach(sink: (node: BinaryNode) => void): void {
    if (this.#sink === sink) this.#sink = undefined
  }

  /** Must arrive: kept until acknowledged. */
  deliver(node: BinaryNode): void {
    this.#waiting.push(node)
    this.#sink?.(node)
  }

  /** Momentary (presence, typing): lost without a listener. */
  tell(node: BinaryNode): void {
    this.#sink?.(node)
  }

  /** Takes an `<ack>` of this device: what it names has arrived. */
  acknowledge(ack: BinaryNode): void {
    const { class: tag, id, to, participant } = ack.attrs
    const index = this.#waiting.findIndex(
      (node) =>
        node.tag === tag &&
        node.attrs['id'] === id &&
        node.attrs['from'] === to &&
        node.attrs['participant'] === participant,
    )
    if (index >= 0) this.#waiting = this.#waiting.toSpliced(index, 1)
  }

  /** A receipt says so too. Two authors may use one id: `isMeant` tells whether it is the message of the receipt. */
  acknowledgeMessage(id: string | undefined, isMeant: (message: BinaryNode) => boolean): void {
    this.#waiting = this.#waiting.filter(
      (node) => node.tag !== 'message' || node.attrs['id'] !== id || !isMeant(node),
    )
  }
}

function lidOf(phone: string, earlierOwners: number): string {
  const again = earlierOwners === 0 ? '' : ` after ${earlierOwners}`
  const digest = createHash('sha256').update(`lid of ${phone}${again}`).digest()
  return (100_000_000_000_000 + (digest.readUIntBE(0, 6) % 100_000_000_000_000)).toString()
}
