/**
 * Where each documented attribute of a sent body ends. `body-fields.test.ts` sends every body and looks;
 * `docs/appendix/body-fields.md` is made from it.
 */

import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { heard, type Scene, sent } from './kind-case.js'

/** In a path, `a[].b` is `b` of every entry, and a JSON text on the way is read. */
export type Place =
  /** In the message that the phone decrypts, as `wire`; in what the phone makes of it, as `phone`. */
  | {
      readonly in: 'wire' | 'phone'
      readonly path: string
      /** What stands there; the value itself if unset. */
      readonly as?: (value: unknown) => unknown
      /** It is part of a longer text. */
      readonly within?: true
      readonly how?: string
    }
  /** It is no part of the message. */
  | { readonly in: 'nothing'; readonly why: string }

export interface BodyCase {
  /** The earlier message that it is about. */
  readonly about?: (scene: Scene) => Promise<string>
  readonly action: string
  /** Beside the phone: a value for every documented attribute. */
  readonly body: (about: string, scene: Scene) => object
  /** It changes the message `about` in place of being one. */
  readonly changes?: true
  readonly fields: Readonly<Record<string, Place>>
}

const wire = (path: string): Place => ({ in: 'wire', path })
const within = (path: string): Place => ({ in: 'wire', path, within: true, how: 'in the text' })
const as = (path: string, how: string, value: (given: unknown) => unknown): Place => ({
  in: 'wire',
  path,
  as: value,
  how,
})
const onPhone = (path: string, how?: string, value?: (given: unknown) => unknown): Place => ({
  in: 'phone',
  path,
  ...(how === undefined ? {} : { how }),
  ...(value && { as: value }),
})
const nothing = (why: string): Place => ({ in: 'nothing', why })

const gap = nothing('the time until the next message of the instance')
const typing = nothing('how long the chat shows "typing…" before it')
const early = nothing('every call is answered before its file is fetched')
const chosen = nothing('the chat that the message is looked for in')

const isThere = (given: unknown): unknown => (given === undefined ? undefined : true)
/** A file leaves for the media host, and the message names it. */
const file = (message: string, mimetype: string): Place =>
  as(`${message}.mimetype`, 'the uploaded file', () => mimetype)
const thousandths = (path: string): Place =>
  as(path, 'in thousandths', (given) => Number(given) * 1_000)
const epoch = (path: string): Place =>
  as(path, 'seconds since 1970', (given) => Math.floor(Date.parse(String(given)) / 1_000))
const quote = (message: string): Place => wire(`${message}.contextInfo.stanzaId`)

const picture = sharp({ create: { width: 64, height: 32, channels: 3, background: 'olive' } })
const png = await picture.png().toBuffer()
const image = `data:image/png;base64,${png.toString('base64')}`
const fixture = (name: string, type: string): string => {
  const bytes = readFileSync(new URL(`../media/${name}`, import.meta.url))
  return `data:${type};base64,${bytes.toString('base64')}`
}
const video = fixture('video.mp4', 'video/mp4')

const ownText = (scene: Scene) => sent(scene, 'send-text', { message: 'Antes' })
const theirText = async (scene: Scene) =>
  heard(scene, (await scene.person.send(scene.own.phone, 'Pergunta')).id)
const question = async (scene: Scene) => {
  const asked = {
    interactiveMessage: {
      body: { text: 'Gostou?' },
      nativeFlowMessage: {
        messageVersion: 1,
        buttons: [{ name: 'quick_reply', buttonParamsJson: '{"display_text":"Sim","id":"sim"}' }],
      },
    },
  }
  return heard(scene, await scene.person.forge(scene.own.phone, asked))
}

const flow = 'interactiveMessage.nativeFlowMessage.buttons[].buttonParamsJson'
const inButtons = { label: wire(`${flow}.display_text`), id: wire(`${flow}.id`) }
const buttons = [
  { id: 'sim', label: 'Sim' },
  { id: 'nao', label: 'Não' },
]

