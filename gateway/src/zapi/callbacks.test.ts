import { describe, expect, test } from 'vitest'
import { instanceIdOf, messageIdOf, whatsappIdOf } from '../../test/support/outgoing-message.js'
import type { ChatId, PersonId } from '../domain/chat.js'
import type { FailureReason, GatewayEvent, MessageReceived } from '../domain/gateway-event.js'
import type { IncomingMessage } from '../domain/incoming-message.js'
import type { ReceiptStatus } from '../domain/message-status.js'
import { renderCallback } from './callbacks.js'

const instanceId = instanceIdOf('3A20DA9C0183A2D35A260F53F5D2B924')
const messageId = messageIdOf('019D44A9C0183A2D35A260F53F5D2B92')
const whatsappId = whatsappIdOf('3EB0FB3697F1DE58C48D')
const occurredAt = 1_777_494_009_341

function render(event: GatewayEvent): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify(renderCallback(event, (id) => `https://example.com/media/${id}`)),
  )
}

const sent = {
  kind: 'message.sent',
  instanceId,
  occurredAt,
  messageId,
  whatsappId,
  recipient: { kind: 'person', phone: '5511999999999' },
  // WhatsApp knows the number without its ninth digit; the caller does not.
  chat: { kind: 'person', phone: '551199999999', lid: '81896604192873' },
} as const satisfies GatewayEvent

describe('DeliveryCallback', () => {
  test("has exactly the keys of Z-API's documented success", () => {
    expect(render(sent)).toEqual({
      phone: '5511999999999',
      zaapId: messageId,
      messageId: whatsappId,
      type: 'DeliveryCallback',
      instanceId,
      momment: occurredAt,
    })
  })

  test('warns of an edit that phones may not show any more, and still has no error', () => {
    const body = render({ ...sent, isLateEdit: true })
    expect(body).toEqual({
      ...render(sent),
      warning: expect.stringMatching(/more than 20 minutes before its edit/u),
    })
  })

  test('adds what became of a refused button, and still no error', () => {
    const refusedWhatsappId = whatsappIdOf('3EB0000000000000REFUSED')
    const body = render({ ...sent, fallback: { refusalCode: 479, refusedWhatsappId } })
    expect(body).toEqual({
      ...render(sent),
      fallback: {
        code: 479,
        reason: expect.stringContaining('479'),
        sentAs: 'text',
        refusedMessageId: refusedWhatsappId,
      },
    })
    expect(body).not.toHaveProperty('error')
  })

  // The texts that are not ours stand in the error catalogue of Z-API's page on DeliveryCallback.
  test.each<[FailureReason, string]>([
    ['no-such-recipient', 'Phone number does not exist'],
    ['restricted', 'The message was not sent due to a likely shadow ban. our words'],
    ['refused', 'our words'],
    ['unconfirmed', 'our words'],
    ['expired', 'our words'],
    ['image-failed', 'our words'],
  ])('of a message that failed as %s says why', (reason, error) => {
    const { chat: _, ...base } = sent
    const body = render({ ...base, kind: 'message.failed', reason, explanation: 'our words' })
    expect(body).toEqual({
      ...render(sent),
      error,
      ...(reason === 'restricted' ? { errorCode: 'SHADOW_BAN' } : {}),
    })
  })
})

const changed = (
  status: ReceiptStatus,
  chat: ChatId = { kind: 'person', phone: '5511999999999' },
  participant?: PersonId,
): Record<string, unknown> =>
  render({
    kind: 'message.status-changed',
    instanceId,
    occurredAt,
    whatsappIds: [whatsappId],
    status,
    chat,
    participant,
  })

