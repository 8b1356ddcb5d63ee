/** What comes back: messages of every other kind, and their files. */

import { randomBytes } from 'node:crypto'
import type { AnyMessageContent } from 'baileys'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Journey } from '../support/journey.js'

let journey: Journey

beforeAll(async () => {
  journey = await Journey.start()
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

function received(messageId: string) {
  return journey.callbacks.next(
    ({ body }) => body['type'] === 'ReceivedCallback' && body['messageId'] === messageId,
  )
}

function urlIn(body: Record<string, unknown>, kind: string, name: string): string {
  const content = body[kind]
  const url: unknown = typeof content === 'object' && content !== null && Reflect.get(content, name)
  if (typeof url !== 'string') throw new Error(`${kind} has no ${name}`)
  return url
}

async function fetchFile(body: Record<string, unknown>, kind: string, name: string) {
  const url = urlIn(body, kind, name)
  expect(url).toMatch(new RegExp(`^${journey.gateway.url}/media/[\\w-]{32}$`, 'u'))
  const response = await fetch(url)
  expect(response.status).toBe(200)
  const bytes = Buffer.from(await response.arrayBuffer())
  return { bytes, headers: Object.fromEntries(response.headers) }
}

describe('an incoming message of another kind', () => {
  test('of every other kind is told by its own key, and its file comes byte by byte', async () => {
    const { phone } = await journey.pairedInstance()
    const person = await journey.newPhone()
    const share = async (what: AnyMessageContent) => {
      const { body } = await received(await person.share(phone.phone, what))
      expect(body).toMatchObject({ phone: person.phone, fromMe: false, isEdit: false })
      return body
    }
    const image = await sharp({
      create: { width: 60, height: 40, channels: 3, background: 'teal' },
    })
      .png()
      .toBuffer()
    const shown = await share({
      image,
      caption: 'Olha',
      mimetype: 'image/png',
      width: 60,
      height: 40,
    })
    expect(shown['image']).toMatchObject({ caption: 'Olha', width: 60, height: 40 })
    const fetched = await fetchFile(shown, 'image', 'imageUrl')
    expect(fetched.bytes.equals(image)).toBe(true)
    expect(fetched.headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
    })

    const recording = randomBytes(100_003)
    const heard = await share({
      audio: recording,
      ptt: true,
      seconds: 7,
    })
    expect(heard['audio']).toMatchObject({ ptt: true, seconds: 7 })
    expect((await fetchFile(heard, 'audio', 'audioUrl')).bytes.equals(recording)).toBe(true)

    const paper = randomBytes(4_096)
    const given = await share({
      document: paper,
      mimetype: 'application/pdf',
      fileName: 'comprovação "1".pdf',
    })
    expect(given['document']).toMatchObject({ fileName: 'comprovação "1".pdf' })
    const document = await fetchFile(given, 'document', 'documentUrl')
    expect(document.bytes.equals(paper)).toBe(true)
    expect(document.headers['content-disposition']).toBe(
      `attachment; filename="comprova__o _1_.pdf"; filename*=UTF-8''comprova%C3%A7%C3%A3o%20%221%22.pdf`,
    )

    const sticker = await share({ sticker: randomBytes(999) })
    expect(sticker['sticker']).toMatchObject({ mimeType: 'image/webp' })

    const place = { degreesLatitude: -23.5, degreesLongitude: -46.6, name: 'Praça', address: 'Sé' }
    const found = await share({ location: place })
    expect(found['location']).toMatchObject({ latitude: -23.5, longitude: -46.6, address: 'Sé' })

    const vcard =
      'BEGIN:VCARD\nVERSION:3.0\nFN:Ana\nTEL;waid=5511987654321:+55 11 98765-4321\nEND:VCARD'
    const contact = await share({ contacts: { contacts: [{ displayName: 'Ana', vcard }] } })
    expect(contact['contact']).toMatchObject({ displayName: 'Ana', phones: ['5511987654321'] })
  })

  test('that is a cart has the lines that WhatsApp tells, and comes without them if it does not', async () => {
    const { phone } = await journey.pairedInstance()
    const person = await journey.newPhone()
    const lines = [{ id: '5338', name: 'Pão', price: 2000, currency: 'BRL', quantity: 3 }]
    journey.simulator.addOrder({ id: '4225', token: 'AR5d4==', lines })
    const cart = async (token: string) => {
      const orderMessage = { orderId: '4225', token, itemCount: 3, totalAmount1000: 6000 }
      const { body } = await received(await person.forge(phone.phone, { orderMessage }))
      expect(body['order']).toMatchObject({ orderId: '4225', itemCount: 3, total: 6000 })
      return body['order']
    }
    expect(await cart('AR5d4==')).toMatchObject({
      products: [
        {
          productId: '5338',
          name: 'Pão',
          price: 2000,
          currencyCode: 'BRL',
          quantity: 3,
          retailerId: '',
        },
      ],
    })
    expect(await cart('another')).not.toHaveProperty('products')
  })

  test('whose file WhatsApp no longer has, or that never was, says which', async () => {
    const { phone } = await journey.pairedInstance()
    const person = await journey.newPhone()
    const id = await person.share(phone.phone, { document: randomBytes(9), mimetype: 'text/html' })
    const { body } = await received(id)
    const url = urlIn(body, 'document', 'documentUrl')
    await journey.setFaults({ media: { download: 'missing' } })
    const gone = await fetch(url)
    expect([gone.status, await gone.json()]).toEqual([
      410,
      { error: expect.stringContaining('neither has the phone of the number') },
    ])
    await journey.setFaults({ media: {} })
    expect((await fetch(url)).status).toBe(200)
    expect((await fetch(`${url.slice(0, -3)}AAA`)).status).toBe(404)
  })
})
