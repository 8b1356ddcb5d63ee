/**
 * What WhatsApp would send for each of Z-API's documented callbacks, by the payload or the
 * notification that tells it from the others, and the body that Recado makes of it.
 */

import { proto, type WAMessage } from 'baileys'
import { instanceIdOf, whatsappIdOf } from '../support/outgoing-message.js'
import type { Call, CallId } from '../../src/domain/call.js'
import type { GatewayEvent } from '../../src/domain/gateway-event.js'
import type { IncomingContent } from '../../src/domain/incoming-content.js'
import type { MessageTarget } from '../../src/domain/message-target.js'
import type { IncomingMessage } from '../../src/domain/incoming-message.js'
import type { Notice } from '../../src/domain/notice.js'
import { accountNotice, noticeOfNotification } from '../../src/whatsapp/receive/notifications.js'
import { incomingMessageOf } from '../../src/whatsapp/receive/incoming-message.js'
import { renderCallback } from '../../src/zapi/callbacks.js'

const instanceId = instanceIdOf('3A20DA9C0183A2D35A260F53F5D2B924')
const now = 1_777_494_009_341
const own = { phone: '5511900000000', lid: '100' }
const ana = '200@lid'
const group = '120363019502650977@g.us'
const { StubType } = proto.WebMessageInfo
const { CallOutcome } = proto.Message.CallLogMessage

function say(message: proto.IMessage | undefined, more: Partial<WAMessage> = {}): WAMessage {
  const key = { remoteJid: ana, remoteJidAlt: '5544999999999@s.whatsapp.net', id: '3EB0A' }
  return {
    key,
    message: message ?? null,
    messageTimestamp: 1_777_494_000,
    pushName: 'Ana',
    ...more,
  }
}

const inGroup = (message?: proto.IMessage, more: Partial<WAMessage> = {}) =>
  say(message, { key: { remoteJid: group, participant: ana, id: '3EB0A' }, ...more })

const stub = (messageStubType: proto.WebMessageInfo.StubType, parameters: readonly string[]) =>
  inGroup(undefined, { messageStubType, messageStubParameters: [...parameters] })

const file = {
  directPath: '/v/t62/1?ccb=1',
  url: 'https://mmg.whatsapp.net/v/t62/1?ccb=1',
  mediaKey: new Uint8Array(32).fill(7),
  fileSha256: new Uint8Array(32).fill(8),
  fileLength: 3,
}
const image = { ...file, mimetype: 'image/jpeg', caption: '', width: 600, height: 315 }
const video = { ...file, mimetype: 'video/mp4', seconds: 13, width: 9, height: 16 }
const document = { ...file, mimetype: 'application/pdf', title: 'a', fileName: 'a.pdf' }
const place = { degreesLatitude: -23.5, degreesLongitude: -46.6, name: 'Sé', address: 'Praça' }
const other = { remoteJid: '100@lid', fromMe: false, id: '3EB0B' }
const template = (header: object) =>
  say({
    templateMessage: {
      hydratedTemplate: {
        ...header,
        hydratedContentText: 'texto',
        hydratedTitleText: 'título',
        hydratedFooterText: 'rodapé',
        templateId: '790118069824606',
      },
    },
  })
const flow = (name: string, parameters: object) =>
  say({
    interactiveMessage: {
      body: { text: 'Pague' },
      nativeFlowMessage: { buttons: [{ name, buttonParamsJson: JSON.stringify(parameters) }] },
    },
  })
const button = (name: string, parameters: object) => ({
  name,
  buttonParamsJson: JSON.stringify(parameters),
})
const money = (value: number) => ({ value: value * 100, offset: 100 })
const money1000 = (value: number) => ({ value: value * 1_000, offset: 1_000, currencyCode: 'BRL' })
const booked = (status: 'WAITING' | 'COMPLETE', txnStatus: 'COLLECT_SUCCESS' | 'SUCCESS') => ({
  paymentInfo: {
    receiverJid: '5544999999999@s.whatsapp.net',
    primaryAmount: money1000(1),
    status: proto.PaymentInfo.Status[status],
    txnStatus: proto.PaymentInfo.TxnStatus[txnStatus],
  },
})
const order = {
  currency: 'BRL',
  reference_id: '4N9AVI38VOB',
  type: 'physical-goods',
  payment_status: 'pending',
  total_amount: money(605),
  order: {
    status: 'pending',
    subtotal: money(600),
    discount: money(10),
    shipping: money(5),
    tax: money(10),
    items: [{ retailer_id: 'custom-item-1', name: 'a', amount: money(150), quantity: 2 }],
  },
}
const answering = (quotedMessage: proto.IMessage) =>
  say({
    extendedTextMessage: {
      text: 'teste',
      contextInfo: {
        stanzaId: '3EB0B',
        remoteJid: 'status@broadcast',
        expiration: 0,
        quotedMessage,
      },
    },
  })
