/** What holds of a pool whatever happens. Each rule gives what breaks it. */

import type { InstanceId } from '../../src/domain/instance.js'
import type { Move } from '../../src/domain/pool.js'
import type { EpochMs } from '../../src/domain/time.js'
import type { SeenSend } from './outbox-world.js'
import { longestFlightMs, type Played, type Taken, type WaitingRow } from './pool-played.js'

/** A lost connection may take 2 s to come back; then it is looked every second. */
const failoverMs = 5_000
/** The pacing of the play. */
const longestGapMs = 3_000
/** After 20 s a caller is told that a code is not sent yet. */
const leastPatienceMs = 20_000

/** Every message that was accepted ends in one way. */
export function wrongEndings(play: Played): readonly string[] {
  const endings = play.endings()
  return play.taken.flatMap((message) => {
    const own = endings.filter(({ messageId }) => messageId === message.id)
    return own.length === 1 ? [] : [`${message.code} ended ${own.length} times`]
  })
}

/**
 * What may have arrived is sent again by its member alone, unless its caller allows a second copy.
 * What was sent is never sent again, unless the process died before it heard of that.
 */
export function doubled(play: Played): readonly string[] {
  const { sends: all } = play.world.world.session
  return play.taken.flatMap((message) => {
    const sends = play.sendsOf(message)
    return sends.flatMap((send, index) => {
      if (!mayHaveArrived(play, send)) return []
      const later = sends.slice(index + 1)
      const from = all.indexOf(send)
      const isHeard = (next: SeenSend): boolean =>
        !play.ends.some((end) => end > from && end <= all.indexOf(next))
      const again = later.filter((next) => !play.answers.has(send) && isHeard(next))
      const elsewhere = later.filter(({ instanceId }) => instanceId !== send.instanceId)
      return [
        ...again.map(() => `${message.code} was sent again`),
        ...(message.onUnknown === 'wait' ? elsewhere : []).map(
          () => `${message.code} may have arrived and was sent by another member`,
        ),
      ]
    })
  })
}

function mayHaveArrived(play: Played, send: SeenSend): boolean {
  const answer = play.answers.get(send)
  if (play.world.world.session.notWritten.has(send)) return false
  return answer === undefined || answer.kind === 'unknown'
}

/**
 * A message is first sent only after all to the same person that were accepted before it. `rows`: in
 * that order. Of what a process had begun when it died, the first send may not have been seen.
 */
export function outOfOrder(play: Played, rows: readonly WaitingRow[]): readonly string[] {
  const order = new Map(rows.map(({ id }, index) => [id, index]))
  const begun = new Map(rows.map(({ id, begun: count }) => [id, count]))
  const { sends } = play.world.world.session
  const people = new Set(play.taken.map(({ person }) => person))
  return [...people].flatMap((person) => {
    const firsts = play.taken
      .filter((message) => message.person === person)
      .toSorted((one, other) => (order.get(one.id) ?? 0) - (order.get(other.id) ?? 0))
      .map((message) => ({ message, first: sends.indexOf(play.sendsOf(message)[0] as SeenSend) }))
      .filter(
        ({ message, first }) =>
          first >= 0 && begun.get(message.id) === play.sendsOf(message).length,
      )
    return firsts.flatMap(({ message, first }, index) => {
      const before = firsts.slice(0, index).findLast((earlier) => earlier.first > first)
      return before === undefined
        ? []
        : [`${message.code} was sent before ${before.message.code} to the same person`]
    })
  })
}

export function late(play: Played): readonly string[] {
  return play.taken.flatMap((message) => {
    const expiresAt = message.acceptedAt + message.expiresInSeconds * 1_000
    return play.sendsOf(message).some(({ at }) => at >= expiresAt)
      ? [`${message.code} is late`]
      : []
  })
}

/** The moves lead from one member to the next, each for the cause that it names. */
export function wrongMoves(play: Played, rows: readonly WaitingRow[]): readonly string[] {
  return rows.flatMap(({ id, instanceId, moves }) => {
    const message = play.taken.find((each) => each.id === id)
    if (message === undefined) return []
    return moves.flatMap((move, index) => {
      const next = moves[index + 1]?.from ?? instanceId
      const leads = move.to === next && move.from !== move.to
      // One that left has to go where it can.
      const isRefused = moves
        .slice(0, index)
        .some(({ from, why }) => from === move.to && (why === 'refused' || why === 'restricted'))
      return [
        ...(leads ? [] : [`a move of ${message.code} leads to another member`]),
        ...(isRefused && move.why !== 'removed'
          ? [`${message.code} went back to a member that was refused`]
          : []),
        ...(hasCause(play, rows, message, move) ? [] : [`${message.code} moved, not ${move.why}`]),
      ]
    })
  })
}

function hasCause(
  play: Played,
  rows: readonly WaitingRow[],
  message: Taken,
  { at, from, to, why }: Move,
): boolean {
  // No member has limits.
  if (why === 'full') return false
  if (why === 'order')
    return rows.some(
      (row) =>
        row.id !== message.id &&
        personOf(play, row.id) === message.person &&
        play.taken.some((each) => each.id === row.id && each.acceptedAt === at) &&
        (row.moves[0]?.from ?? row.instanceId) === to,
    )
  if (why === 'unknown')
    return play.taken.some(({ person, onUnknown }) => {
      return person === message.person && onUnknown === 'resend-elsewhere'
    })
  if (why === 'refused' || why === 'restricted')
    return [...play.answers].some(
      ([send, answer]) =>
        send.instanceId === from && answer.kind === 'refused' && answer.code === 463,
    )
  const stood = standsAround(play, from, at)
  if (why === 'removed') return stood.some(({ isMember }) => !isMember)
  // One that came back or joined in this moment was seen before.
  return stood.some(({ standing }) => standing !== 'open')
}

