import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { InstanceId } from '../../domain/instance.js'
import { areOn, noSendingLimits, type SendingLimits } from '../../domain/sending-limits.js'
import { limitsOfMember, limitsOfPool } from './member-limits.js'
import { mostFrom, mostMessages, warmUpDays } from './sending-limits.js'

const aTimeZone = fc.constantFrom('UTC', 'America/Sao_Paulo', 'Europe/Berlin')
const quiet = fc.constantFrom('', '21:00')
const aChoice = fc.constantFrom(true, false, null)
const limits: fc.Arbitrary<SendingLimits> = fc.record({
  dailyMessages: fc.constantFrom(0, 5, 20, 300, 2_000),
  dailyNewPeople: fc.constantFrom(0, 50),
  warmUp: aChoice,
  quietFrom: quiet,
  quietTo: fc.constant(''),
  timeZone: aTimeZone,
  limitCodes: fc.boolean(),
})
const somePools = fc
  .array(limits, { maxLength: 4 })
  .map((all) => all.map((each, n) => ({ id: `pool${n}` as InstanceId, limits: each })))
const aDay = fc.integer({ min: 1, max: 20 })

it('leaves all to a number that has chosen, and to one whose pools have none', () => {
  fc.assert(
    fc.property(limits, somePools, (own, pools) => {
      const counts = limitsOfMember(own, pools)
      fc.pre(own.warmUp !== null || pools.every((pool) => pool.limits.warmUp !== true))
      expect(counts).toEqual(own)
    }),
  )
})

it('takes the warm-up of the first pool that has one, and never any other limit', () => {
  fc.assert(
    fc.property(limits, somePools, (given, pools) => {
      const own = { ...given, warmUp: null }
      const first = pools.find((pool) => pool.limits.warmUp === true)
      fc.pre(first !== undefined)
      const hasOwnDays = areOn(own) || own.timeZone !== 'UTC'
      expect(limitsOfMember(own, pools)).toEqual({
        ...own,
        warmUp: true,
        timeZone: hasOwnDays ? own.timeZone : first?.limits.timeZone,
        warmUpPool: first?.id,
      })
    }),
  )
})

it('gives a number the cap of its own warm-up, and says where it comes from', () => {
  fc.assert(
    fc.property(limits, somePools, aDay, (own, pools, day) => {
      const counts = limitsOfMember(own, pools)
      const most = mostMessages(counts, day)
      const chosen = own.warmUp ?? pools.some((pool) => pool.limits.warmUp === true)
      expect(most).toBe(mostMessages({ ...own, warmUp: chosen }, day))
      expect(most).toBeLessThanOrEqual(mostMessages({ ...own, warmUp: false }, day))
      // On the first days of the warm-up, unless the daily limit is as small.
      const isWarming = chosen && day < warmUpDays && most !== own.dailyMessages
      const source = own.warmUp === true ? 'warm-up' : 'pool-warm-up'
      const other = most === Infinity ? undefined : 'daily-messages'
      expect(mostFrom(counts, day)).toBe(isWarming ? source : other)
    }),
  )
})

it('counts for no pool: only numbers have days', () => {
  fc.assert(
    fc.property(limits, aDay, (own, day) => {
      const { dailyMessages } = own
      expect(mostMessages(limitsOfPool(own), day)).toBe(dailyMessages || Infinity)
    }),
  )
  expect(areOn(limitsOfPool({ ...noSendingLimits, warmUp: true }))).toBe(false)
})
