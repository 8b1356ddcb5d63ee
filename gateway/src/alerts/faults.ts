/** Reads what is wrong out of how everything stands: a pure function. */

import type { Disconnection } from '../domain/disconnection.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import type { Facts, Fault } from './rules.js'

export interface NumberStanding {
  readonly instanceId: InstanceId
  readonly name: string
  readonly isOpen: boolean
  /** Why it is not connected. Missing too while it connects for the first time after a start. */
  readonly disconnection?: Disconnection | undefined
  readonly restrictedUntil?: EpochMs | undefined
  /** When the message was accepted that waits the longest. */
  readonly oldestWaitingAt?: EpochMs | undefined
}

export interface ReceiverStanding {
  /** Names the instance and its URL without showing it. */
  readonly key: string
  readonly instanceId: InstanceId
  readonly name: string
  readonly host: string
  readonly since: EpochMs
  /** How it answered: `HTTP 500`, `ECONNREFUSED`. */
  readonly reason: string
}

export interface Standing {
  readonly now: EpochMs
  readonly numbers: readonly NumberStanding[]
  readonly receivers: readonly ReceiverStanding[]
  /** Keys of receivers that have neither failed again nor taken anything since. */
  readonly silentReceivers: readonly string[]
  /** Missing where the disk is not this machine's. */
  readonly freeMegabytes?: number | undefined
}

export interface Thresholds {
  readonly diskBelowMegabytes?: number | undefined
  readonly queueOlderThanSeconds?: number | undefined
}

/** It was never linked, or was ended by request. */
const wanted: ReadonlySet<string> = new Set(['closed-by-us', 'pairing-timed-out', 'passkey-failed'])
const bans: ReadonlySet<string> = new Set(['banned', 'suspended'])

export function factsOf(standing: Standing, thresholds: Thresholds): Facts {
  const { now, numbers, receivers, silentReceivers, freeMegabytes } = standing
  const unknown = new Set(silentReceivers)
  const wrong: Fault[] = []
  for (const number of numbers) {
    const fault = connectionFault(number)
    if (fault !== undefined) wrong.push(fault)
    else if (!number.isOpen && number.disconnection === undefined) {
      unknown.add(`number-down ${number.instanceId}`)
      unknown.add(`number-banned ${number.instanceId}`)
    }
    wrong.push(...restrictionFaults(number), ...queueFaults(number, now, thresholds))
    // A number that is away has a cause of its own, and its queue is as late as that.
    if (!number.isOpen) unknown.add(`queue-late ${number.instanceId}`)
  }
  wrong.push(...receivers.map(receiverFault))
  if (freeMegabytes !== undefined && freeMegabytes < (thresholds.diskBelowMegabytes ?? 0))
    wrong.push({ key: 'disk-low', since: now, subject: { kind: 'disk-low', freeMegabytes } })
  return { now, wrong, unknown }
}

function connectionFault(number: NumberStanding): Fault | undefined {
  const { isOpen, disconnection } = number
  if (isOpen || disconnection === undefined || wanted.has(disconnection.reason)) return undefined
  const { reason, since, until } = disconnection
  const kind = bans.has(reason) ? 'number-banned' : 'number-down'
  const subject = { kind, ...named(number), reason, until } as const
  return { key: `${kind} ${number.instanceId}`, since, subject }
}

function restrictionFaults(number: NumberStanding): readonly Fault[] {
  const { instanceId, restrictedUntil: until } = number
  if (until === undefined) return []
  const kind = 'number-restricted'
  // When it began is not stored; what is known from the first look on is kept.
  const since = Number.POSITIVE_INFINITY
  return [{ key: `${kind} ${instanceId}`, since, subject: { kind, ...named(number), until } }]
}

function queueFaults(
  number: NumberStanding,
  now: EpochMs,
  { queueOlderThanSeconds = Infinity }: Thresholds,
): readonly Fault[] {
  const { instanceId, isOpen, oldestWaitingAt } = number
  if (!isOpen || oldestWaitingAt === undefined) return []
  if (now - oldestWaitingAt < queueOlderThanSeconds * 1_000) return []
  const kind = 'queue-late'
  const key = `${kind} ${instanceId}`
  return [{ key, since: oldestWaitingAt, subject: { kind, ...named(number) } }]
}

function receiverFault({ key, instanceId, name, host, since, reason }: ReceiverStanding): Fault {
  const subject = {
    kind: 'receiver-failing',
    instanceId,
    instanceName: name,
    host,
    reason,
  } as const
  return { key, since, subject }
}

function named({ instanceId, name }: NumberStanding) {
  return { instanceId, instanceName: name }
}
