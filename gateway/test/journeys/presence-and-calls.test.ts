/** What an instance does by itself, and what it tells of others beside their messages. */

import type { Phone } from '@recado/simulator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
let own: Phone
let ana: Phone

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance, phone: own } = await journey.pairedInstance())
  ana = await journey.newPhone()
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

const put = (action: string, value: unknown) =>
  journey.client.onInstance(instance, 'PUT', action, { value })

const called = (callId: string, notification: string) =>
  journey.callbacks.next(
    ({ body }) => body['callId'] === callId && body['notification'] === notification,
  )

const presence = (phone: string, status: string, from = 0) =>
  journey.callbacks.next(
    ({ body, at }) =>
      at >= from &&
      body['type'] === 'PresenceChatCallback' &&
      body['phone'] === phone &&
      body['status'] === status,
  )

async function received(messageId: string): Promise<void> {
  await journey.callbacks.next(
    ({ body }) => body['type'] === 'ReceivedCallback' && body['messageId'] === messageId,
  )
}

/** Resolves when what was sent before cannot be touched by a setting any more: one comes after the other. */
async function nextIsReceived(): Promise<void> {
  await received((await ana.send(own.phone, 'Depois')).id)
}

describe('a message or a status', () => {
  test('is marked as read where the instance wants that, and not otherwise', async () => {
    const unread = await ana.send(own.phone, 'Ninguém lê')
    await nextIsReceived()
    await put('update-auto-read-message', true)
    const read = await ana.send(own.phone, 'Lida na hora')
    const status = (id: string) => ana.messages.find((message) => message.id === id)?.status
    await ana.untilMessage(({ id, status: shown }) => id === read.id && shown === 'read')
    expect(status(unread.id)).toBe('delivered')

    const statusRead = new Promise<string>((resolve) => {
      ana.events.on('status-seen', ({ id }) => resolve(id))
    })
    await put('update-auto-read-message', false)
    await ana.postStatus('Não é para ler', [own.phone])
    await nextIsReceived()
    await put('update-auto-read-status', true)
    const posted = await ana.postStatus('Bom dia', [own.phone])
    expect(await statusRead).toBe(posted)
  })
})

describe('a call', () => {
  test('is told when it rings and when it was missed', async () => {
    const callId = ana.calling.ring(own.phone)
    expect((await called(callId, 'CALL_VOICE')).body).toMatchObject({
      type: 'ReceivedCallback',
      phone: ana.phone,
      connectedPhone: own.phone,
      messageId: callId,
      isVideo: false,
      fromMe: false,
    })
    ana.calling.hangUp(callId)
    await called(callId, 'CALL_MISSED_VOICE')

    const video = ana.calling.ring(own.phone, { video: true })
    expect((await called(video, 'CALL_VIDEO')).body['isVideo']).toBe(true)
    ana.calling.hangUp(video, 'timeout')
    await called(video, 'CALL_MISSED_VIDEO')
  })

  test('is rejected, and its caller is sent the text', async () => {
    await put('update-call-reject-message', 'Não atendemos ligações')
    await put('update-call-reject-auto', true)
    const rejected = new Promise<string>((resolve) => {
      ana.events.once('call-rejected', ({ callId }) => resolve(callId))
    })
    const callId = ana.calling.ring(own.phone)
    expect(await rejected).toBe(callId)
    await ana.untilMessage(({ text }) => text === 'Não atendemos ligações')
    await called(callId, 'CALL_VOICE')
    await put('update-call-reject-auto', false)
    // A call that comes later shows that nothing more comes of the first.
    const later = ana.calling.ring(own.phone)
    ana.calling.hangUp(later)
    await called(later, 'CALL_MISSED_VOICE')
    const told = journey.callbacks.received.filter(({ body }) => body['callId'] === callId)
    expect(told.map(({ body }) => body['notification'])).toEqual(['CALL_VOICE'])
    expect(ana.messages.filter(({ text }) => text === 'Não atendemos ligações')).toHaveLength(1)
  })
})

describe('presence', () => {
  test('is told of the chats that we talk with', async () => {
    const hello = await ana.send(own.phone, 'Oi')
    await received(hello.id)
    await presence(ana.phone, 'AVAILABLE')
    for (const [doing, status] of [
      ['composing', 'COMPOSING'],
      ['recording', 'RECORDING'],
      ['paused', 'PAUSED'],
    ] as const) {
      ana.calling.show(own.phone, doing)
      expect((await presence(ana.phone, status)).body).toEqual({
        type: 'PresenceChatCallback',
        phone: ana.phone,
        status,
        lastSeen: null,
        instanceId: instance.id,
      })
    }
    ana.goOffline()
    const { body } = await presence(ana.phone, 'UNAVAILABLE')
    expect(body['lastSeen']).toBeTypeOf('number')
    const before = Date.now()
    await ana.comeOnline()
    await presence(ana.phone, 'AVAILABLE', before)
  })
})

describe('a message to a group', () => {
  test('is told of every member who gets and reads it', async () => {
    const bia = await journey.newPhone()
    const group = journey.simulator.addGroup({
      subject: 'Equipe',
      members: [own.phone, ana.phone, bia.phone],
    })
    const { messageId } = await journey.sendOtp(instance, {
      phone: group.id.replace('@g.us', '-group'),
      message: 'Para todos',
      code: journey.newCode(),
    })
    const told = (status: string, member: Phone) =>
      journey.callbacks.next(
        ({ body }) =>
          body['status'] === status &&
          body['participant'] === member.phone &&
          Array.isArray(body['ids']) &&
          body['ids'].includes(messageId),
      )
    for (const member of [ana, bia]) {
      await told('RECEIVED', member)
      await member.read(messageId)
      const { body } = await told('READ', member)
      expect(body).toMatchObject({ isGroup: true, participantDevice: 0 })
      expect(body).not.toHaveProperty('phoneDevice')
    }
  })
})
