import { assert, boolean, constantFrom, nat, option, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import type { FailureReason } from '../domain/gateway-event.js'
import { diagnose, type Symptoms } from './diagnosis.js'

const everyReason: Record<FailureReason, true> = {
  expired: true,
  refused: true,
  restricted: true,
  'no-such-recipient': true,
  'recipient-unreachable': true,
  'not-possible': true,
  'image-failed': true,
  'not-sent': true,
  unconfirmed: true,
  cancelled: true,
}
const reasons = Object.keys(everyReason) as FailureReason[]

const healthy: Symptoms = {
  status: 'read',
  failure: undefined,
  refusalCode: undefined,
  attempts: 1,
  fellBack: false,
  isConnected: true,
  sentAt: 0,
  now: 1_000_000,
}

const causeOf = (change: Partial<Symptoms>) => diagnose({ ...healthy, ...change })?.cause.en

test('says nothing where nothing is odd', () => {
  expect(diagnose(healthy)).toBeUndefined()
  expect(diagnose({ ...healthy, status: 'queued', attempts: 0 })).toBeUndefined()
  expect(diagnose({ ...healthy, status: 'sent', now: 59_000 })).toBeUndefined()
})

test('names cause and cure of every failure in both languages', () => {
  const symptoms = record({
    failure: constantFrom(...reasons),
    refusalCode: option(nat(999), { nil: undefined }),
    attempts: nat(20),
    fellBack: boolean(),
    isConnected: boolean(),
  })
  assert(
    property(symptoms, (given) => {
      const found = diagnose({ ...healthy, status: 'failed', ...given })
      for (const spoken of [found?.cause, found?.cure]) {
        expect(spoken?.en).toMatch(/^.+\.$/u)
        expect(spoken?.pt).toMatch(/^.+\.$/u)
        expect(spoken?.en).not.toBe(spoken?.pt)
      }
    }),
  )
})

test('tells a code that expired in the queue from one that expired on the way', () => {
  const expired = { status: 'expired', failure: 'expired' } as const
  expect(causeOf({ ...expired, attempts: 0 })).toContain('expired in the queue')
  expect(causeOf({ ...expired, attempts: 2 })).toContain('tried')
})

test('explains what waits, what is late, and what went without its button', () => {
  expect(causeOf({ status: 'queued', attempts: 0, isConnected: false })).toContain('not connected')
  expect(causeOf({ status: 'queued', attempts: 1 })).toContain('tried again')
  expect(causeOf({ status: 'unknown' })).toContain('not confirmed')
  expect(causeOf({ status: 'sent' })).toContain('no phone of the person fetched it')
  expect(causeOf({ status: 'delivered', fellBack: true })).toContain('plain text')
})
