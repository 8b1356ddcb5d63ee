import { array, assert, integer, nat, property } from 'fast-check'
import { expect, test } from 'vitest'
import { healthOf, type Passage, percentile } from './health-figures.js'

const passage = (fields: Partial<Passage> = {}): Passage => ({
  status: 'delivered',
  failure: undefined,
  refusalCode: undefined,
  acceptedAt: 1_000,
  sentAt: 1_400,
  deliveredAt: 2_000,
  ...fields,
})
const range = { since: 0, until: 9_999, bucketMs: 1_000 }

test('a percentile is one of the values, and the share of values up to it is enough', () => {
  const values = array(nat(1_000), { minLength: 1, maxLength: 50 })
  assert(
    property(values, integer({ min: 1, max: 100 }), (numbers, percent) => {
      const sorted = numbers.toSorted((one, other) => one - other)
      const value = percentile(sorted, percent / 100) ?? Number.NaN
      expect(sorted).toContain(value)
      const upTo = sorted.filter((each) => each <= value).length
      const below = sorted.filter((each) => each < value).length
      expect(upTo / sorted.length).toBeGreaterThanOrEqual(percent / 100)
      expect(below / sorted.length).toBeLessThan(percent / 100)
    }),
  )
})

test('measures each step where both its ends are known', () => {
  const figures = healthOf(
    [
      passage(),
      passage({ sentAt: 1_200, deliveredAt: undefined, status: 'sent' }),
      passage({ status: 'queued', sentAt: undefined, deliveredAt: undefined }),
    ],
    range,
  )
  expect(figures.acceptedToSent).toEqual({ count: 2, p50: 200, p95: 400, p99: 400 })
  expect(figures.sentToDelivered).toEqual({ count: 1, p50: 600, p95: 600, p99: 600 })
  expect(figures.acceptedToDelivered).toEqual({ count: 1, p50: 1_000, p95: 1_000, p99: 1_000 })
  expect(healthOf([], range).acceptedToSent).toMatchObject({ count: 0, p50: undefined })
})

test('takes a receipt that WhatsApp dated before the send for one of no time', () => {
  expect(healthOf([passage({ deliveredAt: 1_000 })], range).sentToDelivered.p50).toBe(0)
})

test('measures nothing from a send that is not known', () => {
  const { sentToDelivered } = healthOf([passage({ sentAt: undefined })], range)
  expect(sentToDelivered).toMatchObject({ count: 0, p50: undefined })
})

test('has the buckets of the range, and leaves out what was accepted outside it', () => {
  const accepted = [41_000, 42_500, 44_999, 45_000].map((at) => passage({ acceptedAt: at }))
  const { buckets } = healthOf(accepted, { since: 42_300, until: 44_100, bucketMs: 1_000 })
  expect(buckets.map(({ at, accepted: count }) => [at, count])).toEqual([
    [42_000, 1],
    [43_000, 0],
    [44_000, 1],
  ])
})

test('puts each message in one bucket, and leaves no hole', () => {
  const moments = array(integer({ min: 0, max: 9_999 }), { maxLength: 40 })
  assert(
    property(moments, integer({ min: 1, max: 4_000 }), (accepted, bucketMs) => {
      const passages = accepted.map((acceptedAt) => passage({ acceptedAt }))
      const { buckets } = healthOf(passages, { ...range, bucketMs })
      expect(buckets.reduce((sum, bucket) => sum + bucket.accepted, 0)).toBe(accepted.length)
      for (const [index, { at }] of buckets.entries())
        expect(at).toBe((buckets[0]?.at ?? 0) + index * bucketMs)
    }),
  )
})

test('counts what expired, failed and was refused, by code and by reason', () => {
  const refused = { status: 'failed', failure: 'refused', refusalCode: 479 } as const
  const figures = healthOf(
    [
      passage({ status: 'expired', failure: 'expired', sentAt: undefined, deliveredAt: undefined }),
      passage({ ...refused, sentAt: undefined, deliveredAt: undefined }),
      passage({ ...refused, sentAt: undefined, deliveredAt: undefined }),
      passage({ ...refused, sentAt: undefined, deliveredAt: undefined }),
      passage({ refusalCode: 405 }),
    ],
    range,
  )
  expect(figures.failures).toEqual([
    { reason: 'refused', count: 3 },
    { reason: 'expired', count: 1 },
  ])
  expect(figures.buckets[1]).toEqual({
    at: 1_000,
    accepted: 5,
    delivered: 1,
    expired: 1,
    failed: 3,
    sentP95Ms: 400,
    refusals: [
      { code: 405, count: 1 },
      { code: 479, count: 3 },
    ],
  })
})
