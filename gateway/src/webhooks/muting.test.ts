import { expect, test } from 'vitest'
import { instanceIdOf, whatsappIdOf } from '../../test/support/outgoing-message.js'
import type { GatewayEvent } from '../domain/gateway-event.js'
import type { IncomingContent } from '../domain/incoming-content.js'
import type { IncomingMessage } from '../domain/incoming-message.js'
import { type MessageTrait, nothingMuted, type Topic } from '../domain/muting.js'
import { isMuted } from './muting.js'

const base = { instanceId: instanceIdOf('3A'), occurredAt: 0 }

function received(change: Partial<IncomingMessage> = {}): GatewayEvent {
  const message: IncomingMessage = {
    whatsappId: whatsappIdOf('3EB0'),
    chat: { kind: 'person', phone: '5511' },
    sender: { phone: '5511' },
    fromMe: false,
    at: 0,
    forwarded: false,
    content: { kind: 'text', text: 'Oi' },
    ...change,
  }
  return { ...base, kind: 'message.received', ownPhone: '5522', message }
}

const inGroup = received({ chat: { kind: 'group', group: '120' } })
const copyCode = received({
  content: { kind: 'copy-code', text: '', title: '', footer: '', buttons: [] },
})

const image = received({
  content: {
    kind: 'image',
    mimeType: 'image/png',
    caption: '',
    width: 1,
    height: 1,
    viewOnce: false,
  },
})
const channel = received({ chat: { kind: 'newsletter', newsletter: '1' } })

test.each([
  ['in-group', [inGroup], [received(), copyCode]],
  ['in-private-chat', [received(), copyCode], [inGroup]],
  ['text', [received(), inGroup, received({ fromMe: true })], [copyCode]],
  ['image', [image], [received(), inGroup, copyCode, channel]],
  ['in-private-chat', [image], [channel]],
] as const)('%s mutes messages that are so, and no others', (trait, silent, told) => {
  const muted = { topics: [], messages: [trait] }
  expect(silent.every((event) => isMuted(event, muted))).toBe(true)
  expect(told.some((event) => isMuted(event, muted))).toBe(false)
  expect([...silent, ...told].some((event) => isMuted(event, nothingMuted))).toBe(false)
})

test('a topic mutes its events whole, and traits of messages touch nothing else', () => {
  const connected: GatewayEvent = {
    ...base,
    kind: 'instance.connected',
    phone: '5522',
    business: false,
  }
  expect(isMuted(received(), { topics: ['received'], messages: [] })).toBe(true)
  expect(isMuted(connected, { topics: ['received', 'presence'], messages: ['text'] })).toBe(false)
  expect(isMuted(connected, { topics: ['connected'], messages: [] })).toBe(true)
})

const everyTopic: readonly Topic[] = [
  'outcome',
  'status',
  'received',
  'connected',
  'disconnected',
  'presence',
]
const topicOf: Readonly<Record<GatewayEvent['kind'], Topic>> = {
  'message.sent': 'outcome',
  'message.failed': 'outcome',
  'message.undeliverable': 'outcome',
  'message.status-changed': 'status',
  'message.received': 'received',
  'call.changed': 'received',
  'chat.presence-changed': 'presence',
  'instance.connected': 'connected',
  'instance.disconnected': 'disconnected',
  'instance.passkey-needed': 'disconnected',
  'instance.proxy-failed': 'disconnected',
}

test.each(Object.entries(topicOf))(
  '%s is muted with the topic %s, and with no other',
  (kind, topic) => {
    const event = { ...received(), kind } as GatewayEvent
    const muting = everyTopic.filter((each) => isMuted(event, { topics: [each], messages: [] }))
    expect(muting).toEqual([topic])
  },
)

const everyTrait: readonly MessageTrait[] = ['text', 'image', 'video', 'audio', 'document']
const traitOf: Partial<Record<IncomingContent['kind'], MessageTrait>> = {
  text: 'text',
  image: 'image',
  video: 'video',
  'round-video': 'video',
  audio: 'audio',
  document: 'document',
}

test.each(Object.entries(traitOf))('%s is muted with %s, and with no other kind', (kind, trait) => {
  const event = received({ content: { kind } as IncomingContent })
  const muting = everyTrait.filter((each) => isMuted(event, { topics: [], messages: [each] }))
  expect(muting).toEqual([trait])
})