const carouselCard = {
  header: { imageMessage: image },
  body: { text: 'cartão' },
  nativeFlowMessage: {
    buttons: [
      button('cta_url', { display_text: 'Abrir', url: 'https://example.com' }),
      button('quick_reply', { display_text: 'Sim', id: '2' }),
    ],
  },
}

const linesOfCart = {
  lines: [
    {
      productId: '5338924696127051',
      retailerId: '1242',
      name: 'nameProduct',
      quantity: 1,
      currency: 'BRL',
      price: 2000,
    },
  ],
}

/** What WhatsApp sends in each case, by payload or notification. */
export const samples: Readonly<Record<string, readonly WAMessage[]>> = {
  text: [
    say({
      extendedTextMessage: {
        text: 'teste https://example.com',
        matchedText: 'https://example.com',
        title: 'Exemplo',
        description: 'Um exemplo',
      },
    }),
  ],
  externalAdReply: [
    say({
      extendedTextMessage: {
        text: 'recebida',
        matchedText: 'https://example.com',
        title: 'Exemplo',
        description: 'Um exemplo',
        contextInfo: { expiration: 0, externalAdReply: { title: 'Titulo', sourceId: '1' } },
      },
    }),
  ],
  isStatusReply: [answering({ conversation: 'meu status' })],
  statusImage: [answering({ imageMessage: image })],
  statusVideo: [answering({ videoMessage: video })],
  statusAudio: [answering({ audioMessage: { ...file, mimetype: 'audio/ogg; codecs=opus' } })],
  hydratedTemplate: [
    template({}),
    template({ imageMessage: image }),
    template({ videoMessage: video }),
    template({ documentMessage: document }),
    template({ locationMessage: place }),
    say({
      interactiveMessage: {
        body: { text: 'código' },
        nativeFlowMessage: {
          buttons: [button('cta_copy', { display_text: 'Copiar', copy_code: '123' })],
        },
      },
    }),
  ],
  carouselMessage: [
    say({
      interactiveMessage: { body: { text: 'a' }, carouselMessage: { cards: [carouselCard] } },
    }),
  ],
  buttonsMessage: [
    say({
      buttonsMessage: {
        contentText: 'texto',
        imageMessage: image,
        buttons: [{ buttonId: '1', buttonText: { displayText: 'Um' } }],
      },
    }),
    say({
      buttonsMessage: {
        contentText: 'texto',
        videoMessage: video,
        buttons: [{ buttonId: '1', buttonText: { displayText: 'Um' } }],
      },
    }),
  ],
  buttonsResponseMessage: [
    say({
      buttonsResponseMessage: {
        selectedButtonId: '1',
        selectedDisplayText: 'Ótimo',
        contextInfo: { stanzaId: '3EB0B' },
      },
    }),
  ],
  listResponseMessage: [
    say({
      listResponseMessage: {
        title: 'Z-API',
        description: 'Asas',
        singleSelectReply: { selectedRowId: '1' },
        contextInfo: { stanzaId: '3EB0B' },
      },
    }),
  ],
  pixKeyMessage: [
    flow('payment_info', {
      reference_id: '4PXRAHSIRDA',
      payment_settings: [
        {
          type: 'pix_static_code',
          pix_static_code: { key: 'pixkey', key_type: 'EVP', merchant_name: 'Pix' },
        },
      ],
    }),
  ],
  reviewAndPay: [flow('review_and_pay', order)],
  reviewOrder: [flow('review_order', order)],
  image: [say({ viewOnceMessageV2: { message: { imageMessage: image } } })],
  video: [
    say({
      videoMessage: { ...video, contextInfo: { expiration: 0, isForwarded: true } },
    }),
  ],
  ptv: [say({ ptvMessage: video })],
  audio: [say({ audioMessage: { ...file, ptt: true, seconds: 10 } })],
  document: [say({ documentWithCaptionMessage: { message: { documentMessage: document } } })],
  sticker: [say({ stickerMessage: { ...file, mimetype: 'image/webp' } })],
  contact: [
    say({
      contactMessage: {
        displayName: 'Cesar',
        vcard: 'BEGIN:VCARD\nTEL;type=CELL;waid=5544999999999:+55 44 9999-9999\nEND:VCARD',
      },
    }),
  ],
  location: [say({ locationMessage: place })],
  liveLocation: [say({ liveLocationMessage: { degreesLatitude: 1, degreesLongitude: 2 } })],
  reaction: [say({ reactionMessage: { key: other, text: '❤️', senderTimestampMs: now } })],
  pinMessage: [
    say({
      pinInChatMessage: { key: other, type: proto.Message.PinInChatMessage.Type.PIN_FOR_ALL },
      messageContextInfo: { messageAddOnDurationInSecs: 604_800 },
    }),
  ],
  poll: [say({ pollCreationMessageV3: { name: 'Qual?', options: [{ optionName: 'Esta' }] } })],
  product: [
    say({
      productMessage: {
        businessOwnerJid: '5544999999999@s.whatsapp.net',
        product: { productImage: image, productId: '9', title: 'name', currencyCode: 'BRL' },
      },
    }),
  ],
  requestPayment: [
    say(
      {
        requestPaymentMessage: {
          amount: money1000(1),
          requestFrom: '5544999999999@s.whatsapp.net',
          expiryTimestamp: 1_632_834_482,
        },
      },
      booked('WAITING', 'COLLECT_SUCCESS'),
    ),
  ],
  sendPayment: [say({ sendPaymentMessage: {} }, booked('COMPLETE', 'SUCCESS'))],
  PAYMENT_ACTION_REQUEST_DECLINED: [say({ declinePaymentRequestMessage: { key: other } })],
  CALL_STARTED: [say({ callLogMesssage: { callOutcome: CallOutcome.ONGOING, isVideo: false } })],
  CALL_ENDED: [say({ callLogMesssage: { callOutcome: CallOutcome.CONNECTED, durationSecs: 60 } })],
  newsletterAdminInvite: [
    say({ newsletterAdminInviteMessage: { newsletterJid: '1@newsletter', caption: 'Oi' } }),
  ],
  event: [inGroup({ eventMessage: { name: 'Festa', joinLink: 'https://x', startTime: 1 } })],
  viewOnce: [say(undefined, { key: { remoteJid: ana, id: '3EB0A', isViewOnce: true } })],
  MEMBERSHIP_APPROVAL_REQUEST: [
    stub(StubType.GROUP_MEMBERSHIP_JOIN_APPROVAL_REQUEST_NON_ADMIN_ADD, [
      '{"lid":"200@lid","pn":"5544999999999@s.whatsapp.net"}',
      'created',
      'invite_link',
    ]),
  ],
  REVOKED_MEMBERSHIP_REQUESTS: [
    stub(StubType.GROUP_MEMBERSHIP_JOIN_APPROVAL_REQUEST_NON_ADMIN_ADD, [
      '{"lid":"200@lid","pn":"5544999999999@s.whatsapp.net"}',
      'revoked',
    ]),
  ],
}

