import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { curveOfLibsignal, quickCurve, quickenCurve } from './quick-curve.js'

const curve = curveOfLibsignal()
const libsignal = { ...curve }
const aKey = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes))

describe('an agreement', () => {
  it('is the one that libsignal comes to, whatever the private key', () => {
    fc.assert(
      fc.property(aKey, (privateKey) => {
        const { pubKey } = libsignal.generateKeyPair()
        for (const point of [pubKey, pubKey.subarray(1)])
          expect(quickCurve.calculateAgreement(point, privateKey)).toEqual(
            libsignal.calculateAgreement(pubKey, privateKey),
          )
      }),
      { numRuns: 50 },
    )
  })

  it('is refused with a key of another length, or a point that gives no secret', () => {
    const { pubKey, privKey } = libsignal.generateKeyPair()
    expect(() => quickCurve.calculateAgreement(pubKey.subarray(2), privKey)).toThrow('public')
    expect(() => quickCurve.calculateAgreement(pubKey, privKey.subarray(1))).toThrow('private')
    expect(() => quickCurve.calculateAgreement(Buffer.alloc(32), privKey)).toThrow('failed')
  })
})

it('takes over from libsignal', () => {
  expect(quickenCurve()).toBe(true)
  expect(curve).toMatchObject(quickCurve)

  Object.assign(curve, libsignal)
})
