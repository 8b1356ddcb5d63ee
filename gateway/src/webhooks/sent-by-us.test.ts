import { expect, test } from 'vitest'
import { instanceIdOf, messageIdOf, whatsappIdOf } from '../../test/support/outgoing-message.js'
import type { Recipient } from '../domain/chat.js'
import type { MessageSent, SentContent } from '../domain/gateway-event.js'
import { sentByUs } from './sent-by-us.js'

const said: SentContent = {
  masked: { kind: 'text', text: 'Code: ••••01' },
  full: { kind: 'text', text: 'Code: 845201' },
}
const self = { phone: '5511900000000', lid: '77' }

function sentTo(recipient: Recipient, chat: MessageSent['chat']): MessageSent {
  return {
    kind: 'message.sent',
    instanceId: instanceIdOf('3A'),
    occurredAt: 1_700_000_000_000,
    messageId: messageIdOf('M1'),
    whatsappId: whatsappIdOf('3EB0'),
    recipient,
    chat,
  }
}

const toPerson = sentTo(
  { kind: 'person', phone: '5511999990001' },
  { kind: 'person', phone: '551199990001', lid: '123' },
)

test('a message that we sent is told like one that was typed on the phone', () => {
  expect(sentByUs(toPerson, said, self, { tellCodes: false })).toEqual({
    kind: 'message.received',
    instanceId: '3A',
    occurredAt: 1_700_000_000_000,
    ownPhone: '5511900000000',
    throughUs: true,
    message: {
      whatsappId: '3EB0',
      chat: { kind: 'person', phone: '5511999990001', lid: '123' },
      sender: { phone: '5511900000000', lid: '77' },
      fromMe: true,
      at: 1_700_000_000_000,
      forwarded: false,
      content: said.masked,
    },
  })
})

test('its code is told only to who wants it', () => {
  expect(sentByUs(toPerson, said, self, { tellCodes: true }).message.content).toBe(said.full)
  expect(sentByUs(toPerson, said, self, { tellCodes: false }).message.content).toBe(said.masked)
})

test.each<[string, MessageSent, MessageSent['chat']]>([
  [
    'a person whose LID is not known',
    sentTo({ kind: 'person', phone: '5511' }, { kind: 'person', phone: '5511' }),
    { kind: 'person', phone: '5511' },
  ],
  [
    'a LID',
    sentTo({ kind: 'lid', lid: '9' }, { kind: 'person', phone: '5511', lid: '9' }),
    { kind: 'person', lid: '9' },
  ],
  [
    'a group',
    sentTo({ kind: 'group', group: '120' }, { kind: 'group', group: '120' }),
    { kind: 'group', group: '120' },
  ],
  [
    'a group, whatever chat it was resolved to',
    sentTo({ kind: 'group', group: '120' }, { kind: 'person', lid: '9' }),
    { kind: 'group', group: '120' },
  ],
  [
    'a person, whatever chat it was resolved to',
    sentTo({ kind: 'person', phone: '5511' }, Object.assign({ lid: '9' }, inGroup())),
    { kind: 'person', phone: '5511' },
  ],
])('the chat is the one that the caller wrote to: %s', (_, sent, chat) => {
  expect(sentByUs(sent, said, self, { tellCodes: false }).message.chat).toStrictEqual(chat)
})

function inGroup() {
  return { kind: 'group', group: '120' } as const
}

test('an instance whose number is not known yet has none', () => {
  const { ownPhone, message } = sentByUs(toPerson, said, {}, { tellCodes: false })
  expect(ownPhone).toBe('')
  expect(message.sender).toEqual({ phone: undefined, lid: undefined })
})
