import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MessageContent } from '../../domain/content/index.js'
import {
  expiresAt,
  isExpired,
  isLoginCode,
  priorityOf,
  priorityOfNew,
  resendUntil,
} from './expiry.js'

const otp = (code: string): MessageContent => ({
  kind: 'otp-button',
  text: 'Oi',
  code,
  buttonText: 'Copiar',
})

describe('expiresAt', () => {
  it.each(['1', '123456', '123456789012345', '🔑'.repeat(15)])(
    'gives the code %s ten minutes',
    (code) => {
      expect(expiresAt(1_000, otp(code))).toBe(601_000)
    },
  )

  it('gives a longer code for ever', () => {
    expect(expiresAt(1_000, otp('1234567890123456'))).toBeUndefined()
    expect(expiresAt(1_000, otp('00020126580014br.gov.bcb.pix'))).toBeUndefined()
  })

  it('gives text for ever', () => {
    expect(expiresAt(1_000, { kind: 'text', text: '123' })).toBeUndefined()
  })

  it('obeys the caller whatever the content is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 86_400 }), fc.string(), (seconds, code) => {
        expect(expiresAt(5, otp(code), seconds)).toBe(5 + seconds * 1_000)
        expect(expiresAt(5, { kind: 'text', text: code }, seconds)).toBe(5 + seconds * 1_000)
      }),
    )
  })
})

describe('priority', () => {
  const text: MessageContent = { kind: 'text', text: 'Oi' }

  it('is high for what expires, and normal for the rest', () => {
    expect(priorityOf({ expiresAt: 1 })).toBe('high')
    expect(priorityOf({})).toBe('normal')
    expect(priorityOfNew({ content: otp('123456') })).toBe('high')
    expect(priorityOfNew({ content: text })).toBe('normal')
    expect(priorityOfNew({ content: text, expiresInSeconds: 60 })).toBe('high')
  })

  it('is the one that the caller asks for', () => {
    expect(priorityOfNew({ content: otp('123456'), priority: 'low' })).toBe('low')
    expect(priorityOfNew({ content: text, priority: 'high' })).toBe('high')
  })
})

describe('isLoginCode', () => {
  it('is true of a code that expires by itself, and of nothing else', () => {
    expect(isLoginCode(otp('123456'))).toBe(true)
    expect(isLoginCode(otp('1234567890123456'))).toBe(false)
    expect(isLoginCode({ kind: 'text', text: '123456' })).toBe(false)
  })
})

describe('isExpired', () => {
  it('is true from the very moment on', () => {
    const message = { expiresAt: 1_000 }
    expect([999, 1_000, 1_001].map((now) => isExpired(message, now))).toEqual([false, true, true])
  })

  it('is never true without a moment', () => {
    expect(isExpired({}, Number.MAX_SAFE_INTEGER)).toBe(false)
  })
})

describe('resendUntil', () => {
  it('ends with the message, and after three days where that has no end', () => {
    expect(resendUntil({ acceptedAt: 0, expiresAt: 600_000 })).toBe(600_000)
    expect(resendUntil({ acceptedAt: 7 })).toBe(7 + 259_200_000)
  })
})
