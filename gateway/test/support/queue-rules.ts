/** What holds of a queue whatever happens. */

import { expect } from 'vitest'
import type { Database } from '../../src/db/database.js'
import type { InstanceId } from '../../src/domain/instance.js'
import { oneFormOf } from '../../src/domain/phone-forms.js'
import { isMoreUrgent, type Priority } from '../../src/domain/priority.js'
import type { EpochMs } from '../../src/domain/time.js'
import { mostOvertaken } from '../../src/outbox/queue/turns.js'
import { type Accepted, longestFlightMs, mostFileMs, type Play } from './queue-play.js'

export function expectOneEndingEach(game: Play): void {
  const endings = game.endings()
  const known = new Set(game.accepted.map(({ id }) => id))
  expect(endings.filter(({ messageId }) => !known.has(messageId))).toEqual([])
  const ofEach = game.accepted.map(({ id }) => endings.filter(({ messageId }) => messageId === id))
  expect(ofEach.filter((those) => those.length !== 1)).toEqual([])
}

/** A message is first sent only after all to the same person that were accepted before it have ended or been sent. */
export function expectOrder(game: Play): void {
  for (const sends of game.chats((instanceId) => game.sendsOf(instanceId))) {
    const order = sends.map(({ of }) => game.accepted.indexOf(of))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
  }
}

/** More than any gap, any time in the air and a restart; less than the tries of one message take. */
const longestPauseMs = 60_000

/**
 * While a message could go, something leaves. It can as soon as all before it in its chat have ended,
 * its file is there and its instance is up.
 */
export function expectNothingHeldUp(game: Play): void {
  const endedAt = new Map(game.endings().map((each) => [each.messageId, each.occurredAt]))
  for (const accepted of game.chats((instanceId) =>
    game.accepted.filter((each) => each.instanceId === instanceId).map((of) => ({ of })),
  )) {
    for (const [index, { of }] of accepted.entries()) {
      const sends = game.sendsOf(of.instanceId)
      const until = sends.find((send) => send.of === of)?.at ?? endedAt.get(of.id) ?? 0
      const lastChange = game.interruptions.findLast(
        ({ instanceId, at }) => instanceId === of.instanceId && at <= until,
      )
      if (lastChange?.isOpen === false) continue
      const could = Math.max(
        of.acceptedAt + mostFileMs,
        ...accepted.slice(0, index).map((before) => endedAt.get(before.of.id) ?? 0),
        lastChange?.at ?? 0,
      )
      const moments = [could, ...sends.map(({ at }) => at), until]
        .filter((at) => at >= could && at <= until)
        .toSorted((a, b) => a - b)
      for (const [place, at] of moments.slice(1).entries())
        expect({ of, moments, pauseMs: at - (moments[place] ?? at) }).toMatchObject({
          pauseMs: expect.toSatisfy((pauseMs: number) => pauseMs <= longestPauseMs),
        })
    }
  }
}

/** By then a message has been read, resolved and prepared, and stands before all that are less urgent. */
const readyAfterMs = 4_000

/** While a more urgent message could go, no other leaves before it, unless enough have overtaken that one. */
export function expectUrgentFirst(game: Play): void {
  for (const instanceId of game.instances) {
    const sends = game.sendsOf(instanceId)
    for (const [index, { of, at }] of sends.entries()) {
      const isFirst = sends.findIndex((send) => send.of === of) === index
      if (!isFirst || !wasUp(game, instanceId, at)) continue
      const own = urgencyOf(game, of, at)
      const overtakers = sends
        .slice(0, index)
        .filter((send) => isMoreUrgent(urgencyOf(game, send.of, send.at), own))
      if (own !== 'high' && overtakers.length >= mostOvertaken[own]) continue
      const passed = readyAt(game, instanceId, at).filter(
        (each) => !isSamePerson(each, of) && isMoreUrgent(each.priority, own),
      )
      expect({ of, at, passed }).toMatchObject({ passed: [] })
    }
  }
}