describe('MessageStatusCallback', () => {
  test.each<[ReceiptStatus, string]>([
    ['sent', 'SENT'],
    ['delivered', 'RECEIVED'],
    ['read', 'READ'],
    ['played', 'PLAYED'],
  ])("calls %s %s, with exactly the documented example's keys", (status, name) => {
    expect(changed(status)).toEqual({
      instanceId,
      status: name,
      ids: [whatsappId],
      momment: occurredAt,
      phoneDevice: 0,
      phone: '5511999999999',
      type: 'MessageStatusCallback',
      isGroup: false,
    })
  })

  // Keys of the observed group capture: participant and participantDevice instead of phoneDevice.
  test('names the participant in a group', () => {
    const chat: ChatId = { kind: 'group', group: '120363019502650977' }
    const body = changed('read', chat, { phone: '5544999999999', lid: '1' })
    expect(body).toEqual({
      instanceId,
      status: 'READ',
      ids: [whatsappId],
      momment: occurredAt,
      participant: '5544999999999',
      participantDevice: 0,
      phone: '120363019502650977-group',
      type: 'MessageStatusCallback',
      isGroup: true,
    })
    expect(changed('read', chat, { lid: '81896604192873' })).toMatchObject({
      participant: '81896604192873@lid',
    })
  })
})

// The keys that every captured ordinary message of the live service had.
const alwaysPresent = [
  'isStatusReply',
  'chatLid',
  'connectedPhone',
  'waitingMessage',
  'isEdit',
  'isGroup',
  'isNewsletter',
  'instanceId',
  'messageId',
  'phone',
  'fromMe',
  'momment',
  'status',
  'chatName',
  'senderPhoto',
  'senderName',
  'photo',
  'broadcast',
  'participantLid',
  'forwarded',
  'type',
  'fromApi',
]

const receivedEvent = (change: Partial<IncomingMessage> = {}): MessageReceived => ({
  kind: 'message.received',
  instanceId,
  occurredAt,
  ownPhone: '5511888888888',
  message: {
    whatsappId,
    chat: { kind: 'person', phone: '5544999999999', lid: '81896604192873' },
    sender: { phone: '5544999999999', lid: '81896604192873' },
    senderName: 'Ana',
    fromMe: false,
    at: occurredAt,
    forwarded: false,
    content: { kind: 'text', text: 'teste' },
    ...change,
  },
})

const received = (change: Partial<IncomingMessage> = {}) => render(receivedEvent(change))

