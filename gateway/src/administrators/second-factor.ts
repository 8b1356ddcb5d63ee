/** One-time codes of an authenticator app (TOTP, RFC 6238), and the recovery codes for a lost one. */

import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import type { EpochMs } from '../domain/time.js'

const stepMs = 30_000
const secretBytes = 20
const recoveryCodes = 10

/** Base32, as apps take it. */
export function newTotpSecret(): string {
  return new Secret({ size: secretBytes }).base32
}

/** What an app reads from the QR code. */
export function totpUri(secret: string, name: string): string {
  return totpOf(secret, name).toString()
}

/**
 * The number of the 30 seconds that the code belongs to, or `undefined` if it
 * is wrong. Clocks may be one step apart. A step must be used once only: keep
 * it, and refuse it and all before it.
 */
export function stepOfCode(secret: string, code: string, now: EpochMs): number | undefined {
  const token = code.replace(/\s/gu, '')
  if (!/^\d{6}$/u.test(token)) return undefined
  const delta = totpOf(secret).validate({ token, timestamp: now, window: 1 })
  return delta === null ? undefined : Math.floor(now / stepMs) + delta
}

/** Each has 100 random bits, so a fast hash keeps it safe. */
export function newRecoveryCodes(): readonly string[] {
  return Array.from({ length: recoveryCodes }, newSpokenCode)
}

const letters = 'abcdefghijkmnpqrstuvwxyz23456789'

/** `abcde-fghij-kmnpq-rstuv`: 100 random bits without letters that look alike. */
export function newSpokenCode(): string {
  const text = Array.from(randomBytes(20), (byte) => letters[byte % letters.length]).join('')
  return text.replace(/(.{5})(?=.)/gu, '$1-')
}

/** As people type such a code, in the one form that is hashed. */
export function normalSpokenCode(text: string): string {
  const plain = text.toLowerCase().replace(/[\s-]/gu, '')
  return plain.replace(/(.{5})(?=.)/gu, '$1-')
}

function totpOf(secret: string, label = 'console'): TOTP {
  return new TOTP({
    issuer: 'Recado',
    label,
    secret: Secret.fromBase32(secret),
    period: stepMs / 1_000,
  })
}