const order = {
  currency: 'BRL',
  discount: 10,
  tax: 11,
  shipping: 5,
  products: [{ name: 'Camiseta', value: 150, quantity: 2, productId: '239' }],
}
const inOrder = {
  'order.currency': wire(`${flow}.currency`),
  'order.products[].name': wire(`${flow}.order.items[].name`),
  'order.products[].value': thousandths(`${flow}.order.items[].amount.value`),
  'order.products[].quantity': wire(`${flow}.order.items[].quantity`),
  'order.products[].productId': wire(`${flow}.order.items[].retailer_id`),
  'order.discount': thousandths(`${flow}.order.discount.value`),
  'order.tax': thousandths(`${flow}.order.tax.value`),
  'order.shipping': thousandths(`${flow}.order.shipping.value`),
}
const orderUpdate = (action: string): BodyCase => ({
  about: (scene) => sent(scene, 'send-order', { order }),
  action,
  body: (messageId) => ({
    messageId,
    message: 'Seu pedido',
    referenceId: '4N8FCTW1WM6',
    orderRequestId: '4N8FCTW22W4',
    orderStatus: 'processing',
    paymentStatus: 'paid',
    order: { ...order, products: [{ ...order.products[0], isCustomItem: false }] },
  }),
  fields: {
    messageId: quote('interactiveMessage'),
    message: wire('interactiveMessage.body.text'),
    referenceId: wire(`${flow}.reference_id`),
    orderRequestId: wire(`${flow}.order_request_id`),
    orderStatus: wire(`${flow}.order.status`),
    paymentStatus: as(`${flow}.payment_status`, 'paid: captured', () => 'captured'),
    ...inOrder,
    'order.products[].isCustomItem': wire(`${flow}.order.items[].isCustomItem`),
  },
})

const event = {
  name: 'Festa',
  description: 'Na sede',
  dateTime: '2027-03-01T10:00:00-03:00',
  location: { name: 'Sede' },
  callLinkType: 'voice',
  canceled: false,
}
const inEvent = {
  'event.name': wire('eventMessage.name'),
  'event.description': wire('eventMessage.description'),
  'event.dateTime': epoch('eventMessage.startTime'),
  'event.location.name': wire('eventMessage.location.name'),
  'event.callLinkType': as('eventMessage.joinLink', 'the link to a call', isThere),
  'event.canceled': wire('eventMessage.isCanceled'),
}

