import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reconnectAfterMs } from './reconnect.js'

const unit = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })

describe('a connection that ended', () => {
  it('comes back at once when WhatsApp asks for a new socket', () => {
    expect(reconnectAfterMs('restart-required', 1)).toBe(0)
    expect(reconnectAfterMs('restart-required', 3)).toBe(0)
  })

  it('does not come back at once for ever', () => {
    expect(reconnectAfterMs('restart-required', 4)).toBeGreaterThan(0)
  })

  it.each([
    'logged-out',
    'replaced',
    'banned',
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
