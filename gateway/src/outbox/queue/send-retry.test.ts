import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SendResult } from '../../domain/sending.js'
import type { MessageContent } from '../../domain/content/index.js'
import type { OutgoingMessage } from '../../domain/message.js'
import { anOutgoingMessage } from '../../../test/support/outgoing-message.js'
import { type AfterSend, type Attempt, afterSend, resendAt } from './send-retry.js'

const otp: MessageContent = {
  kind: 'otp-button',
  text: 'Seu código',
  code: '845201',
  buttonText: 'Copiar código',
}
const text: MessageContent = { kind: 'text', text: 'Seu código\n\n845201' }
const chat = { kind: 'person', phone: '5511999990001' } as const

const result: fc.Arbitrary<SendResult> = fc.oneof(
  fc.constant<SendResult>({ kind: 'sent', at: 5, chat }),
  fc.integer({ min: 400, max: 599 }).map((code): SendResult => ({ kind: 'refused', code })),
  fc
    .integer({ min: 400, max: 499 })
    .map((status): SendResult => ({ kind: 'file-refused', status, cause: 'x' })),
  fc.constantFrom<SendResult>(
    { kind: 'no-such-recipient' },
    { kind: 'too-late' },
    { kind: 'not-sent', cause: 'x' },
    { kind: 'unknown', cause: 'x' },
  ),
)

function after(
  sendResult: SendResult,
  message: Partial<OutgoingMessage> = {},
  rest: Partial<Attempt> = {},
): AfterSend {
  const attempt: Attempt = {
    message: anOutgoingMessage({ content: otp, attempts: 1, ...message }),
    mayHaveArrived: false,
    notSentInARow: 0,
    ...rest,
  }
  return afterSend(sendResult, attempt, () => 0.5)
}

const endingOf = (next: AfterSend) => (next.kind === 'ended' ? next.ending : undefined)
const reasonOf = (next: AfterSend) => endingOf(next)?.reason ?? next.kind

function explanationOf(cause: unknown): string {
  const next = after({ kind: 'not-sent', cause }, {}, { notSentInARow: 10 })
  return next.kind === 'ended' ? next.ending.explanation : ''
}

const coded = (code: string) => Object.assign(new Error('secret'), { code })

describe('afterSend', () => {
  it('is done with what WhatsApp acknowledged', () => {
    expect(after({ kind: 'sent', at: 5, chat })).toEqual({ kind: 'sent', at: 5, chat })
  })

  it.each([405, 473, 479])('sends plain text when the button is refused with %i', (code) => {
    expect(after({ kind: 'refused', code })).toEqual({ kind: 'fall-back', refusalCode: code })
  })

  it.each([405, 473])('gives up when plain text is refused with %i', (code) => {
    const next = after({ kind: 'refused', code }, { content: text })
    expect(endingOf(next)).toMatchObject({ reason: 'refused', refusalCode: code })
  })

  it('renews the encryption when plain text is refused with 479, and gives up after three', () => {
    const refusal = { kind: 'refused', code: 479 } as const
    expect(after(refusal, { content: text })).toMatchObject({
      kind: 'retry',
      renewEncryption: true,
    })
    expect(reasonOf(after(refusal, { content: text, attempts: 3 }))).toBe('refused')
  })

  it('never tries again what the restriction of the number stopped, nor as text', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(otp, text),
        fc.integer({ min: 1, max: 5 }),
        (content, attempts) => {
          const next = after({ kind: 'refused', code: 463 }, { content, attempts })
          expect(endingOf(next)).toMatchObject({ reason: 'restricted', refusalCode: 463 })
        },
      ),
    )
  })

  it.each([500, 503])(
    'tries again when the server speaks of itself (%i), three times in all',
    (code) => {
      const refusal = { kind: 'refused', code } as const
      expect([1, 2].map((attempts) => after(refusal, { attempts }))).toEqual([
        { kind: 'retry', afterMs: 1_500, written: true, renewEncryption: false },
        { kind: 'retry', afterMs: 3_000, written: true, renewEncryption: false },
      ])
      expect(reasonOf(after(refusal, { attempts: 3 }))).toBe('refused')
    },
  )

  it.each([400, 406, 421, 429])(
    'does not try again what the server has against the message (%i)',
    (code) => {
      expect(reasonOf(after({ kind: 'refused', code }))).toBe('refused')
    },
  )

  it('puts back what was not sent without counting an attempt, for about two minutes', () => {
    const waits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((notSentInARow) => {
      const next = after({ kind: 'not-sent', cause: 'x' }, {}, { notSentInARow })
      expect(next).toMatchObject({ kind: 'retry', written: false })
      return next.kind === 'retry' ? next.afterMs : 0
    })
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(180_000)
    expect(reasonOf(after({ kind: 'not-sent', cause: 'x' }, {}, { notSentInARow: 10 }))).toBe(
      'not-sent',
    )
  })

  it('ends with the code of the last failure, and with no other text of it', () => {
    expect(explanationOf(coded('SELF_SIGNED_CERT_IN_CHAIN'))).toContain(
      'several tries failed (SELF_SIGNED_CERT_IN_CHAIN). Nothing was sent',
    )
    const inner = new Error('secret', { cause: coded('ECONNREFUSED') })
    expect(explanationOf(inner)).toContain('(ECONNREFUSED)')
    expect(explanationOf(coded('code 123456'))).toContain('several tries failed. Nothing was sent')
  })

  it('sends an unconfirmed message five times, and then says that it may have arrived', () => {
    const silence = { kind: 'unknown', cause: 'x' } as const
    const kinds = [1, 2, 3, 4, 5].map((attempts) => reasonOf(after(silence, { attempts })))
    expect(kinds).toEqual(['unknown', 'unknown', 'unknown', 'unknown', 'unconfirmed'])
  })

  it('never says "was not sent" of what may have arrived', () => {
    fc.assert(
      fc.property(result, fc.integer({ min: 1, max: 5 }), (sendResult, attempts) => {
        const next = after(sendResult, { attempts }, { mayHaveArrived: true, notSentInARow: 10 })
        expect(['sent', 'fall-back', 'unknown', 'retry', 'unconfirmed', 'restricted']).toContain(
          reasonOf(next),
        )
      }),
    )
  })

  it('explains without the code and without the phone number', () => {
    fc.assert(
      fc.property(
        result,
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        (sendResult, attempts, may) => {
          const next = after(sendResult, { attempts }, { mayHaveArrived: may, notSentInARow: 10 })
          const explanation = endingOf(next)?.explanation ?? 'It was sent.'
          expect(explanation).toMatch(/^[A-Z].*\.$/)
          expect(explanation).not.toMatch(/845201|5511/)
        },
      ),
    )
  })
})

describe('resendAt', () => {
  it('leaves receipts two seconds after the link is back', () => {
    expect(resendAt(1_000, 5_000)).toBe(7_000)
    expect(resendAt(undefined, 5_000)).toBe(7_000)
  })

  it('waits half a minute for a late ack on a link that stays up', () => {
    expect(resendAt(5_000, 1_000)).toBe(35_000)
  })
})
