/** Compares what was accepted with what phones, companions and the receiver of callbacks saw. */

export interface Accepted {
  readonly zaapId: string
  readonly messageId: string
  /** The call that sent it. */
  readonly action: string
  /** Says nothing but this message's number, so a second copy is known whatever id it has. */
  readonly text: string
  /** Hex SHA-256 of its file. */
  readonly sha256?: string | undefined
  readonly person: string
  /** From this moment on it must not be shown any more, in epoch milliseconds. */
  readonly expiresAt: number
}

export interface Shown {
  readonly text: string
  /** Of the file that the phone downloaded. */
  readonly sha256?: string | undefined
  /** Epoch milliseconds. */
  readonly at: number
}

export interface JudgedCallback {
  /** The same for every attempt of one callback. */
  readonly deliveryId: string
  readonly type: string
  readonly zaapId?: string | undefined
  readonly error?: string | undefined
  readonly status?: string | undefined
  readonly ids: readonly string[]
}

export interface Seen {
  /** What each person's phone shows. */
  readonly phones: ReadonlyMap<string, readonly Shown[]>
  /** What each person's companion shows. */
  readonly companions: ReadonlyMap<string, readonly string[]>
  readonly callbacks: readonly JudgedCallback[]
}

export interface Verdict {
  readonly accepted: number
  /** By the call that sent them. */
  readonly acceptedBy: ReadonlyMap<string, number>
  readonly shown: number
  /** Ended as expired or failed, told by a callback, and shown nowhere. */
  readonly ended: number
  /**
   * Written in the moment of a death, expired before a confirmation, and told so: the
   * one case in which it cannot be known whether it is shown.
   */
  readonly unconfirmed: number
  /** On neither, or on one of phone and companion only; and no callback said that it failed. */
  readonly lost: readonly string[]
  /** Shown more than once, on a phone or a companion. */
  readonly doubled: readonly string[]
  readonly late: readonly string[]
  /** Shown without its file, or with another one. */
  readonly spoilt: readonly string[]
  /** No DeliveryCallback. */
  readonly untold: readonly string[]
  /** Told as sent and on the phone, and no RECEIVED. */
  readonly unreceipted: readonly string[]
  /** Told as sent but not shown, as failed but shown, or told under two delivery ids. */
  readonly toldWrong: readonly string[]
}

export function judge(accepted: readonly Accepted[], seen: Seen): Verdict {
  const told = byMessage(seen.callbacks)
  const onPhones = countTexts(seen.phones, ({ text }) => text)
  const onCompanions = countTexts(seen.companions, (text) => text)
  const lateTexts = lateOnPhones(accepted, seen.phones)
  const spoiltTexts = spoiltOnPhones(accepted, seen.phones)
  const found = accepted.map((message) => {
    const deliveries = told.deliveries.get(message.zaapId) ?? []
    const onPhone = onPhones.get(message.text) ?? 0
    const onCompanion = onCompanions.get(message.text) ?? 0
    const failed = deliveries.some(({ error }) => error !== undefined)
    const isKnown = !deliveries.some(({ error }) => isUnconfirmed(error))
    return { message, deliveries, onPhone, onCompanion, failed, isKnown }
  })
  const idsOf = (which: (each: (typeof found)[number]) => boolean): string[] =>
    found.filter(which).map(({ message }) => message.messageId)
  return {
    accepted: accepted.length,
    acceptedBy: counted(accepted.map(({ action }) => action)),
    shown: found.filter(({ onPhone }) => onPhone > 0).length,
    ended: found.filter(({ failed, isKnown, onPhone }) => failed && isKnown && onPhone === 0)
      .length,
    unconfirmed: found.filter(({ isKnown }) => !isKnown).length,
    lost: idsOf(({ failed, onPhone, onCompanion }) =>
      failed ? onPhone !== onCompanion : onPhone === 0 || onCompanion === 0,
    ),
    doubled: idsOf(({ onPhone, onCompanion }) => onPhone > 1 || onCompanion > 1),
    late: idsOf(({ message }) => lateTexts.has(message.text)),
    spoilt: idsOf(({ message }) => spoiltTexts.has(message.text)),
    untold: idsOf(({ deliveries }) => deliveries.length === 0),
    unreceipted: idsOf(
      ({ message, failed, onPhone }) =>
        !failed && onPhone > 0 && !told.received.has(message.messageId),
    ),
    toldWrong: idsOf(
      ({ deliveries, failed, isKnown, onPhone }) =>
        new Set(deliveries.map(({ deliveryId }) => deliveryId)).size > 1 ||
        (isKnown && deliveries.length > 0 && failed === onPhone > 0),
    ),
  }
}

/** Whether every promise held. A run that accepted nothing proves nothing. */
export function isClean(verdict: Verdict): boolean {
  const { lost, doubled, late, spoilt, untold, unreceipted, toldWrong } = verdict
  const broken = [lost, doubled, late, spoilt, untold, unreceipted, toldWrong].some(
    (ids) => ids.length > 0,
  )
  return verdict.accepted > 0 && !broken
}

function isUnconfirmed(error: string | undefined): boolean {
  return error?.includes('may or may not have arrived') ?? false
}

function byMessage(callbacks: readonly JudgedCallback[]): {
  readonly deliveries: ReadonlyMap<string, readonly JudgedCallback[]>
  readonly received: ReadonlySet<string>
} {
  const deliveries = new Map<string, JudgedCallback[]>()
  const received = new Set<string>()
  for (const callback of callbacks) {
    if (callback.type === 'DeliveryCallback' && callback.zaapId !== undefined) {
      const others = deliveries.get(callback.zaapId) ?? []
      deliveries.set(callback.zaapId, [...others, callback])
    }
    if (callback.status === 'RECEIVED') for (const id of callback.ids) received.add(id)
  }
  return { deliveries, received }
}

function countTexts<T>(
  devices: ReadonlyMap<string, readonly T[]>,
  textOf: (each: T) => string,
): ReadonlyMap<string, number> {
  return counted([...devices.values()].flat().map(textOf))
}

function counted(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

function spoiltOnPhones(
  accepted: readonly Accepted[],
  phones: Seen['phones'],
): ReadonlySet<string> {
  const files = new Map(accepted.map(({ text, sha256 }) => [text, sha256]))
  const spoilt = [...phones.values()].flat().filter((each) => each.sha256 !== files.get(each.text))
  return new Set(spoilt.map(({ text }) => text))
}

function lateOnPhones(accepted: readonly Accepted[], phones: Seen['phones']): ReadonlySet<string> {
  const expiry = new Map(accepted.map(({ text, expiresAt }) => [text, expiresAt]))
  const late = [...phones.values()]
    .flat()
    .filter(({ text, at }) => at > (expiry.get(text) ?? Number.POSITIVE_INFINITY))
  return new Set(late.map(({ text }) => text))
}
