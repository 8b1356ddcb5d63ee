import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { instanceIdOf } from '../../test/support/outgoing-message.js'
import { createVault } from '../db/encryption.js'
import type { Attempt } from './attempt.js'
import { openAttempts, recordOf, sealAttempts } from './attempt-records.js'

const vault = createVault(randomBytes(32))
const place = { id: 'one', instanceId: instanceIdOf('3A') }

const answered = (statusCode: number, at = 0): Attempt => ({
  outcome: { kind: 'answered', statusCode, retryAfter: undefined },
  problem: `HTTP ${statusCode}`,
  durationMs: 5,
  at,
  answer: undefined,
})

const errorOf = (statusCode: number) => recordOf(answered(statusCode)).error

const afterAttempts = (count: number) => {
  let sealed: Uint8Array | undefined
  for (let at = 0; at < count; at += 1)
    sealed = sealAttempts(vault, place, sealed, answered(500, at))
  return sealed
}

test('the last 20 attempts are kept, the newest last', () => {
  const kept = openAttempts(vault, place, afterAttempts(23))
  expect(kept.map(({ at }) => at)).toEqual([...Array(20).keys()].map((n) => n + 3))
})

test('what belongs to another delivery or another instance does not open, and stops no attempt', () => {
  const sealed = afterAttempts(2)
  const others = [
    { ...place, id: 'two' },
    { ...place, instanceId: instanceIdOf('3B') },
  ]
  for (const other of others) {
    expect(openAttempts(vault, other, sealed)).toEqual([])
    const added = sealAttempts(vault, other, sealed, answered(200, 9))
    expect(openAttempts(vault, other, added)).toEqual([{ at: 9, durationMs: 5, statusCode: 200 }])
  }
  expect(openAttempts(vault, place, undefined)).toEqual([])
})

test('an answer from 200 to 299 is no error, and every other one is', () => {
  expect([200, 204, 299].map(errorOf)).toEqual([undefined, undefined, undefined])
  expect([199, 300, 404].map(errorOf)).toEqual(['HTTP 199', 'HTTP 300', 'HTTP 404'])
})

test('an attempt without an answer has no status and no answer', () => {
  const unanswered = { ...answered(200), outcome: { kind: 'unanswered' }, problem: 'ETIMEDOUT' }
  expect(recordOf(unanswered as Attempt)).toEqual({ at: 0, durationMs: 5, error: 'ETIMEDOUT' })
})