/** How a member stood in a moment: within it, several ways one after the other. */
function standsAround({ stands }: Played, member: InstanceId, at: EpochMs) {
  const own = stands.filter((each) => each.member === member)
  const last = own.findLast((each) => each.at < at)
  // A grace of 2 s is measured from the look that saw it lost.
  return own.filter((each) => each === last || (each.at >= at - failoverMs && each.at <= at))
}

/** While one can send, nothing waits for a member that cannot. Asked while nothing has changed for long enough. */
export async function stranded(play: Played): Promise<readonly string[]> {
  const { now, world, instances } = play
  const lastChange = Math.max(...play.stands.map(({ at }) => at), world.world.clock.now() - 1e9)
  if (now - lastChange < failoverMs || now - play.endedAt < failoverMs) return []
  const restricted = await Promise.all(
    instances.map(async (each) => (await world.world.restrictions.until(each)) !== undefined),
  )
  const able = instances.filter((each, index) => {
    const { standing, isMember } = play.standOf(each)
    return standing === 'open' && isMember && restricted[index] === false
  })
  const rows = await play.rows()
  return rows
    .filter(({ status }) => status === 'queued')
    .flatMap((row) => {
      const { standing, isMember } = play.standOf(row.instanceId)
      if (standing === 'open' && isMember) return []
      const refused = rows
        .filter(({ id }) => personOf(play, id) === personOf(play, row.id))
        .flatMap(({ moves }) =>
          moves.filter(({ why }) => why === 'refused' || why === 'restricted'),
        )
        .map(({ from }) => from)
      // Order holds: those behind it wait until it is known how it ended.
      const isSending = rows.some(
        ({ id, status, instanceId }) =>
          status === 'sending' &&
          instanceId === row.instanceId &&
          personOf(play, id) === personOf(play, row.id),
      )
      const lastSendAt = Math.max(
        0,
        ...play.taken
          .filter(({ person }) => person === personOf(play, row.id))
          .flatMap((message) => play.sendsOf(message).map(({ at }) => at)),
      )
      if (isSending || now - lastSendAt < longestFlightMs + failoverMs) return []
      // After a restart, a lost connection has its time to come back from the first message on.
      const acceptedAt = play.taken.find(({ id }) => id === row.id)?.acceptedAt ?? 0
      if (now - acceptedAt < failoverMs) return []
      const could = able.filter((each) => each !== row.instanceId && !refused.includes(each))
      return could.length === 0 ? [] : [`${codeOf(play, row.id)} waits for a member that is away`]
    })
}

/** A person whose member can write goes on with it. */
export async function notSticky(
  play: Played,
  before: readonly WaitingRow[],
  { id, person }: Taken,
): Promise<readonly string[]> {
  const gives = before
    .filter((row) => personOf(play, row.id) === person)
    .flatMap((row) => {
      const acceptedAt = play.taken.find((each) => each.id === row.id)?.acceptedAt ?? 0
      const first = row.moves[0]?.from ?? row.instanceId
      return [{ to: first, at: acceptedAt }, ...row.moves]
    })
    .toSorted((one, other) => one.at - other.at)
  const last = gives.at(-1)
  const isSure = last !== undefined && gives.every(({ at, to }) => at < last.at || to === last.to)
  if (!isSure) return []
  const after = await play.rows()
  // Since the rows were read, the person may have been given to another member: with a message that waits.
  const isMovedMeanwhile = after
    .filter((row) => personOf(play, row.id) === person)
    .some((row) => row.moves.some(({ at, why }) => at === play.now && why !== 'order'))
  if (isMovedMeanwhile) return []
  const left = play.stands.some(
    (each) => each.member === last.to && !each.isMember && each.at >= last.at,
  )
  const { standing, isMember } = play.standOf(last.to)
  const isBarred = (await play.world.world.restrictions.until(last.to)) !== undefined
  // The message goes to a member that sends it in time.
  const waiting = before.filter((row) => row.instanceId === last.to && !isOver(row.status))
  const isSlow = (waiting.length + 1) * longestGapMs >= leastPatienceMs
  if (isSlow || left || standing !== 'open' || !isMember || isBarred) return []
  const row = after.find((each) => each.id === id)
  const member = row?.moves[0]?.from ?? row?.instanceId
  // Order comes before: while another member sends one to the person, the next waits behind it.
  const isBehind = before.some(
    ({ id: other, status, instanceId }) =>
      status === 'sending' && instanceId === member && personOf(play, other) === person,
  )
  return member === last.to || isBehind
    ? []
    : [`${codeOf(play, id)} has another member than its person`]
}

function isOver(status: string): boolean {
  return status !== 'queued' && status !== 'sending' && status !== 'unknown'
}

function personOf(play: Played, id: string): string | undefined {
  return play.taken.find((each) => each.id === id)?.person
}

function codeOf(play: Played, id: string): string {
  return play.taken.find((each) => each.id === id)?.code ?? 'an unknown message'
}