describe('ReceivedCallback', () => {
  test('of a text has the keys of an ordinary message, the text, and nothing else', () => {
    const body = received()
    expect(Object.keys(body).toSorted()).toEqual([...alwaysPresent, 'text'].toSorted())
    expect(body).toMatchObject({
      chatLid: '81896604192873@lid',
      connectedPhone: '5511888888888',
      waitingMessage: false,
      isGroup: false,
      phone: '5544999999999',
      fromMe: false,
      momment: occurredAt,
      status: 'RECEIVED',
      chatName: 'Ana',
      senderName: 'Ana',
      participantLid: null,
      type: 'ReceivedCallback',
      text: { message: 'teste' },
    })
  })

  test('of a copy-code message is the documented hydratedTemplate', () => {
    const content = {
      kind: 'copy-code',
      text: 'texto da mensagem',
      title: '',
      footer: '',
      buttons: [{ text: 'Copiar código', code: '123' }],
    } as const
    const body = received({ content })
    expect(Object.keys(body).toSorted()).toEqual([...alwaysPresent, 'hydratedTemplate'].toSorted())
    expect(body['hydratedTemplate']).toEqual({
      header: {},
      message: 'texto da mensagem',
      footer: '',
      title: '',
      templateId: '',
      hydratedButtons: [
        {
          urlButton: {
            displayText: 'Copiar código',
            url: 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp123',
          },
          index: 0,
        },
      ],
    })
  })

  test("keeps any code readable the way WhatsApp's clients read the link", () => {
    const code = 'otp 00+1&x=ç/#?%'
    const content = {
      kind: 'copy-code',
      text: '',
      title: '',
      footer: '',
      buttons: [{ text: 'Copy', code }],
    } as const
    const url = JSON.stringify(received({ content })).match(/"url":"([^"]+)"/)?.[1] ?? ''
    expect(new URL(url).searchParams.get('code')).toBe(`otp${code}`)
  })

  test('of a masked message says that no content will come', () => {
    const body = received({ content: { kind: 'masked' } })
    expect(Object.keys(body).toSorted()).toEqual([...alwaysPresent, 'masked'].toSorted())
    expect(body['waitingMessage']).toBe(true)
  })

  test('in a group names the participant and has no chatLid', () => {
    const body = received({ chat: { kind: 'group', group: '120363019502650977' } })
    expect(Object.keys(body).toSorted()).toEqual(
      [...alwaysPresent, 'participantPhone', 'text'].toSorted(),
    )
    expect(body).toMatchObject({
      phone: '120363019502650977-group',
      isGroup: true,
      chatLid: null,
      participantPhone: '5544999999999',
      participantLid: '81896604192873@lid',
    })
  })

  test('of a chat known only by its LID carries the LID as phone', () => {
    const lid = { lid: '81896604192873' }
    const body = received({ chat: { kind: 'person', ...lid }, sender: lid, senderName: undefined })
    expect(body).toMatchObject({
      phone: '81896604192873@lid',
      chatLid: '81896604192873@lid',
      senderName: '81896604192873@lid',
    })
  })

  test('of a reply names what it answers', () => {
    const quotedWhatsappId = whatsappIdOf('3EB0QUOTED')
    expect(received({ quotedWhatsappId })).toMatchObject({ referenceMessageId: '3EB0QUOTED' })
  })

  test('tells what this gateway sent from what was typed on the phone', () => {
    const event = receivedEvent({ fromMe: true, sender: { phone: '5511888888888' } })
    expect(render({ ...event, throughUs: true })).toEqual({ ...render(event), fromApi: true })
    expect(render(event)['fromApi']).toBe(false)
  })

  test('of an own message is SENT and does not call the chat by our own name', () => {
    const body = received({ fromMe: true, sender: { phone: '5511888888888' }, senderName: 'Loja' })
    expect(body).toMatchObject({
      fromMe: true,
      status: 'SENT',
      chatName: '5544999999999',
      senderName: 'Loja',
    })
  })
})

test('ConnectedCallback has the documented keys and isBusiness, in milliseconds', () => {
  const event = { instanceId, occurredAt, phone: '5511888888888', business: true } as const
  expect(render({ kind: 'instance.connected', ...event })).toEqual({
    type: 'ConnectedCallback',
    connected: true,
    momment: occurredAt,
    instanceId,
    phone: '5511888888888',
    isBusiness: true,
  })
})

test('DisconnectedCallback has the documented keys, and ours say the reason, the cause and the cure', () => {
  const disconnection = { reason: 'name-not-found', since: 1, detail: 'ENOTFOUND' } as const
  const cause = 'The name of WhatsApp’s server could not be looked up (ENOTFOUND).'
  const cure = 'Check the DNS and the internet access of the machine that runs the gateway.'
  expect(render({ kind: 'instance.disconnected', instanceId, occurredAt, disconnection })).toEqual({
    momment: occurredAt,
    error: `${cause} The gateway keeps trying. ${cure}`,
    disconnected: true,
    type: 'DisconnectedCallback',
    instanceId,
    reason: 'name-not-found',
    cause,
    cure,
  })
})

test('DisconnectedCallback names the end of a ban where WhatsApp named it', () => {
  const until = Date.UTC(2026, 11, 1, 12)
  const disconnection = { reason: 'suspended', since: 1, until } as const
  const body = render({ kind: 'instance.disconnected', instanceId, occurredAt, disconnection })
  expect(body).toMatchObject({
    reason: 'suspended',
    until,
    error: expect.stringContaining(
      'It ends at 2026-12-01T12:00:00.000Z. Open WhatsApp on the phone',
    ),
  })
})
