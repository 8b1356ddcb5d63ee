import { describe, expect, test } from 'vitest'
import type { MessageView } from '../../simulator/src/control-answers.js'
import {
  chatsFound,
  chatsOf,
  everyChat,
  contactOf,
  messagesOf,
  nothingYet,
  shownNumber,
  unreadOf,
  withChange,
  withoutTyping,
  withTyping,
} from './phone-state.js'
import { hashOf, type Route, routeOf } from './route.js'

const ANA = '5511999990001'
const SHOP = '551133334444'

function message(id: string, more: Partial<MessageView> = {}): MessageView {
  return {
    id,
    key: id,
    chat: ANA,
    from: ANA,
    fromMe: false,
    at: 1,
    text: id,
    view: { kind: 'text', parts: [] },
    files: {},
    buttons: [],
    state: { reactions: [], votes: [], answers: [] },
    shows: { android: true, ios: true, web: true },
    drawn: { android: 'whole', ios: 'whole', web: 'whole' },
    status: 'delivered',
    ...more,
  }
}

const composing = { chat: ANA, from: ANA, state: 'composing' }

describe('what the simulator tells', () => {
  const first = withChange(nothingYet, { messages: [message('a'), message('b')] }, 'snapshot')

  test('adds and changes messages, in the order in which they came', () => {
    const next = withChange(
      first,
      { messages: [message('c'), message('a', { status: 'read' })] },
      'change',
    )
    expect(messagesOf(next.messages, ANA).map(({ id, status }) => `${id} ${status}`)).toEqual([
      'a read',
      'b delivered',
      'c delivered',
    ])
    expect(unreadOf(messagesOf(next.messages, ANA)).map(({ id }) => id)).toEqual(['b', 'c'])
  })

  test('keeps two messages of two numbers under one id apart', () => {
    const twice = message('a', { key: `a ${SHOP}`, chat: SHOP, from: SHOP })
    const both = withChange(first, { messages: [twice] }, 'change')
    expect(chatsOf(both).map(({ id, unread }) => `${id} ${unread}`)).toEqual([
      `${ANA} 2`,
      `${SHOP} 1`,
    ])
    const one = withChange(both, { removed: [twice.key] }, 'change')
    expect(chatsOf(one).map(({ id, unread }) => `${id} ${unread}`)).toEqual([`${ANA} 2`])
  })

  test('replaces everything when it begins again', () => {
    const next = withChange(first, { messages: [message('z')] }, 'snapshot')
    expect(messagesOf(next.messages, ANA).map(({ id }) => id)).toEqual(['z'])
    expect(next.connection).toBe('live')
  })

  test('ends the typing of a person when their message arrives', () => {
    const typing = withTyping(first, composing)
    expect(typing.typing.get(ANA)).toBe(ANA)
    expect(
      withChange(typing, { messages: [message('a', { status: 'read' })] }, 'change').typing.size,
    ).toBe(1)
    expect(withChange(typing, { messages: [message('c')] }, 'change').typing.size).toBe(0)
    expect(withTyping(typing, { ...composing, state: 'paused' }).typing.size).toBe(0)
    expect(withoutTyping(typing).typing.size).toBe(0)
  })
})

test('chats have the latest first, and count what is not read', () => {
  const state = withChange(
    nothingYet,
    {
      contacts: [{ id: SHOP, name: 'Loja', business: true }],
      messages: [
        message('1', { at: 10 }),
        message('2', { at: 20, chat: SHOP, from: SHOP }),
        message('3', { at: 15, fromMe: true, from: 'me' }),
        message('4', { at: 30, chat: SHOP, from: SHOP, status: 'read' }),
      ],
    },
    'snapshot',
  )
  const rows = chatsOf(state).map((chat) => [chat.contact.name, chat.last?.id, chat.unread])
  expect(rows).toEqual([
    ['Loja', '4', 1],
    ['+55 11 99999-0001', '3', 1],
  ])
  expect(contactOf(state, '14155550123').name).toBe('+14155550123')
})

test('chats are found by name, number and what was said, and by kind', () => {
  const contacts = [
    { id: ANA, name: 'Família', business: false, members: [ANA] },
    { id: SHOP, name: 'Loja', business: true },
  ]
  const messages = [
    message('Seu código', { chat: SHOP, from: SHOP }),
    message('Oi', { status: 'read' }),
  ]
  const chats = chatsOf(withChange(nothingYet, { contacts, messages }, 'snapshot'))
  const found = (text: string, kind: 'all' | 'unread' | 'groups' = 'all') =>
    chatsFound(chats, { text, kind }).map(({ contact }) => contact.name)
  expect(chatsFound(chats, everyChat)).toEqual(chats)
  expect(found(' familia ')).toEqual(['Família'])
  expect(found('1133334444')).toEqual(['Loja'])
  expect(found('CODIGO')).toEqual(['Loja'])
  expect(found('', 'unread')).toEqual(['Loja'])
  expect(found('', 'groups')).toEqual(['Família'])
  expect(found('x')).toEqual([])
})

test('numbers are shown as people write them', () => {
  expect(shownNumber(SHOP)).toBe('+55 11 3333-4444')
  expect(shownNumber('120363@g.us')).toBe('120363@g.us')
})

test('the address names the screen, and back', () => {
  const routes: readonly Route[] = [
    { screen: 'chats' },
    { screen: 'chat', chat: '120363-1@g.us' },
    { screen: 'new-chat' },
    { screen: 'linked', scan: '' },
    { screen: 'linked', scan: 'https://wa.me/settings/linked_devices#2@a/b+c==,d' },
    { screen: 'linked', scan: '', sign: 'eyJvcHRpb25zIjp7fX0' },
  ]
  for (const route of routes) expect(routeOf(hashOf(route))).toEqual(route)
  expect(routeOf('')).toEqual({ screen: 'chats' })
  expect(routeOf('#chat/%E0%A4%A')).toEqual({ screen: 'chats' })
  expect(routeOf('#scan=%E0%A4%A')).toEqual({ screen: 'linked', scan: '' })
})
