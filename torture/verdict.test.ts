/** A verdict that could not find anything would prove nothing. */

import { describe, expect, test } from 'vitest'
import { type Accepted, isClean, judge, type Seen, type JudgedCallback } from './verdict.js'

const message: Accepted = {
  zaapId: 'Z1',
  messageId: 'M1',
  action: 'send-text',
  text: 'Mensagem 1',
  person: 'A',
  expiresAt: 1_000,
}
const sent: JudgedCallback = { deliveryId: 'd1', type: 'DeliveryCallback', zaapId: 'Z1', ids: [] }
const failed: JudgedCallback = { ...sent, error: 'expired' }
const received: JudgedCallback = {
  deliveryId: 'd2',
  type: 'MessageStatusCallback',
  status: 'RECEIVED',
  ids: ['M1'],
}
const shown = { text: 'Mensagem 1', at: 900 }

function seen(change: {
  phone?: Seen['phones'] extends ReadonlyMap<string, infer T> ? T : never
  companion?: readonly string[]
  callbacks?: readonly JudgedCallback[]
}): Seen {
  return {
    phones: new Map([['A', change.phone ?? [shown]]]),
    companions: new Map([['A', change.companion ?? [shown.text]]]),
    callbacks: change.callbacks ?? [sent, received],
  }
}

describe('the verdict', () => {
  test('is clean for a message that is everywhere once and told', () => {
    expect(isClean(judge([message], seen({})))).toBe(true)
  })

  test('is clean for one that expired unseen and was told so', () => {
    const nowhere = seen({ phone: [], companion: [], callbacks: [failed] })
    expect(isClean(judge([message], nowhere))).toBe(true)
  })

  test('is not clean when nothing was accepted', () => {
    expect(isClean(judge([], seen({})))).toBe(false)
  })

  test.each([
    ['lost', seen({ phone: [], companion: [] })],
    ['lost', seen({ companion: [] })],
    ['lost', seen({ phone: [], callbacks: [failed] })],
    ['doubled', seen({ phone: [shown, shown] })],
    ['doubled', seen({ companion: [shown.text, shown.text] })],
    ['late', seen({ phone: [{ ...shown, at: 1_001 }] })],
    ['untold', seen({ callbacks: [received] })],
    ['unreceipted', seen({ callbacks: [sent] })],
    ['toldWrong', seen({ callbacks: [failed, received] })],
    ['toldWrong', seen({ phone: [] })],
    ['toldWrong', seen({ callbacks: [sent, { ...sent, deliveryId: 'd9' }, received] })],
  ] as const)('finds what is %s', (name, world) => {
    const verdict = judge([message], world)
    expect(verdict[name]).toEqual(['M1'])
    expect(isClean(verdict)).toBe(false)
  })

  test.each([
    ['another one', { ...shown, sha256: 'b0' }],
    ['none', shown],
  ])('finds a file of which the phone has %s', (_name, onPhone) => {
    const [picture, world] = [{ ...message, sha256: 'a0' }, seen({ phone: [onPhone] })]
    expect(judge([picture], world).spoilt).toEqual(['M1'])
    expect(isClean(judge([picture], world))).toBe(false)
    expect(isClean(judge([picture], seen({ phone: [{ ...shown, sha256: 'a0' }] })))).toBe(true)
  })

  test('leaves open what was told to be unknown, and counts it', () => {
    const unconfirmed = { ...sent, error: 'It may or may not have arrived.' }
    const verdict = judge([message], seen({ callbacks: [unconfirmed, received] }))
    expect(isClean(verdict)).toBe(true)
    expect(verdict).toMatchObject({ unconfirmed: 1, ended: 0 })
  })

  test('counts what was accepted by the call that sent it', () => {
    const messages = [message, { ...message, action: 'send-image' }, message]
    const { acceptedBy } = judge(messages, seen({}))
    expect([...acceptedBy]).toEqual([
      ['send-text', 2],
      ['send-image', 1],
    ])
  })

  test('takes a callback that was posted again under its own id for one', () => {
    expect(isClean(judge([message], seen({ callbacks: [sent, sent, received] })))).toBe(true)
  })
})
