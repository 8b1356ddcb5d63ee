import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterTroubleMs, reconnectAfterMs } from './reconnect.js'

const unit = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })

describe('a connection that ended', () => {
  it('comes back at once when WhatsApp asks for a new socket', () => {
    for (const reason of ['restart-required', 'restarted-by-us'] as const) {
      expect(reconnectAfterMs(reason, 1)).toBe(0)
      expect(reconnectAfterMs(reason, 3)).toBe(0)
    }
  })

  it.each([
    ['network', 1_000],
    ['name-not-found', 1_000],
    ['unreachable', 1_000],
    ['tls-failed', 1_000],
    ['blocked', 1_000],
    ['unavailable', 2_000],
    ['outdated', 2_000],
    ['login-failed', 2_000],
  ] as const)('first waits at most so long after %s: %i ms', (reason, longestMs) => {
    expect(reconnectAfterMs(reason, 1, () => 0)).toBe(longestMs / 2)
    expect(reconnectAfterMs(reason, 1, () => 1)).toBe(longestMs)
  })

  it('does not come back at once for ever', () => {
    expect(reconnectAfterMs('restart-required', 4)).toBeGreaterThan(0)
  })

  it.each([
    'logged-out',
    'replaced',
    'banned',
    'suspended',
    'pairing-timed-out',
    'passkey-failed',
    'closed-by-us',
  ] as const)('never comes back by itself when it was %s', (reason) => {
    fc.assert(
      fc.property(fc.nat(100), unit, (failures, draw) => {
        expect(reconnectAfterMs(reason, failures, () => draw)).toBeUndefined()
      }),
    )
  })

  it('waits a moment after the network was lost, and never much longer than a minute', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), unit, (failures, draw) => {
        const waitMs = reconnectAfterMs('network', failures, () => draw) ?? Number.NaN
        expect(waitMs).toBeGreaterThanOrEqual(500)
        expect(waitMs).toBeLessThanOrEqual(60_000)
      }),
    )
    expect(reconnectAfterMs('network', 1, () => 1)).toBeLessThanOrEqual(1000)
  })

  it('is more patient when WhatsApp asked for it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), unit, (failures, draw) => {
        const random = () => draw
        const patient = reconnectAfterMs('unavailable', failures, random) ?? Number.NaN
        const usual = reconnectAfterMs('network', failures, random) ?? Number.NaN
        expect(patient).toBeGreaterThanOrEqual(usual)
        expect(patient).toBeLessThanOrEqual(60_000)
      }),
    )
  })
})

describe('credentials that could not be read', () => {
  it('are asked for again soon, and never later than half a minute', () => {
    expect(afterTroubleMs(1, () => 0)).toBe(250)
    expect(afterTroubleMs(1, () => 1)).toBe(500)
    expect(afterTroubleMs(100, () => 0)).toBe(15_000)
    expect(afterTroubleMs(100, () => 1)).toBe(30_000)
  })
})
