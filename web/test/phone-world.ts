/** A shop whose number a real client is linked to, and a customer who looks at her phone. */

import { randomBytes } from 'node:crypto'
import { Agent } from 'node:https'
import { type BinaryNode, prepareWAMessageMedia, type proto } from 'baileys'
import type { Phone } from '../../simulator/src/phone.js'
import type { Client } from '../../simulator/test/support/client.js'
import type { Lab } from '../../simulator/test/support/lab.js'

export const SHOP = '5511988880001'
export const MARIA = '5511999990002'

const biz: BinaryNode = {
  tag: 'biz',
  attrs: {},
  content: [
    {
      tag: 'interactive',
      attrs: { type: 'native_flow', v: '1' },
      content: [{ tag: 'native_flow', attrs: { v: '9', name: 'mixed' } }],
    },
  ],
}

/** As much of a lab as a world needs. */
export type Stage = Pick<Lab, 'simulator' | 'phone' | 'linked'>

export interface PhoneWorld {
  readonly stage: Stage
  readonly shop: Phone
  readonly maria: Phone
  readonly client: Client
}

export async function phoneWorld(stage: Stage): Promise<PhoneWorld> {
  const shop = await stage.phone(SHOP, { name: 'Loja Exemplo', business: true })
  const maria = await stage.phone(MARIA, { name: 'Maria Souza' })
  const fetchAgent = new Agent({ ca: stage.simulator.caCertificate })
  const client = await stage.linked(shop, { fetchAgent })
  return { stage, shop, maria, client }
}

export interface CodeMessage {
  readonly text: string
  readonly code: string
  readonly image?: Buffer
  /** Left out of the message, so that Web does not load it. */
  readonly withoutVersion?: boolean
  /** How many `<biz>` go with it; one is right. */
  readonly bizNodes?: number
}

/** Sends a message with a copy button and waits until it is on Maria's phone. Returns its id. */
export async function sendCode(
  { client, maria }: PhoneWorld,
  message: CodeMessage,
): Promise<string> {
  const { text, code, image, withoutVersion = false, bizNodes = 1 } = message
  const header = image === undefined ? {} : { header: await imageHeader(client, image) }
  const content: proto.IMessage = {
    interactiveMessage: {
      ...header,
      body: { text },
      nativeFlowMessage: {
        buttons: [
          {
            name: 'cta_copy',
            buttonParamsJson: JSON.stringify({ display_text: 'Copiar código', copy_code: code }),
          },
        ],
        messageParamsJson: '{}',
        ...(withoutVersion ? {} : { messageVersion: 1 }),
      },
    },
  }
  const messageId = `3EB0${randomBytes(9).toString('hex').toUpperCase()}`
  const additionalNodes = Array.from({ length: bizNodes }, () => biz)
  await client.socket.relayMessage(`${maria.lid}@lid`, content, { messageId, additionalNodes })
  await maria.untilMessage(({ id }) => id === messageId)
  return messageId
}

async function imageHeader(
  client: Client,
  image: Buffer,
): Promise<proto.Message.InteractiveMessage.IHeader> {
  const media = await prepareWAMessageMedia(
    { image, jpegThumbnail: '' },
    { upload: client.socket.waUploadToServer },
  )
  const { imageMessage } = media
  if (!imageMessage) throw new Error('the upload gave no image')
  return { hasMediaAttachment: true, imageMessage }
}

/** Sends plain text to Maria and waits until it is on her phone. */
export async function sendText({ client, maria }: PhoneWorld, text: string): Promise<string> {
  const messageId = `3EB0${randomBytes(9).toString('hex').toUpperCase()}`
  await client.socket.relayMessage(`${maria.lid}@lid`, { conversation: text }, { messageId })
  await maria.untilMessage(({ id }) => id === messageId)
  return messageId
}
