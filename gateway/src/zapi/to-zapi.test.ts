import { expect, test } from 'vitest'
import { messageIdOf, whatsappIdOf } from '../../test/support/outgoing-message.js'
import type { ChatId, Recipient } from '../domain/chat.js'
import { phoneOf, sendAnswer } from './to-zapi.js'

test.each<[ChatId | Recipient, string]>([
  [{ kind: 'person', phone: '5511999999999' }, '5511999999999'],
  [{ kind: 'person', phone: '5511999999999', lid: '818966' }, '5511999999999'],
  [{ kind: 'person', lid: '818966' }, '818966@lid'],
  [{ kind: 'lid', lid: '818966' }, '818966@lid'],
  [{ kind: 'group', group: '120363019502650977' }, '120363019502650977-group'],
  [{ kind: 'group', group: '5511999999999-1623281429' }, '5511999999999-1623281429'],
])('%j is spelled %s', (chat, phone) => {
  expect(phoneOf(chat)).toBe(phone)
})

test('a send is answered with its three ids', () => {
  const accepted = { id: messageIdOf('019D44'), whatsappId: whatsappIdOf('3EB0') }
  expect(sendAnswer(accepted)).toEqual({ zaapId: '019D44', messageId: '3EB0', id: '3EB0' })
})