/**
 * Calls are told as events of their own; answers are opened on the way, see `sealed-answers.test.ts`;
 * the lines of a cart are asked for, see `order-lines.test.ts`; and who got a message to a list of
 * our own stands beside the message, see `stanza-facts.test.ts`.
 */
export const events: Readonly<Record<string, GatewayEvent>> = {
  CALL_VOICE: call('ringing', false),
  CALL_ACCEPTED: call('taken', false),
  CALL_MISSED_VOICE: call('missed', false),
  CALL_MISSED_VIDEO: call('missed', true),
  pollVote: answer({ kind: 'poll-vote', poll: target(), options: ['Z-API'] }),
  eventResponse: answer({ kind: 'event-reply', response: 'going', at: now, event: target() }),
  order: told(
    incomingMessageOf(
      say({ orderMessage: { orderId: '4', itemCount: 1, totalAmount1000: 2000 } }),
      own,
      now,
    ),
    (cart) => ({ ...cart, content: { ...cart.content, ...linesOfCart } as IncomingContent }),
  ),
  broadcastRecipients: told(
    incomingMessageOf(
      say(
        {
          extendedTextMessage: {
            text: 'Teste de mensagem de lista de transmissão',
            contextInfo: { expiration: 0 },
          },
        },
        {
          key: {
            remoteJid: '1774895799@broadcast',
            participant: '100@lid',
            fromMe: true,
            id: '3EB0A',
          },
          broadcast: true,
        },
      ),
      own,
      now,
      { facts: { listRecipients: [{ lid: '126104585119999' }] } },
    ),
  ),
  PROFILE_NAME_UPDATED: ofAccount({ kind: 'own-name', name: 'nome atualizado' }),
  PROFILE_PICTURE_UPDATED: ofAccount({ kind: 'own-picture', url: 'https://example.com/1' }),
  CHAT_LABEL_ASSOCIATION: ofAccount({
    kind: 'chat-labels',
    changes: [
      { chat: { kind: 'person', phone: '5544977777777' }, label: '1', isAssigned: true },
      { chat: { kind: 'person', phone: '5544988888888' }, label: '2', isAssigned: false },
    ],
  }),
  NEWSLETTER_ADMIN_PROMOTE: notified('NotificationNewsletterAdminPromote', {
    xwa2_notify_newsletter_admin_promote: {
      id: '120363019502650977@newsletter',
      user: { id: '200@lid', pn: '5544999999999@s.whatsapp.net' },
      actor: { id: '300@lid', pn: '5544988888888@s.whatsapp.net' },
      user_new_role: 'ADMIN',
    },
  }),
  NEWSLETTER_ADMIN_DEMOTE: notified('NotificationNewsletterAdminDemote', {
    xwa2_notify_newsletter_admin_demote: {
      id: '120363019502650977@newsletter',
      user: { id: '200@lid', pn: '5544999999999@s.whatsapp.net' },
      user_new_role: 'SUBSCRIBER',
    },
  }),
  GROUP_MEMBER_LINK_PROPERTY_UPDATE: notified('NotificationGroupMemberLinkPropertyUpdate', {
    xwa2_notify_group_on_prop_change: {
      id: group,
      properties: { member_link_mode: 'ALL_MEMBER_LINK' },
      updated_by: { id: '200@lid', pn: '5544999999999@s.whatsapp.net' },
    },
  }),
}

