/** Every kind of content as a caller sends it and as it shows on a phone. A new kind needs its row here. */

import { readFileSync } from 'node:fs'
import type { PhoneMessage } from '@recado/simulator'
import sharp from 'sharp'
import type { ContentKind } from '../../src/domain/content/index.js'
import { call, heard, type KindCase, type Scene, sent } from './kind-case.js'

const ownText = (scene: Scene) => sent(scene, 'send-text', { message: 'Velho' })
const theirText = async (scene: Scene) =>
  heard(scene, (await scene.person.send(scene.own.phone, 'Passe adiante')).id)

const plan = { name: 'Festa', dateTime: '2027-03-01T10:00:00-03:00' }
const order = { currency: 'BRL', products: [{ name: 'Camiseta', value: 10, quantity: 1 }] }
const buttons = [{ id: 'sim', label: 'Sim' }]

const picture = sharp({ create: { width: 64, height: 32, channels: 3, background: 'teal' } })
const png = await picture.png().toBuffer()
const image = `data:image/png;base64,${png.toString('base64')}`

function fixture(name: string, type: string): string {
  const bytes = readFileSync(new URL(`../media/${name}`, import.meta.url))
  return `data:${type};base64,${bytes.toString('base64')}`
}

const hasFile = ({ view, files }: PhoneMessage): boolean =>
  view.parts.some((part) => part.type === 'media' && files.get(part.file)?.fetched === true)
const hasPart = (type: PhoneMessage['view']['parts'][number]['type']) => (message: PhoneMessage) =>
  message.view.parts.some((part) => part.type === type)

const quickReply = {
  interactiveMessage: {
    body: { text: 'Gostou?' },
    nativeFlowMessage: {
      messageVersion: 1,
      buttons: [
        {
          name: 'quick_reply',
          buttonParamsJson: JSON.stringify({ display_text: 'Sim', id: 'sim' }),
        },
      ],
    },
  },
}

