/**
 * Decides what is told to the operator: a pure function of what is wrong now and of what was told before.
 *
 * An alert waits until it has lasted as long as its rule says, is then open, and is closed by its
 * recovery. Each change is told once. What changes together is told in one notice.
 */

import type { AlertKind, AlertSubject } from '../domain/alert.js'
import type { EpochMs } from '../domain/time.js'

/** Something that is wrong now. */
export interface Fault {
  /** Names it: what is wrong twice with the same key is one alert. */
  readonly key: string
  readonly since: EpochMs
  readonly subject: AlertSubject
}

export interface Facts {
  readonly now: EpochMs
  readonly wrong: readonly Fault[]
  /** Keys of which nothing is known at this moment: their alerts stay as they are. */
  readonly unknown: ReadonlySet<string>
}

/** `waiting`: not told. `open`: told, and not recovered. `closed`: recovered. */
export type AlertState = 'waiting' | 'open' | 'closed'

export interface Alert extends Fault {
  readonly state: AlertState
  /** When it was told last, also before an earlier recovery. */
  readonly toldAt?: EpochMs | undefined
  readonly closedAt?: EpochMs | undefined
}

export interface AlertRules {
  /** How long each kind lasts before it is told, in ms. Missing: it is not told. */
  readonly holdMs: Readonly<Partial<Record<AlertKind, number>>>
  /** An alert that stays open is told again after so long. 0: never. */
  readonly repeatMs: number
}

export interface Decision {
  readonly write: readonly Alert[]
  readonly remove: readonly string[]
  /** Nothing is told if all three are empty. */
  readonly opened: readonly Alert[]
  readonly repeated: readonly Alert[]
  readonly recovered: readonly Alert[]
}

/** Between two notices. What happens meanwhile is told together. */
export const gapMs = 60_000
/** What is due waits so long for others, so that numbers that went down together are told together. */
export const gatherMs = 10_000
/** An alert that comes back so soon after it was told waits until then. */
export const quietMs = 10 * 60_000
/** How long a recovered alert can be looked up. */
const keepMs = 7 * 24 * 3_600_000

export function decide(facts: Facts, alerts: readonly Alert[], rules: AlertRules): Decision {
  const { now } = facts
  const before = new Map(alerts.map((alert) => [alert.key, alert]))
  const wrong = new Map(
    facts.wrong
      .filter(({ subject }) => rules.holdMs[subject.kind] !== undefined)
      .map((fault) => [fault.key, fault]),
  )
  const mayTell = isGapOver(alerts, now)
  const draft = new Draft(alerts)

  const faulty = [...wrong.values()].map((fault) => asWrong(fault, before.get(fault.key), now))
  const mayOpen = mayTell && faulty.some((alert) => isDue(alert, rules, now - gatherMs))
  for (const alert of faulty) {
    if (mayOpen && isDue(alert, rules, now))
      draft.opened.push(draft.put({ ...alert, state: 'open', toldAt: now }))
    else if (mayTell && isToRepeat(alert, rules, now))
      draft.repeated.push(draft.put({ ...alert, toldAt: now }))
    else draft.put(alert)
  }
  for (const alert of alerts) {
    if (wrong.has(alert.key)) continue
    const isOff = rules.holdMs[alert.subject.kind] === undefined
    if (facts.unknown.has(alert.key) && !isOff) continue
    if (isOff && alert.state !== 'closed') draft.remove(alert.key)
    else if (alert.state === 'open' && mayTell)
      draft.recovered.push(draft.put({ ...alert, state: 'closed', closedAt: now }))
    else if (alert.state === 'waiting') endWaiting(draft, alert)
    else if (alert.state === 'closed' && now - (alert.closedAt ?? 0) >= keepMs)
      draft.remove(alert.key)
  }
  return draft.decision()
}

/** It ended before it was told; what was told of an earlier time is kept. */
function endWaiting(draft: Draft, alert: Alert): void {
  if (alert.toldAt === undefined) draft.remove(alert.key)
  else draft.put({ ...alert, state: 'closed' })
}

function asWrong(
  { key, subject, ...fault }: Fault,
  before: Alert | undefined,
  now: EpochMs,
): Alert {
  // A clock that was set back must not hold an alert up.
  const since = Math.min(fault.since, now)
  if (before === undefined) return { key, subject, since, state: 'waiting' }
  if (before.state === 'closed') return { ...before, subject, since, state: 'waiting' }
  return { ...before, subject, since: Math.min(before.since, since) }
}

function isDue({ state, since, subject, toldAt }: Alert, rules: AlertRules, now: EpochMs): boolean {
  if (state !== 'waiting' || now - since < (rules.holdMs[subject.kind] ?? Infinity)) return false
  return isPast(toldAt, quietMs, now)
}

function isToRepeat({ state, toldAt }: Alert, { repeatMs }: AlertRules, now: EpochMs): boolean {
  return state === 'open' && repeatMs > 0 && isPast(toldAt, repeatMs, now)
}

function isGapOver(alerts: readonly Alert[], now: EpochMs): boolean {
  return alerts.every(
    ({ toldAt, closedAt }) => isPast(toldAt, gapMs, now) && isPast(closedAt, gapMs, now),
  )
}

/** A moment that is still to come was written before the clock was set back. */
function isPast(at: EpochMs | undefined, ms: number, now: EpochMs): boolean {
  return at === undefined || at > now || now - at >= ms
}

/** Collects the rows that differ from those before. */
class Draft {
  readonly opened: Alert[] = []
  readonly repeated: Alert[] = []
  readonly recovered: Alert[] = []
  readonly #before: ReadonlyMap<string, Alert>
  readonly #write: Alert[] = []
  readonly #remove: string[] = []

  constructor(before: readonly Alert[]) {
    this.#before = new Map(before.map((alert) => [alert.key, alert]))
  }

  put(alert: Alert): Alert {
    const before = this.#before.get(alert.key)
    if (JSON.stringify(before) !== JSON.stringify(alert)) this.#write.push(alert)
    return alert
  }

  remove(key: string): void {
    this.#remove.push(key)
  }

  decision(): Decision {
    const { opened, repeated, recovered } = this
    return { write: this.#write, remove: this.#remove, opened, repeated, recovered }
  }
}
