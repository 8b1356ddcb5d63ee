import { expect, test } from 'vitest'
import type { SendResult } from '../../domain/sending.js'
import { anOutgoingMessage } from '../../../test/support/outgoing-message.js'
import { afterSend, resendAt } from './send-retry.js'

const attempt = { message: anOutgoingMessage(), mayHaveArrived: false, notSentInARow: 0 }

test.each<[SendResult, string]>([
  [{ kind: 'no-such-recipient' }, 'no-such-recipient'],
  [{ kind: 'too-late' }, 'expired'],
])('%o ends the message as %s', (result, reason) => {
  expect(afterSend(result, attempt, () => 0.5)).toMatchObject({ kind: 'ended', ending: { reason } })
})

test.each<[SendResult, string, RegExp]>([
  [
    { kind: 'recipient-unreachable', why: 'not-a-member' },
    'recipient-unreachable',
    /not a member of the group/u,
  ],
  [{ kind: 'not-possible', why: 'edit-too-late' }, 'not-possible', /more than 7 days/u],
  [
    { kind: 'file-refused', status: 413, cause: undefined },
    'image-failed',
    /refused it \(HTTP 413\)\. Send a smaller file\.$/u,
  ],
  [
    { kind: 'file-refused', status: 418, cause: undefined },
    'image-failed',
    /Send another file\.$/u,
  ],
])(
  '%o ends the message at once and says why, unless it may have arrived',
  (result, reason, text) => {
    const ending = { reason, explanation: expect.stringMatching(text) as string }
    expect(afterSend(result, attempt, () => 0.5)).toEqual({
      kind: 'ended',
      ending: { status: 'failed', ...ending },
    })
    expect(afterSend(result, { ...attempt, mayHaveArrived: true }, () => 0.5)).toMatchObject({
      kind: 'ended',
      ending: { reason: 'unconfirmed' },
    })
  },
)

test.each(['A 845201', 'xECONNRESET', 'ECONNRESET 845201', 404])(
  'nothing of an error is told that is no code of the system: %s',
  (code) => {
    const cause = Object.assign(new Error('secret'), { code })
    const last = { ...attempt, notSentInARow: 10 }
    expect(afterSend({ kind: 'not-sent', cause }, last, () => 0.5)).toMatchObject({
      ending: { explanation: expect.stringContaining('several tries failed. Nothing') as string },
    })
  },
)

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