function told(
  message: IncomingMessage | undefined,
  change: (message: IncomingMessage) => IncomingMessage = (same) => same,
): GatewayEvent {
  if (message === undefined) throw new Error('nothing is told of this')
  return {
    kind: 'message.received',
    instanceId,
    occurredAt: now,
    ownPhone: own.phone,
    message: change(message),
  }
}

function ofAccount(notice: Notice): GatewayEvent {
  return told(accountNotice(notice, whatsappIdOf('3EB0C'), own, now))
}

/** As WhatsApp's server writes it. */
function notified(operation: string, data: object): GatewayEvent {
  const update = {
    tag: 'update',
    attrs: { op_name: operation },
    content: Buffer.from(JSON.stringify({ data })),
  }
  const attrs = { from: 's.whatsapp.net', type: 'mex', id: '464201093', t: '1682017970' }
  const node = { tag: 'notification', attrs, content: [update] }
  return told(noticeOfNotification(node, own, now))
}

function target(): MessageTarget {
  const chat = { kind: 'group', group: '120363019502650977' } as const
  return { whatsappId: whatsappIdOf('3EB0B'), fromMe: false, chat, author: { phone: '5544' } }
}

function answer(content: IncomingContent): GatewayEvent {
  const message = incomingMessageOf(inGroup({ conversation: 'a' }), own, now)
  return told(message, (same) => ({ ...same, content }))
}

function call(step: Call['step'], isVideo: boolean): GatewayEvent {
  const caller = { phone: '5544999999999', lid: '200' }
  const chat = { kind: 'person', ...caller } as const
  const id = 'F44E0E2011E7C784BB9A4AC11749C436' as CallId
  return {
    kind: 'call.changed',
    instanceId,
    occurredAt: now,
    ownPhone: own.phone,
    call: { id, chat, caller, video: isVideo, step, at: now, over: false },
  }
}

export type Body = Readonly<Record<string, unknown>>

export function bodyOf(event: GatewayEvent): Body {
  const rendered = renderCallback(event, (id) => `https://example.com/media/${id}`)
  return JSON.parse(JSON.stringify(rendered))
}

export function bodyOfMessage(message: WAMessage): Body {
  const incoming = incomingMessageOf(message, own, now)
  if (incoming === undefined) throw new Error('nothing is told of this message')
  return bodyOf({
    kind: 'message.received',
    instanceId,
    occurredAt: incoming.at,
    ownPhone: own.phone,
    message: incoming,
  })
}
