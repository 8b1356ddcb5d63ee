import { describe, expect, it } from 'vitest'
import { instanceIdOf } from '../../test/support/outgoing-message.js'
import type { Call, CallId } from '../domain/call.js'
import { callCallback, presenceCallback } from './callback-calls.js'

const instanceId = instanceIdOf('3A')
const ana = { phone: '5511999999999', lid: '818966' }

function rendered(change: Partial<Call>) {
  const call: Call = {
    id: 'C1' as CallId,
    chat: { kind: 'person', ...ana },
    caller: ana,
    callerName: 'Ana',
    video: false,
    step: 'ringing',
    at: 700,
    over: false,
    ...change,
  }
  const base = { instanceId, occurredAt: 700, ownPhone: '5511888888888' }
  return callCallback({ ...base, kind: 'call.changed', call })
}

describe('a call', () => {
  it('is a notification with explicit nulls', () => {
    expect(rendered({})).toMatchObject({
      type: 'ReceivedCallback',
      notification: 'CALL_VOICE',
      notificationParameters: [],
      callId: 'C1',
      messageId: 'C1',
      phone: ana.phone,
      chatLid: '818966@lid',
      connectedPhone: '5511888888888',
      senderName: 'Ana',
      momment: 700,
      code: null,
      expiresAt: null,
      referenceMessageId: null,
      externalAdReply: null,
      participantLid: null,
      callDirection: 'incoming',
      isVideo: false,
    })
  })

  it.each([
    [false, 'missed', 'CALL_MISSED_VOICE'],
    [true, 'ringing', 'CALL_VIDEO'],
    [true, 'missed', 'CALL_MISSED_VIDEO'],
  ] as const)('with video %s that is %s is %s', (video, step, notification) => {
    expect(rendered({ video, step })).toMatchObject({ notification, isVideo: video })
  })

  it('to a group names the group and who called', () => {
    expect(rendered({ chat: { kind: 'group', group: '12' } })).toMatchObject({
      phone: '12-group',
      isGroup: true,
      chatName: null,
      participantPhone: ana.phone,
      participantLid: '818966@lid',
    })
  })
})

it('presence has the documented keys and no others', () => {
  const presence = { chat: { kind: 'person', ...ana }, presence: 'recording' } as const
  const event = { kind: 'chat.presence-changed', instanceId, occurredAt: 700 } as const
  const body = { type: 'PresenceChatCallback', phone: ana.phone, status: 'RECORDING' }
  expect(presenceCallback({ ...event, presence })).toEqual({ ...body, lastSeen: null, instanceId })
  const group = { ...presence, chat: { kind: 'group', group: '12' }, participant: ana } as const
  expect(presenceCallback({ ...event, presence: { ...group, lastSeenAt: 5 } })).toEqual({
    ...body,
    phone: '12-group',
    participant: ana.phone,
    lastSeen: 5,
    instanceId,
  })
})
