/**
 * The pretend WhatsApp network: who is registered, which groups there are, and
 * what went wrong. It knows nothing of sockets; a phone and a client's
 * connection are both just a device's sink.
 */

import { randomBytes, randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { type BinaryNode, jidDecode, type proto } from 'baileys'
import { Account, type Device } from './account.js'
import { Group } from './group.js'
import type { EpochMs } from './model.js'
import { Newsletter } from './newsletter.js'
import { secondsOf, stanza } from './wire/stanza.js'

/** A stanza as a client sent it. */
export interface ClientStanza {
  readonly stanza: BinaryNode
  readonly from: Device
}

interface NetworkEvents {
  /** Told synchronously, before the stanza is judged, routed or acknowledged. */
  stanza: [ClientStanza]
  /** An IQ as a client asked it, before it is answered. */
  question: [ClientStanza]
  /** Something that the server does not know arrived. */
  unknown: [BinaryNode]
  /** An error inside the simulator; a test should fail on it. */
  failure: [Error]
  /** A companion waits for its pairing code to be entered on this account's phone. */
  'link-code': [Account]
  linked: [Device]
  /** A companion has everything that waited for it, and gets the rest as it happens. */
  live: [Device]
  unlinked: [Device]
  /** The assertion of a companion was not accepted; the companion is not told. */
  'passkey-refused': [{ readonly account: Account; readonly problem: string }]
  /** An account's phone was switched on or off. */
  'phone-online': [Account]
  /** A client refused a stanza that was delivered to it. */
  nack: [{ readonly from: Device; readonly ack: BinaryNode }]
}

/** A cart that was sent. The holder of the token can read its lines. */
export interface Order {
  readonly id: string
  readonly token: string
  readonly lines: readonly {
    readonly id: string
    readonly name: string
    /** Of one piece, in thousandths of the currency. */
    readonly price: number
    readonly currency: string
    readonly quantity: number
  }[]
}

/** What WhatsApp got with a report. */
export interface SpamReport {
  readonly by: Account
  readonly reported: Account
  readonly messageId: string
  readonly message: proto.IMessage
}

export class Network extends EventEmitter<NetworkEvents> {
  readonly now: () => EpochMs
  /** Stanzas that the server does not know. A test should expect none. */
  readonly unknownNodes: BinaryNode[] = []
  /** People who were reported as spam. */
  readonly reports: SpamReport[] = []
  /** Errors inside the simulator. A test should expect none. */
  readonly failures: Error[] = []
  readonly #byPhone = new Map<string, Account>()
  readonly #byLid = new Map<string, Account>()
  /** Per number: how many accounts had it and gave it up. */
  readonly #earlierOwners = new Map<string, number>()
  readonly #groups = new Map<string, Group>()
  readonly #newsletters = new Map<string, Newsletter>()
  readonly #orders = new Map<string, Order>()

  constructor(now: () => EpochMs = Date.now) {
    super()
    this.now = now
    // Every phone listens; Node takes more than ten for a leak.
    this.setMaxListeners(0)
  }

  get accounts(): readonly Account[] {
    return [...this.#byPhone.values()]
  }

  get groups(): readonly Group[] {
    return [...this.#groups.values()]
  }

  /** Throws when the number is taken. */
  register(person: {
    readonly phone: string
    readonly name: string
    readonly business: boolean
  }): Account {
    if (this.#byPhone.has(person.phone)) throw new Error('the number is registered already')
    const earlierOwners = this.#earlierOwners.get(person.phone)
    const account = new Account({ ...person, earlierOwners })
    this.#byPhone.set(account.phone, account)
    this.#byLid.set(account.lid, account)
    return account
  }

  /** The account ends: its number may be registered again, by another person under another LID. */
  unregister(account: Account): void {
    if (!this.#byPhone.delete(account.phone)) return
    this.#byLid.delete(account.lid)
    this.#earlierOwners.set(account.phone, (this.#earlierOwners.get(account.phone) ?? 0) + 1)
    for (const group of this.groupsOf(account)) group.remove(account)
  }

  /** By exact number (digits). */
  byPhone(phone: string): Account | undefined {
    return this.#byPhone.get(phone)
  }

  /** By number as a person would dial it: a mobile number is found in either of its forms. */
  byDialledNumber(phone: string): Account | undefined {
    return this.#byPhone.get(phone) ?? this.#byPhone.get(otherForm(phone) ?? '')
  }

  /** By any JID of the person: number or LID, with or without a device. */
  accountOf(jid: string | undefined): Account | undefined {
    const address = jidDecode(jid)
    if (address === undefined) return undefined
    if (address.server === 'lid') return this.#byLid.get(address.user)
    return address.server === 's.whatsapp.net' ? this.#byPhone.get(address.user) : undefined
  }

  /** The device that a JID names; without a device number that is the phone. */
  deviceOf(jid: string | undefined): Device | undefined {
    return this.accountOf(jid)?.devices.get(jidDecode(jid)?.device ?? 0)
  }

  /** In place of a group that has the same id. */
  addGroup(group: {
    readonly subject: string
    readonly accounts: readonly Account[]
    /** `…@g.us` */
    readonly id?: string | undefined
    readonly inviteCode?: string | undefined
    readonly isCommunity?: boolean | undefined
  }): Group {
    const id = group.id ?? newGroupId()
    const created = new Group({ ...group, id, createdAt: this.now() })
    this.#groups.set(id, created)
    return created
  }

  /** A community with its announcement group, whose members are the same. */
  addCommunity(community: {
    readonly subject: string
    readonly accounts: readonly Account[]
    readonly id?: string | undefined
  }): Group {
    const parent = this.addGroup({ ...community, isCommunity: true })
    const { subject, accounts } = community
    const announcements = this.addGroup({ subject, accounts })
    announcements.community = parent
    announcements.settings.add('announcement')
    parent.announcements = announcements
    return parent
  }

  /** The groups of a community. */
  groupsIn(community: Group): readonly Group[] {
    return this.groups.filter((group) => group.community === community)
  }

  /** The community ends; its groups remain, but for that of its news. */
  removeCommunity(community: Group): void {
    for (const group of this.groupsIn(community)) group.community = undefined
    for (const gone of [community, community.announcements])
      if (gone !== undefined) this.#groups.delete(gone.id)
  }

  group(id: string | undefined): Group | undefined {
    return id === undefined ? undefined : this.#groups.get(id)
  }

  /** By the last part of its invitation link. */
  groupInvitedBy(code: string | undefined): Group | undefined {
    return this.groups.find(({ inviteCode }) => inviteCode === code)
  }

  get newsletters(): readonly Newsletter[] {
    return [...this.#newsletters.values()]
  }

  /** In place of a channel that has the same id. */
  addNewsletter(newsletter: {
    readonly name: string
    readonly description?: string | undefined
    readonly owner: Account
    /** `…@newsletter` */
    readonly id?: string | undefined
  }): Newsletter {
    const id = newsletter.id ?? newGroupId().replace('@g.us', '@newsletter')
    const created = new Newsletter({ ...newsletter, id, createdAt: this.now() })
    this.#newsletters.set(id, created)
    return created
  }

  newsletter(id: string | undefined): Newsletter | undefined {
    return id === undefined ? undefined : this.#newsletters.get(id)
  }

  removeNewsletter({ id }: Newsletter): void {
    this.#newsletters.delete(id)
  }

  addOrder(order: Order): void {
    this.#orders.set(order.id, order)
  }

  order(id: string | undefined): Order | undefined {
    return id === undefined ? undefined : this.#orders.get(id)
  }

  groupsOf(account: Account): readonly Group[] {
    return this.groups.filter((group) => group.accounts.includes(account))
  }

  /** A `<notification>` of the server, ready to be delivered. */
  notification(
    type: string,
    attrs: Readonly<Record<string, string | undefined>>,
    content: BinaryNode[],
  ): BinaryNode {
    const id = randomUUID()
    return stanza('notification', { type, id, t: secondsOf(this.now()), ...attrs }, content)
  }

  reportUnknown(node: BinaryNode): void {
    this.unknownNodes.push(node)
    this.emit('unknown', node)
  }

  reportFailure(error: Error): void {
    this.failures.push(error)
    this.emit('failure', error)
  }
}

function newGroupId(): string {
  return `1203630${randomBytes(6).readUIntBE(0, 6).toString().padStart(15, '0')}@g.us`
}

/** What stands before the mobile digit, the digit or nothing, what stands after it; and the digit. */
const MOBILES: readonly (readonly [RegExp, string])[] = [
  [/^(55\d\d)(9)(\d{8})$/, '9'],
  [/^(55\d\d)()([6-9]\d{7})$/, '9'],
  [/^(52)(1?)([2-9]\d{9})$/, '1'],
  [/^(54)(9?)([1-3]\d{9})$/, '9'],
]

/** A mobile number of Brazil, Mexico or Argentina with its mobile digit where it has none, and without it where it has one. */
export function otherForm(phone: string): string | undefined {
  for (const [pattern, digit] of MOBILES) {
    const [, before, has, after] = pattern.exec(phone) ?? []
    if (before !== undefined) return `${before}${has === '' ? digit : ''}${after}`
  }
  return undefined
}
