/**
 * What goes wrong on demand. `fault-schema.ts` has the shape and its meaning.
 *
 * The server, the phones and the media host ask this object at the moment
 * something could fail. `strike` does the faults that hit live connections.
 */

import type {
  AckRule,
  ConnectionFault,
  DecryptionRule,
  FaultChange,
  FaultState,
  Forgery,
  LoginRule,
  MediaFaults,
  PasskeyRule,
} from './fault-schema.js'
import type { ClientConnection, PhoneFace } from './model.js'
import type {
  AckFault,
  FaultPort,
  LoginFault,
  PasskeyFault,
  PasskeyStep,
  StanzaAddress,
} from './fault-port.js'
import { challenge } from './wire/challenge.js'

/** A rule that contradicts itself. `field` is where, as in `acks/0/code`. */
export class InvalidFaultError extends Error {
  override readonly name = 'InvalidFaultError'
  readonly code = 'invalid-fault'
  readonly field: string

  constructor(field: string, problem: string) {
    super(`${field} ${problem}`)
    this.field = field
  }
}

export class Faults implements FaultPort {
  #state: FaultState = nothing()

  /** A copy: the counters in it are what is left. */
  get state(): FaultState {
    return structuredClone(this.#state)
  }

  /** Sets the parts that the change names. Throws InvalidFaultError, with nothing changed. */
  set({
    acks,
    logins,
    notOnWhatsApp,
    unmentioned,
    unmoved,
    moved,
    paymentsNeedBusiness,
    decryption,
    newChatLocks,
    forged,
    passkey,
    media,
  }: Omit<FaultChange, 'connections'>): void {
    acks?.forEach(checkAckRule)
    passkey?.forEach(checkPasskeyRule)
    this.#state = structuredClone({
      acks: acks ?? this.#state.acks,
      logins: logins ?? this.#state.logins,
      notOnWhatsApp: notOnWhatsApp ?? this.#state.notOnWhatsApp,
      unmentioned: unmentioned ?? this.#state.unmentioned,
      unmoved: unmoved ?? this.#state.unmoved,
      moved: moved ?? this.#state.moved,
      paymentsNeedBusiness: paymentsNeedBusiness ?? this.#state.paymentsNeedBusiness,
      decryption: decryption ?? this.#state.decryption,
      newChatLocks: newChatLocks ?? this.#state.newChatLocks,
      forged: forged ?? this.#state.forged,
      passkey: passkey ?? this.#state.passkey,
      media: media ?? this.#state.media,
    })
  }

  clear(): void {
    this.#state = nothing()
  }

  /** Faults are for clients: a phone's own messages are always acknowledged. */
  ackFor(stanza: StanzaAddress): AckFault {
    if (stanza.device === 0) return { kind: 'normal' }
    const rule = takeFirst(this.#state.acks, (candidate) => concerns(candidate, stanza))
    if (!rule) return { kind: 'normal' }
    switch (rule.kind) {
      case 'error':
        return { kind: 'error', code: rule.code ?? 500 }
      case 'late':
        return { kind: 'late', delayMs: rule.delayMs ?? 0 }
      case 'missing':
        return { kind: 'missing' }
    }
  }

  onConnect(phone: string): LoginFault | undefined {
    const rule = takeFirst(this.#state.logins, (candidate) => isFor(candidate, phone))
    if (!rule) return undefined
    const { code, expire } = rule
    if (code >= 500) return { kind: 'stream-error', code }
    return { kind: 'failure', code, ...(expire === undefined ? {} : { expire }) }
  }

  /** Whether those who ask for the number are told that it is not on WhatsApp. */
  isHidden(phone: string): boolean {
    return this.#state.notOnWhatsApp.includes(phone)
  }

  isUnmentioned(phone: string): boolean {
    return this.#state.unmentioned.includes(phone)
  }

  /** Whether the account of the number takes no LIDs to write to. */
  isUnmoved(phone: string): boolean {
    return this.#state.unmoved.includes(phone)
  }

  /** Whether the account of the number takes nothing but LIDs to write to. */
  isMoved(phone: string): boolean {
    return this.#state.moved.includes(phone)
  }

  /** Whether consumers may send no payments and orders. */
  get paymentsNeedBusiness(): boolean {
    return this.#state.paymentsNeedBusiness
  }

  /** Whether the phone must fail to decrypt the message that it has before it. Counts. */
  failsToDecrypt(phone: string): boolean {
    return takeFirst(this.#state.decryption, (candidate) => isFor(candidate, phone)) !== undefined
  }

  /** Until when the number may start no chat, in seconds since 1970. */
  newChatLock(phone: string): number | undefined {
    return this.#state.newChatLocks.find((lock) => lock.phone === phone)?.until
  }

  /** Whether such a signature must belong to no key. */
  isForged(what: Forgery): boolean {
    return this.#state.forged.includes(what)
  }

  /** Whether this must go wrong in a linking with the phone. Counts. */
  passkeyFault(
    phone: string,
    kind: PasskeyFault,
    step?: PasskeyStep,
  ): { readonly code: number } | undefined {
    const rule = takeFirst(
      this.#state.passkey,
      (candidate) => candidate.kind === kind && candidate.at === step && isFor(candidate, phone),
    )
    return rule && { code: rule.code ?? 400 }
  }

  /** With which code an upload, or the question for the media hosts, must be refused. Counts. */
  mediaRefusal(at: 'upload' | 'hosts'): number | undefined {
    return takeFirst(this.#state.media.refusals ?? [], (candidate) => candidate.at === at)?.code
  }

  get media(): MediaFaults {
    return this.#state.media
  }
}

/** What of the world a strike touches. */
export interface LiveWorld {
  readonly connections: readonly ClientConnection[]
  phone(number: string): Pick<PhoneFace, 'linkedDevices' | 'unlink'> | undefined
}

/** Hits the live connections, in the order given. A phone or device that is not there is left out. */
export async function strike(world: LiveWorld, faults: readonly ConnectionFault[]): Promise<void> {
  for (const fault of faults) {
    if (fault.action === 'unlink') await unlink(world, fault)
    else for (const connection of connectionsOf(world, fault)) act(connection, fault.action)
  }
}

/** Lets every frozen connection go on. */
export function thawAll({ connections }: Pick<LiveWorld, 'connections'>): void {
  for (const connection of connections) connection.thaw()
}

async function unlink(world: LiveWorld, { phone, device }: ConnectionFault): Promise<void> {
  const owner = world.phone(phone)
  const linked = owner?.linkedDevices() ?? []
  for (const each of linked) {
    if (device === undefined || each.device === device) await owner?.unlink(each.device)
  }
}

function connectionsOf(world: LiveWorld, { phone, device }: ConnectionFault) {
  return world.connections.filter(
    (connection) =>
      connection.phone === phone && (device === undefined || connection.device === device),
  )
}

function act(
  connection: ClientConnection,
  action: Exclude<ConnectionFault['action'], 'unlink'>,
): void {
  switch (action) {
    case 'drop':
      return connection.drop()
    case 'freeze':
      return connection.freeze()
    case 'thaw':
      return connection.thaw()
    case 'replace':
      return connection.sendStreamError('replaced')
    case 'challenge':
      return connection.send(challenge())
  }
}

function nothing(): FaultState {
  return {
    acks: [],
    logins: [],
    notOnWhatsApp: [],
    unmentioned: [],
    unmoved: [],
    moved: [],
    paymentsNeedBusiness: false,
    decryption: [],
    newChatLocks: [],
    forged: [],
    passkey: [],
    media: {},
  }
}

function checkAckRule(rule: AckRule, index: number): void {
  if (rule.kind === 'error' && rule.code === undefined) {
    throw new InvalidFaultError(`acks/${index}/code`, 'is required with kind error')
  }
  if (rule.kind === 'late' && rule.delayMs === undefined) {
    throw new InvalidFaultError(`acks/${index}/delayMs`, 'is required with kind late')
  }
}

function checkPasskeyRule({ kind, at }: PasskeyRule, index: number): void {
  const isAtStep = kind === 'error' || kind === 'cut'
  if (isAtStep && at === undefined)
    throw new InvalidFaultError(`passkey/${index}/at`, `is required with kind ${kind}`)
  if (!isAtStep && at !== undefined)
    throw new InvalidFaultError(`passkey/${index}/at`, 'is for the kinds error and cut')
}

function concerns(rule: AckRule, { from, to, stranger, buttons }: StanzaAddress): boolean {
  return (
    (rule.from === undefined || rule.from === from) &&
    (rule.to === undefined || rule.to === to) &&
    (rule.strangers !== true || stranger) &&
    (rule.buttons !== true || buttons)
  )
}

function isFor(rule: LoginRule | DecryptionRule | PasskeyRule, phone: string): boolean {
  return rule.phone === undefined || rule.phone === phone
}

/** The first rule that fits, counted as used: its last use takes it off the list. */
function takeFirst<Rule extends { times?: number }>(
  rules: Rule[],
  fits: (rule: Rule) => boolean,
): Rule | undefined {
  const index = rules.findIndex(fits)
  const rule = rules[index]
  if (rule?.times === undefined) return rule
  rule.times -= 1
  if (rule.times === 0) rules.splice(index, 1)
  return rule
}