/** By page of the documentation. */
export const bodyFields: Readonly<Record<string, BodyCase>> = {
  'message/forward-message': {
    about: theirText,
    action: 'forward-message',
    body: (messageId, { person }) => ({ messageId, messagePhone: person.phone }),
    fields: {
      messageId: as('extendedTextMessage.text', 'what that message says', () => 'Pergunta'),
      messagePhone: chosen,
      delayMessage: gap,
    },
  },
  'message/read-message': {
    about: theirText,
    action: 'read-message',
    body: (messageId) => ({ messageId }),
    changes: true,
    fields: { messageId: onPhone('status', 'a receipt: it is read', () => 'read') },
  },
  'message/reply-button': {
    about: question,
    action: 'reply-button',
    body: (messageId) => ({ messageId, responseButtonId: 'sim' }),
    fields: {
      messageId: quote('interactiveResponseMessage'),
      responseButtonId: wire('interactiveResponseMessage.nativeFlowResponseMessage.paramsJson.id'),
    },
  },
  'message/reply-template-button': {
    about: question,
    action: 'reply-template-button',
    body: (messageId) => ({ messageId, responseTemplateButtonId: 'sim' }),
    fields: {
      messageId: quote('templateButtonReplyMessage'),
      responseTemplateButtonId: wire('templateButtonReplyMessage.selectedId'),
    },
  },
  'message/reply-message': {
    about: theirText,
    action: 'send-text',
    body: (messageId) => ({ message: 'Resposta', messageId, privateAnswer: false }),
    fields: {
      message: wire('extendedTextMessage.text'),
      messageId: quote('extendedTextMessage'),
      delayMessage: gap,
      privateAnswer: nothing('true sends the answer to the author instead of the group'),
    },
  },
  'message/send-text': {
    about: ownText,
    action: 'send-text',
    body: (editMessageId) => ({ message: 'Depois', editMessageId }),
    changes: true,
    fields: {
      message: onPhone('content.extendedTextMessage.text'),
      editMessageId: onPhone('id', 'the message that says it now'),
      delayMessage: gap,
      delayTyping: typing,
    },
  },
  'message/send-button-actions': {
    action: 'send-button-actions',
    body: () => ({
      message: 'Fale',
      title: 'Loja',
      footer: 'Sempre',
      image,
      buttonActions: [
        { id: 'a', type: 'CALL', label: 'Ligar', phone: '+5511988887777' },
        { id: 'b', type: 'URL', label: 'Abrir', url: 'https://example.com/' },
      ],
    }),
    fields: {
      message: wire('interactiveMessage.body.text'),
      title: wire('interactiveMessage.header.title'),
      footer: wire('interactiveMessage.footer.text'),
      image: file('interactiveMessage.header.imageMessage', 'image/jpeg'),
      'buttonActions[].id': nothing('only a REPLY button answers, and has it as `id`'),
      'buttonActions[].type': as(
        'interactiveMessage.nativeFlowMessage.buttons[].name',
        'CALL: cta_call, URL: cta_url, REPLY: quick_reply',
        (given) => `cta_${String(given).toLowerCase()}`,
      ),
      'buttonActions[].label': inButtons.label,
      'buttonActions[].phone': wire(`${flow}.phone_number`),
      'buttonActions[].url': wire(`${flow}.url`),
      delayMessage: gap,
    },
  },
  'message/send-button-list': {
    action: 'send-button-list',
    body: () => ({ message: 'Gostou?', buttonList: { buttons } }),
    fields: {
      message: wire('interactiveMessage.body.text'),
      'buttonList.buttons[].label': inButtons.label,
      'buttonList.buttons[].id': inButtons.id,
      delayMessage: gap,
    },
  },
  'message/send-button-list-image': {
    action: 'send-button-list-image',
    body: () => ({ message: 'Gostou?', buttonList: { image, buttons } }),
    fields: {
      message: wire('interactiveMessage.body.text'),
      'buttonList.image': file('interactiveMessage.header.imageMessage', 'image/jpeg'),
      'buttonList.buttons[].label': inButtons.label,
      'buttonList.buttons[].id': inButtons.id,
      delayMessage: gap,
    },
  },
  'message/send-button-list-video': {
    action: 'send-button-list-video',
    body: () => ({ message: 'Gostou?', buttonList: { video, buttons } }),
    fields: {
      message: wire('interactiveMessage.body.text'),
      'buttonList.video': file('interactiveMessage.header.videoMessage', 'video/mp4'),
      'buttonList.buttons[].label': inButtons.label,
      'buttonList.buttons[].id': inButtons.id,
      delayMessage: gap,
    },
  },
  'message/send-button-otp': {
    action: 'send-button-otp',
    body: (_about, { journey }) => ({
      message: 'Seu código',
      code: journey.newCode(),
      image,
      buttonText: 'Copie',
    }),
    fields: {
      message: wire('interactiveMessage.body.text'),
      code: wire(`${flow}.copy_code`),
      image: file('interactiveMessage.header.imageMessage', 'image/jpeg'),
      buttonText: inButtons.label,
    },
  },
  'message/send-button-pix': {
    action: 'send-button-pix',
    body: () => ({ pixKey: 'loja@example.com', type: 'EMAIL', merchantName: 'Loja' }),
    fields: {
      pixKey: wire(`${flow}.payment_settings[].pix_static_code.key`),
      type: wire(`${flow}.payment_settings[].pix_static_code.key_type`),
      merchantName: wire(`${flow}.payment_settings[].pix_static_code.merchant_name`),
    },
  },
  'message/send-carousel': {
    action: 'send-carousel',
    body: () => ({
      message: 'Novidades',
      carousel: ['Boné', 'Meia'].map((text) => ({
        text,
        image,
        buttons: [
          { id: 'x', type: 'URL', label: 'Ver', url: 'https://example.com/' },
          { id: 'y', type: 'CALL', label: 'Ligar', phone: '+5511988887777' },
        ],
      })),
    }),
    fields: (() => {
      const card = 'interactiveMessage.carouselMessage.cards[]'
      const button = `${card}.nativeFlowMessage.buttons[]`
      return {
        message: wire('interactiveMessage.body.text'),
        'carousel[].text': wire(`${card}.body.text`),
        'carousel[].image': file(`${card}.header.imageMessage`, 'image/jpeg'),
        'carousel[].buttons[].id': nothing('only a REPLY button answers, and has it as `id`'),
        'carousel[].buttons[].label': wire(`${button}.buttonParamsJson.display_text`),
        'carousel[].buttons[].type': as(
          `${button}.name`,
          'CALL: cta_call, URL: cta_url, REPLY: quick_reply',
          (given) => `cta_${String(given).toLowerCase()}`,
        ),
        'carousel[].buttons[].url': wire(`${button}.buttonParamsJson.url`),
        'carousel[].buttons[].phone': wire(`${button}.buttonParamsJson.phone_number`),
        delayMessage: gap,
      }
    })(),
  },
  'message/send-event': {
    action: 'send-event',
    body: () => ({
      event: { ...event, dateTime: '2027-03-01T10:00:00', timeZone: 'America/Sao_Paulo' },
    }),
    fields: {
      ...inEvent,
      'event.dateTime': as('eventMessage.startTime', 'seconds since 1970', () => 1_803_906_000),
      'event.timeZone': nothing('the zone of a dateTime that has none'),
    },
  },
  'message/send-edit-event': {
    about: (scene) => sent(scene, 'send-event', { event: { ...event, name: 'Antes' } }),
    action: 'send-edit-event',
    body: (eventMessageId) => ({ eventMessageId, event }),
    changes: true,
    fields: {
      eventMessageId: onPhone('id', 'the event that is another one now'),
      ...Object.fromEntries(
        Object.entries(inEvent).map(([name, place]) => [
          name,
          place.in === 'wire'
            ? { ...place, in: 'phone' as const, path: `content.${place.path}` }
            : place,
        ]),
      ),
    },
  },
  'message/send-event-response': {
    about: async (scene) => {
      const post = { event: { name: 'Festa', startsAt: Date.parse(event.dateTime) } }
      return heard(scene, (await scene.person.post(scene.own.phone, post)).id)
    },
    action: 'send-event-response',
    body: (eventMessageId) => ({ eventMessageId, eventResponse: 'GOING' }),
    changes: true,
    fields: {
      eventMessageId: onPhone('id', 'the event that has the answer'),
      eventResponse: onPhone('state.answers[].answer', 'the answer', () => 'going'),
    },
  },
  'message/send-message-audio': {
    about: theirText,
    action: 'send-audio',
    body: (messageId) => ({
      audio: fixture('voice.ogg', 'audio/ogg'),
      viewOnce: true,
      async: true,
      waveform: false,
      messageId,
    }),
    fields: {
      audio: file('audioMessage', 'audio/ogg; codecs=opus'),
      viewOnce: wire('audioMessage.viewOnce'),
      waveform: nothing('true draws `audioMessage.waveform`, where the gateway has ffmpeg'),
      messageId: quote('audioMessage'),
      async: early,
      delayMessage: gap,
      delayTyping: typing,
    },
  },
  'message/send-message-catalog': {
    action: 'send-catalog',
    body: () => ({
      catalogPhone: '5511988887777',
      translation: 'EN',
      message: 'Vejam',
      title: 'Tudo',
      catalogDescription: 'O que há',
    }),
    fields: {
      catalogPhone: within('extendedTextMessage.matchedText'),
      translation: nothing('the language of the texts that are not given'),
      message: within('extendedTextMessage.text'),
      title: wire('extendedTextMessage.title'),
      catalogDescription: wire('extendedTextMessage.description'),
    },
  },
  'message/send-message-contact': {
    about: theirText,
    action: 'send-contact',
    body: (messageId) => ({
      contactName: 'Ana',
      contactPhone: '5511988887777',
      contactBusinessDescription: 'Padaria',
      messageId,
    }),
    fields: {
      contactName: wire('contactMessage.displayName'),
      contactPhone: within('contactMessage.vcard'),
      contactBusinessDescription: within('contactMessage.vcard'),
      messageId: quote('contactMessage'),
      delayMessage: gap,
    },
  },
  'message/send-message-multiple-contacts': {
    about: theirText,
    action: 'send-contacts',
    body: (messageId) => ({
      messageId,
      contacts: [
        { name: 'Ana', phones: ['5511988887777'], businessDescription: 'Padaria' },
        { name: 'Bia', phones: ['5511988886666'], businessDescription: 'Bar' },
      ],
    }),
    fields: {
      'contacts[].name': wire('contactsArrayMessage.contacts[].displayName'),
      'contacts[].phones': within('contactsArrayMessage.contacts[].vcard'),
      'contacts[].businessDescription': within('contactsArrayMessage.contacts[].vcard'),
      messageId: quote('contactsArrayMessage'),
      delayMessage: gap,
    },
  },
  'message/send-message-document': {
    about: theirText,
    action: 'send-document/txt',
    body: (messageId) => ({
      document: 'data:text/plain;base64,T2k=',
      fileName: 'oi.txt',
      caption: 'Leia',
      messageId,
    }),
    fields: {
      document: file('documentMessage', 'text/plain'),
      fileName: wire('documentMessage.fileName'),
      caption: wire('documentMessage.caption'),
      messageId: quote('documentMessage'),
      delayMessage: gap,
      editDocumentMessageId: nothing('the caption of that own message is changed instead'),
    },
  },
  'message/send-message-gif': {
    about: theirText,
    action: 'send-gif',
    body: (messageId) => ({ gif: video, caption: 'Veja', messageId }),
    fields: {
      gif: file('videoMessage', 'video/mp4'),
      caption: wire('videoMessage.caption'),
      messageId: quote('videoMessage'),
      delayMessage: gap,
    },
  },
  'message/send-message-image': {
    about: theirText,
    action: 'send-image',
    body: (messageId) => ({ image, caption: 'Foto', viewOnce: true, messageId }),
    fields: {
      image: file('imageMessage', 'image/jpeg'),
      caption: wire('imageMessage.caption'),
      viewOnce: wire('imageMessage.viewOnce'),
      messageId: quote('imageMessage'),
      delayMessage: gap,
      editImageMessageId: nothing('the caption of that own message is changed instead'),
    },
  },
  'message/send-message-link': {
    about: theirText,
    action: 'send-link',
    body: (messageId) => ({
      message: 'Veja https://example.com/a',
      image,
      linkUrl: 'https://example.com/a',
      title: 'Oferta',
      linkDescription: 'Só hoje',
      linkType: 'LARGE',
      messageId,
    }),
    fields: {
      message: wire('extendedTextMessage.text'),
      image: as('extendedTextMessage.jpegThumbnail', 'the thumbnail', isThere),
      linkUrl: wire('extendedTextMessage.matchedText'),
      title: wire('extendedTextMessage.title'),
      linkDescription: wire('extendedTextMessage.description'),
      linkType: nothing('ignored: WhatsApp has no attribute for it, every preview is small'),
      messageId: quote('extendedTextMessage'),
      delayMessage: gap,
      delayTyping: typing,
    },
  },
  'message/send-message-location': {
    about: theirText,
    action: 'send-location',
    body: (messageId) => ({
      title: 'Loja',
      address: 'Rua A',
      latitude: '-23.25',
      longitude: '-50.5',
      messageId,
    }),
    fields: {
      title: wire('locationMessage.name'),
      address: wire('locationMessage.address'),
      latitude: wire('locationMessage.degreesLatitude'),
      longitude: wire('locationMessage.degreesLongitude'),
      messageId: quote('locationMessage'),
      delayMessage: gap,
    },
  },
  'message/send-message-order': {
    action: 'send-order',
    body: () => ({
      order,
      paymentSettings: {
        pix: { key: 'loja@example.com', keyType: 'email', name: 'Loja' },
        card: { enabled: true },
      },
    }),
    fields: {
      ...inOrder,
      'paymentSettings.pix.key': wire(`${flow}.payment_settings[].pix_static_code.key`),
      'paymentSettings.pix.keyType': as(
        `${flow}.payment_settings[].pix_static_code.key_type`,
        'randomKey: EVP, the others in capitals',
        (given) => String(given).toUpperCase(),
      ),
      'paymentSettings.pix.name': wire(`${flow}.payment_settings[].pix_static_code.merchant_name`),
      'paymentSettings.card.enabled': wire(`${flow}.payment_settings[].cards.enabled`),
    },
  },
  'message/send-message-product': {
    action: 'send-product',
    body: () => ({ catalogPhone: '5511988887777', productId: '719' }),
    fields: {
      catalogPhone: within('extendedTextMessage.matchedText'),
      productId: within('extendedTextMessage.matchedText'),
    },
  },
  'message/send-message-ptv': {
    about: theirText,
    action: 'send-ptv',
    body: (messageId) => ({ ptv: video, messageId }),
    fields: {
      ptv: file('ptvMessage', 'video/mp4'),
      messageId: quote('ptvMessage'),
      delayMessage: gap,
    },
  },
  'message/send-message-reaction': {
    about: ownText,
    action: 'send-reaction',
    body: (messageId) => ({ messageId, reaction: '👍' }),
    changes: true,
    fields: {
      messageId: onPhone('id', 'the message that has the reaction'),
      reaction: onPhone('state.reactions[].text'),
      delayMessage: gap,
    },
  },
  'message/send-remove-reaction': {
    about: async (scene) => {
      const id = await ownText(scene)
      const { person, journey, instance } = scene
      const reaction = { phone: person.phone, messageId: id, reaction: '👍' }
      await journey.client.onInstance(instance, 'POST', 'send-reaction', reaction)
      await person.untilMessage((each) => each.id === id && each.state.reactions.length === 1)
      return id
    },
    action: 'send-remove-reaction',
    body: (messageId) => ({ messageId }),
    changes: true,
    fields: {
      messageId: onPhone('state.reactions.length', 'that message has none', () => 0),
      delayMessage: gap,
    },
  },
  'message/send-message-sticker': {
    about: theirText,
    action: 'send-sticker',
    body: (messageId) => ({ sticker: image, stickerAuthor: 'Padaria', messageId }),
    fields: {
      sticker: file('stickerMessage', 'image/webp'),
      stickerAuthor: nothing('inside the file, where phones look for it'),
      messageId: quote('stickerMessage'),
      delayMessage: gap,
    },
  },
  'message/send-message-video': {
    about: theirText,
    action: 'send-video',
    body: (messageId) => ({ video, caption: 'Veja', viewOnce: true, async: true, messageId }),
    fields: {
      video: file('videoMessage', 'video/mp4'),
      caption: wire('videoMessage.caption'),
      viewOnce: wire('videoMessage.viewOnce'),
      async: early,
      messageId: quote('videoMessage'),
      delayMessage: gap,
      editVideoMessageId: nothing('the caption of that own message is changed instead'),
    },
  },
  'message/send-newsletter-admin-invite': {
    action: 'send-newsletter-admin-invite',
    body: (_about, { journey, own }) => {
      const { network } = journey.simulator
      const owner = network.byPhone(own.phone)
      if (owner === undefined) throw new Error('the own number has no phone')
      const { id: newsletterId } = network.addNewsletter({ name: 'Avisos', owner })
      return { adminInviteMessage: { newsletterId, caption: 'Quer ser admin?' } }
    },
    fields: {
      'adminInviteMessage.newsletterId': wire('newsletterAdminInviteMessage.newsletterJid'),
      'adminInviteMessage.caption': wire('newsletterAdminInviteMessage.caption'),
    },
  },
  'message/send-option-list': {
    action: 'send-option-list',
    body: () => ({
      message: 'Como ajudar?',
      optionList: {
        title: 'Menu',
        buttonLabel: 'Ver',
        options: [{ id: 'v', title: 'Vendas', description: 'Comprar' }],
      },
    }),
    fields: {
      message: wire('listMessage.description'),
      'optionList.title': wire('listMessage.title'),
      'optionList.buttonLabel': wire('listMessage.buttonText'),
      'optionList.options[].id': wire('listMessage.sections[].rows[].rowId'),
      'optionList.options[].title': wire('listMessage.sections[].rows[].title'),
      'optionList.options[].description': wire('listMessage.sections[].rows[].description'),
      delayMessage: gap,
    },
  },
  'message/send-order-payment-update': orderUpdate('order-payment-update'),
  'message/send-order-status-update': orderUpdate('order-status-update'),
  'message/send-pin-message': {
    about: ownText,
    action: 'pin-message',
    body: (messageId) => ({ messageId, messageAction: 'pin', pinMessageDuration: '24_hours' }),
    changes: true,
    fields: {
      messageId: onPhone('id', 'the message that is pinned'),
      messageAction: onPhone('state.pinnedUntil', 'pin or unpin', isThere),
      pinMessageDuration: onPhone('state.pinnedUntil', 'in a day, a week or thirty days', isThere),
    },
  },
  'message/send-poll': {
    action: 'send-poll',
    body: () => ({
      message: 'Quando?',
      poll: [{ name: 'Hoje' }, { name: 'Já' }],
      pollMaxOptions: 2,
    }),
    fields: {
      message: wire('pollCreationMessage.name'),
      'poll[].name': wire('pollCreationMessage.options[].optionName'),
      pollMaxOptions: wire('pollCreationMessage.selectableOptionsCount'),
      delayMessage: gap,
    },
  },
  'message/send-poll-vote': {
    about: async (scene) => {
      const poll = { question: 'Almoço?', options: ['Peixe', 'Massa'] }
      return heard(scene, (await scene.person.post(scene.own.phone, { poll })).id)
    },
    action: 'send-poll-vote',
    body: (pollMessageId) => ({ pollMessageId, pollVote: [{ name: 'Peixe' }] }),
    changes: true,
    fields: {
      pollMessageId: onPhone('id', 'the poll that has the vote'),
      'pollVote[].name': onPhone('state.votes[].options[]', 'sealed on the wire'),
    },
  },
}
