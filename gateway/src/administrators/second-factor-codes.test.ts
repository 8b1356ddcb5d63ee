import { TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import {
  newRecoveryCodes,
  newSpokenCode,
  newTotpSecret,
  normalSpokenCode,
  stepOfCode,
  totpUri,
} from './second-factor.js'

const secret = newTotpSecret()
const now = 1_700_000_010_000
const step = 56_666_667

const codeAt = (timestamp: number) => new TOTP({ secret }).generate({ timestamp })

test('a code belongs to its thirty seconds, and may be one step early or late', () => {
  expect(stepOfCode(secret, codeAt(now), now)).toBe(step)
  expect(stepOfCode(secret, codeAt(now - 30_000), now)).toBe(step - 1)
  expect(stepOfCode(secret, codeAt(now + 30_000), now)).toBe(step + 1)
  const far = [codeAt(now - 60_000), codeAt(now + 60_000)]
  const near = [codeAt(now - 30_000), codeAt(now), codeAt(now + 30_000)]
  const unlucky = far.some((code) => near.includes(code))
  expect(unlucky || far.every((code) => stepOfCode(secret, code, now) === undefined)).toBe(true)
})

test('a code may be typed with spaces', () => {
  const code = codeAt(now)
  expect(stepOfCode(secret, ` ${code.slice(0, 3)} ${code.slice(3)}\n`, now)).toBe(step)
})

test.each(['', '12345', '1234567', 'abcdef', '12345a'])('%j is no code', (code) => {
  expect(stepOfCode(secret, code, now)).toBeUndefined()
})

test('what an app reads names us, the person and the secret', () => {
  const uri = new URL(totpUri(secret, 'ana'))
  expect(uri.href).toMatch(/^otpauth:\/\/totp\/Recado:ana\?/u)
  expect(Object.fromEntries(uri.searchParams)).toMatchObject({
    issuer: 'Recado',
    secret,
    period: '30',
    digits: '6',
  })
  expect(secret).toMatch(/^[A-Z2-7]{32}$/u)
})

test('recovery codes are four groups of five letters that are hard to confuse', () => {
  const codes = newRecoveryCodes()
  expect(new Set(codes).size).toBe(10)
  for (const code of [...codes, newSpokenCode()])
    expect(code).toMatch(/^(?:[a-km-np-z2-9]{5}-){3}[a-km-np-z2-9]{5}$/u)
})

test('a recovery code is the same however it is typed', () => {
  for (const typed of [
    'ABCDE fghij kmnpq rstuv',
    'abcdefghijkmnpqrstuv',
    ' abcde-FGHIJ--kmnpqrstuv ',
  ])
    expect(normalSpokenCode(typed)).toBe('abcde-fghij-kmnpq-rstuv')
})