const everyKind: { readonly [K in ContentKind]: KindCase } = {
  'otp-button': {
    action: 'send-button-otp',
    body: (_about, { journey }) => ({ message: 'Seu código', code: journey.newCode() }),
    shows: hasPart('buttons'),
  },
  text: { action: 'send-text', body: () => ({ message: 'Olá' }), shows: (m) => m.text === 'Olá' },
  image: { action: 'send-image', body: () => ({ image, caption: 'Foto' }), shows: hasFile },
  document: {
    action: 'send-document/txt',
    body: () => ({ document: 'data:text/plain;base64,T2k=', fileName: 'oi.txt' }),
    shows: hasFile,
  },
  link: {
    action: 'send-link',
    body: () => ({
      message: 'Veja',
      linkUrl: 'https://example.com/a',
      title: 'Oferta',
      linkDescription: 'Só hoje',
      image,
    }),
    shows: hasPart('link'),
  },
  audio: {
    action: 'send-audio',
    body: () => ({ audio: fixture('voice.ogg', 'audio/ogg') }),
    shows: hasFile,
  },
  video: {
    action: 'send-video',
    body: () => ({ video: fixture('video.mp4', 'video/mp4') }),
    shows: hasFile,
  },
  sticker: { action: 'send-sticker', body: () => ({ sticker: image }), shows: hasFile },
  location: {
    action: 'send-location',
    body: () => ({ title: 'Loja', address: 'Rua A', latitude: '-23.1', longitude: '-50.4' }),
    shows: hasPart('location'),
  },
  contacts: {
    action: 'send-contact',
    body: () => ({ contactName: 'Ana', contactPhone: '5511999990000' }),
    shows: hasPart('contacts'),
  },
  poll: {
    action: 'send-poll',
    body: () => ({ message: 'Quando?', poll: [{ name: 'Hoje' }, { name: 'Amanhã' }] }),
    shows: hasPart('poll'),
  },
  event: { action: 'send-event', body: () => ({ event: plan }), shows: hasPart('event') },
  buttons: {
    action: 'send-button-list',
    body: () => ({ message: 'Gostou?', buttonList: { buttons } }),
    shows: hasPart('buttons'),
  },
  'button-answer': {
    about: async (scene) => heard(scene, await scene.person.forge(scene.own.phone, quickReply)),
    action: 'reply-button',
    body: (messageId) => ({ messageId, responseButtonId: 'sim' }),
    shows: ({ text }) => text === 'Sim',
  },
  'pix-key': {
    action: 'send-button-pix',
    body: () => ({ pixKey: 'loja@example.com', type: 'EMAIL', merchantName: 'Loja' }),
    shows: hasPart('pix'),
  },
  order: { action: 'send-order', body: () => ({ order }), shows: hasPart('order') },
  carousel: {
    action: 'send-carousel',
    body: () => ({
      message: 'Novidades',
      carousel: ['Boné', 'Meia'].map((text) => ({
        text,
        image,
        buttons: [{ type: 'REPLY', label: 'Quero' }],
      })),
    }),
    shows: hasPart('carousel'),
  },
  'option-list': {
    action: 'send-option-list',
    body: () => ({
      message: 'Como ajudar?',
      optionList: { title: 'Menu', buttonLabel: 'Ver', options: [{ id: 'v', title: 'Vendas' }] },
    }),
    shows: hasPart('list'),
  },
  edit: {
    about: ownText,
    action: 'send-text',
    body: (editMessageId) => ({ message: 'Novo', editMessageId }),
    shows: ({ text, state }) => text === 'Novo' && state.edited === true,
    changes: true,
  },
  reaction: {
    about: ownText,
    action: 'send-reaction',
    body: (messageId) => ({ messageId, reaction: '👍' }),
    shows: ({ state }) => state.reactions.length === 1,
    changes: true,
  },
  deletion: {
    method: 'DELETE',
    about: ownText,
    action: ({ person }, id) => `messages?phone=${person.phone}&messageId=${id}&owner=true`,
    shows: ({ state }) => state.deletedBy !== undefined,
    changes: true,
  },
  forward: {
    about: theirText,
    action: 'forward-message',
    body: (messageId, { person }) => ({ messageId, messagePhone: person.phone }),
    shows: ({ view }) => view.forwarded === 'once',
  },
  pin: {
    about: ownText,
    action: 'pin-message',
    body: (messageId) => ({ messageId, messageAction: 'pin', pinMessageDuration: '24_hours' }),
    shows: ({ state }) => state.pinnedUntil !== undefined,
    changes: true,
  },
  'chat-timer': {
    action: 'send-chat-expiration',
    body: () => ({ chatExpiration: '7_DAYS' }),
    shows: ({ view }) => view.kind === 'timer',
  },
  'poll-vote': {
    about: async (scene) => {
      const poll = { question: 'Almoço?', options: ['Peixe', 'Massa'] }
      return heard(scene, (await scene.person.post(scene.own.phone, { poll })).id)
    },
    action: 'send-poll-vote',
    body: (pollMessageId) => ({ pollMessageId, pollVote: [{ name: 'Peixe' }] }),
    shows: ({ state }) => state.votes.length === 1,
    changes: true,
  },
  'event-reply': {
    about: async (scene) => {
      const event = { name: 'Festa', startsAt: Date.parse(plan.dateTime) }
      return heard(scene, (await scene.person.post(scene.own.phone, { event })).id)
    },
    action: 'send-event-response',
    body: (eventMessageId) => ({ eventMessageId, eventResponse: 'GOING' }),
    shows: ({ state }) => state.answers.length === 1,
    changes: true,
  },
  'event-edit': {
    about: (scene) => sent(scene, 'send-event', { event: plan }),
    action: 'send-edit-event',
    body: (eventMessageId) => ({ eventMessageId, event: { ...plan, name: 'Festança' } }),
    shows: ({ state }) => state.edited === true,
    changes: true,
  },
  'newsletter-invite': {
    action: 'send-newsletter-admin-invite',
    body: (_about, { journey, own }) => {
      const { network } = journey.simulator
      const owner = network.byPhone(own.phone)
      if (owner === undefined) throw new Error('the own number has no phone')
      const { id: newsletterId } = network.addNewsletter({ name: 'Avisos', owner })
      return { adminInviteMessage: { newsletterId, caption: 'Quer ser admin?' } }
    },
    shows: hasPart('invite'),
  },
}

