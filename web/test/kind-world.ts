/** A message of every kind, sent by a real client to Maria's phone. */

import { randomBytes } from 'node:crypto'
import {
  type AnyMessageContent,
  type BinaryNode,
  prepareWAMessageMedia,
  proto,
  type WAMessage,
} from 'baileys'
import type { PhoneWorld } from './phone-world.js'

/** One second of a tone: what every browser plays. */
export function toneWav(): Buffer {
  const rate = 8000
  const samples = Buffer.alloc(rate)
  for (let at = 0; at < rate; at += 1) samples[at] = 128 + Math.round(60 * Math.sin(at / 3))
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + rate, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36)
  head.writeUInt32LE(rate, 40)
  return Buffer.concat([head, samples])
}

/** Sends it by Baileys' own words and waits until it is on the phone. */
export async function sendContent(
  { client, maria }: PhoneWorld,
  content: AnyMessageContent,
  quoted?: WAMessage,
): Promise<WAMessage> {
  const options = quoted === undefined ? {} : { quoted }
  const sent = await client.socket.sendMessage(`${maria.lid}@lid`, content, options)
  if (!sent) throw new Error('nothing was sent')
  await maria.untilMessage(({ id }) => id === sent.key.id, 30_000)
  return sent
}

const flow: BinaryNode = {
  tag: 'interactive',
  attrs: { type: 'native_flow', v: '1' },
  content: [{ tag: 'native_flow', attrs: { v: '9', name: 'mixed' } }],
}
const list: BinaryNode = { tag: 'list', attrs: { type: 'product_list', v: '2' } }
const bizOf = {
  mixed: { tag: 'biz', attrs: {}, content: [flow] },
  list: { tag: 'biz', attrs: {}, content: [list] },
  order: { tag: 'biz', attrs: { native_flow_name: 'order_details' } },
  pix: { tag: 'biz', attrs: { native_flow_name: 'payment_info' } },
} as const satisfies Record<string, BinaryNode>

/** Sends a message as it is, with the `<biz>` of its kind. Returns its id. */
export async function sendProto(
  { client, maria }: PhoneWorld,
  message: proto.IMessage,
  biz?: keyof typeof bizOf,
): Promise<string> {
  const messageId = `3EB0${randomBytes(9).toString('hex').toUpperCase()}`
  const additionalNodes = biz === undefined ? [] : [bizOf[biz]]
  await client.socket.relayMessage(`${maria.lid}@lid`, message, { messageId, additionalNodes })
  await maria.untilMessage(({ id }) => id === messageId, 30_000)
  return messageId
}

function button(name: string, params: object) {
  return { name, buttonParamsJson: JSON.stringify(params) }
}

function native(
  text: string,
  buttons: proto.Message.InteractiveMessage.NativeFlowMessage.INativeFlowButton[],
): proto.IMessage {
  return {
    interactiveMessage: {
      ...(text === '' ? {} : { body: { text } }),
      nativeFlowMessage: { buttons, messageParamsJson: '{}', messageVersion: 1 },
    },
  }
}

export const replyButtons = native('Como foi o atendimento?', [
  button('quick_reply', { display_text: 'Ótimo', id: 'bom' }),
  button('quick_reply', { display_text: 'Ruim', id: 'ruim' }),
])

export const actionButtons = native('Fale com a gente', [
  button('cta_url', { display_text: 'Abrir site', url: 'https://loja.exemplo.com.br' }),
  button('cta_call', { display_text: 'Ligar', phone_number: '+5511988880001' }),
])

export const optionList: proto.IMessage = {
  listMessage: {
    title: 'Cardápio',
    description: 'O que vai ser hoje?',
    buttonText: 'Ver opções',
    listType: proto.Message.ListMessage.ListType.SINGLE_SELECT,
    sections: [
      {
        title: 'Doces',
        rows: [
          { rowId: 'bolo', title: 'Bolo de fubá', description: 'com goiabada' },
          { rowId: 'torta', title: 'Torta de limão' },
        ],
      },
      { title: 'Salgados', rows: [{ rowId: 'coxinha', title: 'Coxinha' }] },
    ],
  },
}

const settings = [
  {
    type: 'pix_static_code',
    pix_static_code: { merchant_name: 'Loja Exemplo', key: 'pix@loja.exemplo', key_type: 'EMAIL' },
  },
]
const amount = (value: number) => ({ value: value * 1000, offset: 1000 })

export const pixKey = native('', [
  button('payment_info', { reference_id: '4OZ2', currency: 'BRL', payment_settings: settings }),
])

export const order = native('Obrigada pela compra', [
  button('review_and_pay', {
    reference_id: 'PED-1024',
    currency: 'BRL',
    total_amount: amount(72),
    payment_settings: settings,
    order: {
      status: 'pending',
      items: [
        { name: 'Caneca', amount: amount(30), quantity: 2 },
        { name: 'Frete', amount: amount(12), quantity: 1 },
      ],
    },
  }),
])

export async function uploadedImage(
  { client }: PhoneWorld,
  image: Buffer,
): Promise<proto.Message.IImageMessage> {
  const upload = client.socket.waUploadToServer
  const media = await prepareWAMessageMedia({ image, jpegThumbnail: '' }, { upload })
  if (!media.imageMessage) throw new Error('the upload gave no image')
  return media.imageMessage
}

export function carouselOf(imageMessage: proto.Message.IImageMessage): proto.IMessage {
  const cards = ['Caneca', 'Camiseta', 'Boné'].map((name, index) => ({
    header: { hasMediaAttachment: true, imageMessage },
    body: { text: `*${name}* por R$ ${index + 2}9,90` },
    nativeFlowMessage: {
      buttons: [button('quick_reply', { display_text: 'Quero', id: `card-${index}` })],
      messageVersion: 1,
      messageParamsJson: '{}',
    },
  }))
  return {
    interactiveMessage: {
      body: { text: 'Ofertas da semana' },
      carouselMessage: { cards, messageVersion: 1 },
    },
  }
}

export const longText = `Regulamento. ${'Cada participante pode concorrer uma vez por dia. '.repeat(30)}Fim.`
