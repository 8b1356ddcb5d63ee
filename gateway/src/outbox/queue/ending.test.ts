import { describe, expect, it } from 'vitest'
import type { NotPossible, Unreachable } from '../../domain/sending.js'
import {
  barred,
  cancelled,
  type Ending,
  expired,
  fileFailed,
  fileRefused,
  honest,
  noSuchRecipient,
  notPossible,
  notSent,
  refused,
  restricted,
  unconfirmed,
  unreachable,
} from './ending.js'

describe('an ending says what happened and what helps', () => {
  it.each<[string, Ending, Omit<Ending, 'explanation'>, RegExp]>([
    ['expired', expired, { status: 'expired', reason: 'expired' }, /not sent.*new code/],
    ['cancelled', cancelled, { status: 'cancelled', reason: 'cancelled' }, /by its caller/],
    [
      'unconfirmed',
      unconfirmed,
      { status: 'failed', reason: 'unconfirmed' },
      /may or may not have arrived\. Ask the recipient/,
    ],
    [
      'no such recipient',
      noSuchRecipient,
      { status: 'failed', reason: 'no-such-recipient' },
      /not on WhatsApp.*Check the number/,
    ],
    ['not sent', notSent(), { status: 'failed', reason: 'not-sent' }, /tries failed\. Nothing/],
    ['not sent, with a code', notSent('EPIPE'), { status: 'failed', reason: 'not-sent' }, /EPIPE/],
    [
      'a file that cannot be used',
      fileFailed('It is empty.'),
      { status: 'failed', reason: 'image-failed' },
      /could not be used.*It is empty\./,
    ],
    [
      'refused',
      refused(479),
      { status: 'failed', reason: 'refused', refusalCode: 479 },
      /code 479.*change its content/,
    ],
    [
      'restricted',
      restricted(463),
      { status: 'failed', reason: 'restricted', refusalCode: 463, newChats: undefined },
      /code 463.*let the recipient write first/,
    ],
    [
      'barred',
      barred(Date.UTC(2026, 0, 2)),
      { status: 'failed', reason: 'restricted' },
      /until 2026-01-02T00:00:00\.000Z.*not sent/,
    ],
  ])('%s', (_, { explanation, ...ending }, expected, says) => {
    expect(ending).toEqual(expected)
    expect(explanation).toMatch(says)
  })
})

it.each<[Unreachable, RegExp]>([
  ['unanswered', /asked twice.*Check the number/],
  ['no-such-group', /does not know the group/],
  ['not-a-member', /not a member of the group/],
])('a recipient that cannot be reached: %s', (why, says) => {
  expect(unreachable(why)).toEqual({
    status: 'failed',
    reason: 'recipient-unreachable',
    explanation: expect.stringMatching(says),
  })
})

it.each<[NotPossible, RegExp]>([
  ['unknown-message', /not found in this chat/],
  ['nothing-to-forward', /^Message does not forward because it was not found$/],
  ['not-forwardable', /cannot be forwarded/],
  ['not-own', /written by another person/],
  ['not-editable', /no text of this kind/],
  ['no-such-button', /no button with this id/],
  ['not-answerable', /no poll or event/],
  ['no-invitation', /did not open the invitation/],
  ['no-such-option', /no such option/],
  ['edit-too-late', /^Message has not been edited because it has been more than 7 days$/],
])('a message that cannot be sent as it is: %s', (why, says) => {
  expect(notPossible(why)).toEqual({
    status: 'failed',
    reason: 'not-possible',
    explanation: expect.stringMatching(says),
  })
})

it.each([
  [401, /HTTP 401\)\. Restart the instance/],
  [403, /HTTP 403\)\. Restart the instance/],
  [413, /HTTP 413\)\. Send a smaller file\./],
  [415, /HTTP 415\)\. Send a file of another kind\./],
  [404, /HTTP 404\)\. Send another file\./],
])('a file that the media server refused with %i', (status, says) => {
  expect(fileRefused(status)).toMatchObject({
    reason: 'image-failed',
    explanation: expect.stringMatching(says),
  })
})

it('only what surely did not arrive is said not to be sent', () => {
  expect(honest(expired, false)).toBe(expired)
  expect(honest(expired, true)).toBe(unconfirmed)
})
