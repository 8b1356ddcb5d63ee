import { expect, test } from 'vitest'
import type { SendResult } from '../domain/engine.js'
import { anOutgoingMessage } from '../../test/support/outgoing-message.js'
import { afterSend, resendAt } from './send-retry.js'

const attempt = { message: anOutgoingMessage(), mayHaveArrived: false, notSentInARow: 0 }

test.each<[SendResult, string]>([
  [{ kind: 'no-such-recipient' }, 'no-such-recipient'],
  [{ kind: 'too-late' }, 'expired'],
])('%o ends the message as %s', (result, reason) => {
  expect(afterSend(result, attempt, () => 0.5)).toMatchObject({ kind: 'ended', ending: { reason } })
})

test('what was not sent is tried again after growing waits, with the encryption that it has', () => {
  const result = { kind: 'not-sent', cause: 'x' } as const
  const after = (notSentInARow: number, drawn: number) =>
    afterSend(result, { ...attempt, notSentInARow }, () => drawn)
  expect(after(0, 0)).toEqual({
    kind: 'retry',
    afterMs: 500,
    written: false,
    renewEncryption: false,
  })
  expect(after(0, 1)).toMatchObject({ afterMs: 1_000 })
  expect([1, 2, 3, 6, 9].map((count) => after(count, 1))).toMatchObject([
    { afterMs: 1_000 },
    { afterMs: 2_000 },
    { afterMs: 4_000 },
    { afterMs: 30_000 },
    { afterMs: 30_000 },
  ])
})

test('a link that was opened in the moment of the silence is a new one', () => {
  expect(resendAt(5_000, 5_000)).toBe(7_000)
})