/** What was not sent by then and waited for nothing but its turn. */
function readyAt(game: Play, instanceId: InstanceId, at: EpochMs): readonly Accepted[] {
  const own = game.accepted.filter((each) => each.instanceId === instanceId)
  const sends = game.sendsOf(instanceId)
  const endedAt = new Map(game.endings().map((each) => [each.messageId, each.occurredAt]))
  const endOf = ({ id }: Accepted) => endedAt.get(id) ?? Infinity
  return own.filter((each, index) => {
    const before = own.slice(0, index).filter((one) => isSamePerson(one, each))
    const couldFrom = Math.max(each.acceptedAt, ...before.map(endOf))
    const sentAt = sends.find((send) => send.of === each)?.at ?? Infinity
    return !each.hasFile && couldFrom + readyAfterMs <= at && sentAt > at && endOf(each) > at
  })
}

function isSamePerson(one: Accepted, other: Accepted): boolean {
  return oneFormOf(one.phone) === oneFormOf(other.phone)
}

/** As urgent as the most urgent message of its chat that came before this moment. */
function urgencyOf(game: Play, of: Accepted, at: EpochMs): Priority {
  return game.accepted
    .filter((each) => each.instanceId === of.instanceId && isSamePerson(each, of))
    .filter((each) => each === of || (each.acceptedAt >= of.acceptedAt && each.acceptedAt <= at))
    .map(({ priority }) => priority)
    .reduce((most, each) => (isMoreUrgent(each, most) ? each : most), of.priority)
}

function wasUp(game: Play, instanceId: InstanceId, at: EpochMs): boolean {
  const changes = game.interruptions.filter(
    (each) => each.instanceId === instanceId && each.at <= at,
  )
  const last = changes.at(-1)
  return last !== undefined && last.isOpen && last.at + readyAfterMs <= at
}

export function expectPacing(game: Play): void {
  for (const instanceId of game.instances) {
    // What did not reach the socket owes no gap.
    const sends = game.sendsOf(instanceId).filter(({ isWritten }) => isWritten)
    for (const [index, { of, at }] of sends.entries()) {
      const before = sends[index - 1]
      if (before === undefined || before.of === of || !wasSent(game, before.of)) continue
      expect(at - before.at).toBeGreaterThanOrEqual(
        before.of.gapAfterMs ?? game.kind.policy.minGapMs,
      )
    }
  }
}

function wasSent(game: Play, { id }: Accepted): boolean {
  return game.endings().some(({ kind, messageId }) => kind === 'message.sent' && messageId === id)
}

export function expectNothingLate(game: Play): void {
  for (const { of, at } of game.instances.flatMap((each) => game.sendsOf(each))) {
    expect(at).toBeLessThan(of.expiresAt)
  }
  for (const event of game.endings()) {
    const message = game.accepted.find(({ id }) => id === event.messageId)
    // Who is in the air at that moment is judged when it comes down, or by the next process if this one ends meanwhile.
    const latest = (message?.expiresAt ?? 0) + 2 * longestFlightMs
    expect(event.occurredAt).toBeLessThanOrEqual(latest)
    const isExpiry = event.kind === 'message.failed' && event.reason === 'expired'
    const earliest = isExpiry ? message?.expiresAt : message?.acceptedAt
    expect(event.occurredAt).toBeGreaterThanOrEqual(earliest ?? 0)
  }
}

export function expectNoSendAfterCancelling(game: Play): void {
  const cancelled = new Map(
    game
      .endings()
      .filter((event) => event.kind === 'message.failed' && event.reason === 'cancelled')
      .map((event) => [event.messageId, event.occurredAt]),
  )
  for (const { of, at } of game.instances.flatMap((each) => game.sendsOf(each)))
    expect(at).toBeLessThanOrEqual(cancelled.get(of.id) ?? Infinity)
}

export async function expectNothingKept(database: Database, game: Play): Promise<void> {
  const kept = await database.query
    .selectFrom('message')
    .select('status')
    .where('instance_id', 'in', game.instances)
    .where((row) =>
      row.or([
        row('content_sealed', 'is not', null),
        row('status', 'in', ['queued', 'sending', 'unknown']),
      ]),
    )
    .execute()
  expect(kept).toEqual([])
}
