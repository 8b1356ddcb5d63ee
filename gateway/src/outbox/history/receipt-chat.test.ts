import { describe, expect, it } from 'vitest'
import type { ChatId, Recipient } from '../../domain/chat.js'
import { mayConcern } from './receipt-chat.js'

const recipient: Recipient = { kind: 'person', phone: '5511999999999' }
const sentTo: ChatId = { kind: 'person', phone: '551199999999', lid: '818966' }

describe('a receipt concerns a message of ours', () => {
  it.each<[string, ChatId]>([
    ['under the number that was asked for', { kind: 'person', phone: '5511999999999' }],
    ['under the number that WhatsApp knows', { kind: 'person', phone: '551199999999' }],
    ['under the LID', { kind: 'person', lid: '818966' }],
    ['under both', { kind: 'person', lid: '818966', phone: '551199999999' }],
  ])('%s', (_, from) => {
    expect(mayConcern(from, { recipient, sentTo })).toBe(true)
  })

  it.each<[string, ChatId, Recipient]>([
    ['a LID, under that LID', { kind: 'person', lid: '7' }, { kind: 'lid', lid: '7' }],
    ['a LID, under a number', { kind: 'person', phone: '5511' }, { kind: 'lid', lid: '7' }],
  ])('that was written to %s, before its ack', (_, from, to) => {
    expect(mayConcern(from, { recipient: to })).toBe(true)
  })

  it('in the group that it went to', () => {
    const group: Recipient = { kind: 'group', group: '1' }
    expect(mayConcern({ kind: 'group', group: '1' }, { recipient: group })).toBe(true)
  })

  it('before its ack, by what is known so far', () => {
    expect(mayConcern({ kind: 'person', lid: '818966' }, { recipient })).toBe(true)
    expect(mayConcern({ kind: 'person', phone: '551199999999' }, { recipient })).toBe(true)
  })
})

describe('a receipt concerns none', () => {
  it.each<[string, ChatId]>([
    ['from another number', { kind: 'person', phone: '5511888888888' }],
    ['from another LID', { kind: 'person', lid: '1' }],
    ['from another person under both names', { kind: 'person', lid: '1', phone: '5511888888888' }],
    ['from a group', { kind: 'group', group: '818966' }],
    ['from a channel', { kind: 'newsletter', newsletter: '818966' }],
  ])('%s', (_, from) => {
    expect(mayConcern(from, { recipient, sentTo })).toBe(false)
  })

  it('from another number before its ack', () => {
    expect(mayConcern({ kind: 'person', phone: '5511888888888' }, { recipient })).toBe(false)
  })

  it('from a person or another group where it went to a group', () => {
    const group: Recipient = { kind: 'group', group: '1' }
    expect(mayConcern({ kind: 'group', group: '2' }, { recipient: group })).toBe(false)
    expect(mayConcern({ kind: 'person', lid: '1' }, { recipient: group })).toBe(false)
  })
})