const productOf = { catalogPhone: '5511999990000' }
const orderUpdate = {
  referenceId: '4N8FCTW1WM6',
  orderRequestId: '4N8FCTW22W4',
  orderStatus: 'processing',
  paymentStatus: 'paid',
  order,
}
const videoFile = fixture('video.mp4', 'video/mp4')

/** The other calls that send: further forms of the same kinds. */
const otherForms: Readonly<Record<string, KindCase>> = {
  gif: { action: 'send-gif', body: () => ({ gif: videoFile }), shows: hasFile },
  ptv: { action: 'send-ptv', body: () => ({ ptv: videoFile }), shows: hasFile },
  'several contacts': {
    action: 'send-contacts',
    body: () => ({
      contacts: ['Ana', 'Bia'].map((name) => ({ name, phones: ['5511999990000'] })),
    }),
    shows: hasPart('contacts'),
  },
  'buttons below an image': {
    action: 'send-button-list-image',
    body: () => ({ message: 'Gostou?', buttonList: { image, buttons } }),
    shows: (m) => hasPart('buttons')(m) && hasFile(m),
  },
  'buttons below a video': {
    action: 'send-button-list-video',
    body: () => ({ message: 'Gostou?', buttonList: { video: videoFile, buttons } }),
    shows: (m) => hasPart('buttons')(m) && hasFile(m),
  },
  'link and call buttons': {
    action: 'send-button-actions',
    body: () => ({
      message: 'Fale',
      buttonActions: [
        { type: 'URL', label: 'Site', url: 'https://example.com/' },
        { type: 'CALL', label: 'Ligar', phone: '5511999990000' },
      ],
    }),
    shows: hasPart('buttons'),
  },
  'template answer': {
    about: async (scene) => heard(scene, await scene.person.forge(scene.own.phone, quickReply)),
    action: 'reply-template-button',
    body: (messageId) => ({ messageId, responseTemplateButtonId: 'sim' }),
    shows: ({ text }) => text === 'Sim',
  },
  product: {
    action: 'send-product',
    body: () => ({ ...productOf, productId: '719' }),
    shows: hasPart('link'),
  },
  catalog: { action: 'send-catalog', body: () => productOf, shows: hasPart('link') },
  'order status': {
    about: (scene) => sent(scene, 'send-order', { order }),
    action: 'order-status-update',
    body: (messageId) => ({ messageId, ...orderUpdate }),
    shows: hasPart('order'),
  },
  'order payment': {
    about: (scene) => sent(scene, 'send-order', { order }),
    action: 'order-payment-update',
    body: (messageId) => ({ messageId, ...orderUpdate }),
    shows: hasPart('order'),
  },
  'answer to an earlier message': {
    about: theirText,
    action: 'send-text',
    body: (messageId) => ({ message: 'Sim', messageId }),
    shows: ({ text, view }) => text === 'Sim' && view.quote !== undefined,
  },
  'reaction taken back': {
    about: async (scene) => {
      const messageId = await ownText(scene)
      const { messageId: id } = await call(scene, 'send-reaction', { messageId, reaction: '👍' })
      await scene.person.untilMessage(({ state }) => state.reactions.length === 1)
      await heard(scene, id)
      return messageId
    },
    action: 'send-remove-reaction',
    body: (messageId) => ({ messageId }),
    shows: ({ state }) => state.reactions.length === 0,
    changes: true,
  },
  'edited caption': {
    about: (scene) => sent(scene, 'send-image', { image, caption: 'Velha' }),
    action: 'send-image',
    body: (editImageMessageId) => ({ image, caption: 'Nova', editImageMessageId }),
    shows: ({ text, state }) => text === 'Nova' && state.edited === true,
    changes: true,
  },
}

/** What the journeys of every kind go through. */
export const everyForm = { ...everyKind, ...otherForms }

/** What says the same in plain text where WhatsApp refuses it, and how many forms it has to refuse before. */
export const refusalsBeforeText: Readonly<Record<string, number>> = {
  'otp-button': 1,
  buttons: 1,
  'buttons below an image': 1,
  'buttons below a video': 1,
  'link and call buttons': 1,
  'pix-key': 3,
  order: 1,
  'order status': 1,
  'order payment': 1,
  carousel: 1,
  'option-list': 1,
}
