/** Asks WhatsApp whether this number may start conversations: a refusal with 463 does not say. */

import type { WASocket } from 'baileys'
import type { NewChats } from '../../domain/sending.js'
import type { Clock } from '../../runtime/clock.js'

const answerMs = 5_000

/** `undefined` when WhatsApp does not answer in time. Never throws. */
export async function askNewChats(
  sock: Pick<WASocket, 'fetchAccountReachoutTimelock'>,
  clock: Pick<Clock, 'sleep'>,
  closed: AbortSignal,
): Promise<NewChats | undefined> {
  const waiting = new AbortController()
  const timeout = clock.sleep(answerMs, AbortSignal.any([waiting.signal, closed]))
  try {
    return await Promise.race([ask(sock), timeout.then(() => undefined)])
  } catch {
    return undefined
  } finally {
    waiting.abort()
  }
}

async function ask(sock: Pick<WASocket, 'fetchAccountReachoutTimelock'>): Promise<NewChats> {
  const { isActive, timeEnforcementEnds } = await sock.fetchAccountReachoutTimelock()
  if (isActive !== true) return { kind: 'free' }
  const until = timeEnforcementEnds?.getTime()
  return Number.isFinite(until) ? { kind: 'locked', until } : { kind: 'locked' }
}
