/** What comes back: texts, and copy-code messages that others send to us. */

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

describe('an incoming message', () => {
  test('that is a text arrives as ReceivedCallback', async () => {
    const { instance, phone } = await journey.pairedInstance()
    const person = await journey.newPhone()
    const sent = await person.send(phone.phone, 'Recebi, obrigada')
    const { body } = await received(sent.id)
    expect(body).toMatchObject({
      instanceId: instance.id,
      phone: person.phone,
      connectedPhone: phone.phone,
      fromMe: false,
      isGroup: false,
      participantLid: null,
      text: { message: 'Recebi, obrigada' },
    })
    expect(body['chatLid']).toMatch(/@lid$/)
    expect(body).not.toHaveProperty('notification')
    expect(body).not.toHaveProperty('hydratedTemplate')
  })

  test('with a copy-code button arrives as hydratedTemplate with the OTP URL', async () => {
    const sender = await journey.pairedInstance()
    const receiver = await journey.pairedInstance()
    const { messageId } = await journey.sendOtp(sender.instance, {
      phone: receiver.phone.phone,
      message: 'Seu código',
      code: '771-233',
    })
    const { body } = await received(messageId)
    expect(body['hydratedTemplate']).toMatchObject({
      message: 'Seu código',
      hydratedButtons: [
        {
          index: 0,
          urlButton: {
            displayText: 'Copiar código',
            url: 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp771-233',
          },
        },
      ],
    })
    expect(body).not.toHaveProperty('text')
  })

  test('of our own is told to whoever asked for it, and its code is not', async () => {
    const { instance, phone } = await journey.pairedInstance()
    const person = await journey.newPhone()
    await journey.client.onInstance(instance, 'PUT', 'update-notify-sent-by-me', {
      notifySentByMe: true,
    })
    const code = journey.newCode()
    const { messageId } = await journey.sendOtp(instance, {
      phone: person.phone,
      message: `Seu código é ${code}`,
      code,
    })
    const { body } = await received(messageId)
    expect(body).toMatchObject({
      fromMe: true,
      fromApi: true,
      phone: person.phone,
      connectedPhone: phone.phone,
      status: 'SENT',
      hydratedTemplate: { message: `Seu código é ••••${code.slice(-2)}` },
    })
    expect(JSON.stringify(body)).not.toContain(code)
  })

  test('in a group names the group and who wrote', async () => {
    const { phone } = await journey.pairedInstance()
    const person = await journey.newPhone()
    const group = journey.simulator.addGroup({
      subject: 'Família',
      members: [phone.phone, person.phone],
    })
    const sent = await person.send(group.id, 'Oi, grupo')
    expect((await received(sent.id)).body).toMatchObject({
      phone: `${group.id.replace('@g.us', '')}-group`,
      isGroup: true,
      chatLid: null,
      participantPhone: person.phone,
      text: { message: 'Oi, grupo' },
    })
  })

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

  test('about an earlier one names it: reactions, corrections, deletions', async () => {
    const { phone } = await journey.pairedInstance()
    const person = await journey.newPhone()
    const first = await person.send(phone.phone, 'Chego as 8')
    await received(first.id)
    const key = { remoteJid: `${phone.lid}@lid`, fromMe: true, id: first.id }

    const reaction = await received(await person.share(phone.phone, { react: { text: '👍', key } }))
    expect(reaction.body['reaction']).toMatchObject({
      value: '👍',
      reactionBy: person.phone,
      referencedMessage: { messageId: first.id, fromMe: false, phone: person.phone },
    })
    const nextAbout = (match: (body: Record<string, unknown>) => boolean) =>
      journey.callbacks.next(({ body }) => body['messageId'] === first.id && match(body))

    const editId = await person.share(phone.phone, { text: 'Chego às 8', edit: key })
    const edited = await nextAbout(({ isEdit }) => isEdit === true)
    expect(edited.body).toMatchObject({ editMessageId: editId, text: { message: 'Chego às 8' } })

    await person.share(phone.phone, { delete: key })
    const deleted = await nextAbout(({ notification }) => notification === 'REVOKE')
    expect(deleted.body).toMatchObject({ notificationParameters: [], callId: null, code: null })
    expect(deleted.body).not.toHaveProperty('text')
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

  test('that arrived while the gateway was down is told about after its start', async () => {
    const own = await Journey.start()
    const { phone } = await own.pairedInstance()
    const person = await own.newPhone()
    own.gateway.kill('SIGTERM')
    await own.gateway.ended
    const sent = await person.send(phone.phone, 'Alguém aí?')
    await own.restartGateway()
    const callback = await own.callbacks.next(({ body }) => body['messageId'] === sent.id)
    expect(callback.body).toMatchObject({ text: { message: 'Alguém aí?' } })
    await own[Symbol.asyncDispose]()
  })
})
