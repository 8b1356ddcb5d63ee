/** One OTP on its whole way, to everyone who can be written to. */

import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, shown } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance } = await journey.pairedInstance())
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

const showsEverywhere = { android: true, ios: true, web: true }

describe('a copy-code message', () => {
  test('shows its button on the phone and is told about from sent to read', async () => {
    const person = await journey.newPhone()
    const code = journey.newCode()
    const { zaapId, messageId, id } = await journey.sendOtp(instance, {
      phone: person.phone,
      message: 'Seu código',
      code,
    })
    expect(zaapId).toMatch(/^[0-9A-F]{32}$/)
    expect(id).toBe(messageId)

    const message = await shown(person, messageId)
    expect(message).toMatchObject({ text: 'Seu código', fromMe: false })
    expect(message.buttons).toEqual([{ kind: 'copy', text: 'Copiar código', code }])
    expect(message.shows).toMatchObject(showsEverywhere)

    const delivery = await journey.delivery(zaapId)
    expect(delivery.body).toMatchObject({ messageId, phone: person.phone, instanceId: instance.id })
    expect(delivery.body).not.toHaveProperty('error')
    expect(delivery.headers['z-api-token']).toBe(instance.token)

    const sent = await journey.status(messageId, 'SENT')
    const received = await journey.status(messageId, 'RECEIVED')
    await person.read(messageId)
    const read = await journey.status(messageId, 'READ')
    const moments = [delivery, sent, received, read].map(({ body }) => Number(body['momment']))
    expect(moments).toEqual(moments.toSorted((one, other) => one - other))
    expect(Date.now() - (moments[0] ?? 0)).toBeLessThan(60_000)
  })

  test('is made and checked here: right once, and wrong ever after', async () => {
    const person = await journey.newPhone()
    const call = (action: string, body: object) =>
      journey.client.onInstance(instance, 'POST', action, { phone: person.phone, ...body })
    const wish = { message: 'Seu código: {code}', charset: 'alphanumeric', length: 12 }
    const started = (await call('otp/start', wish)) as { messageId: string; zaapId: string }
    const { text, buttons } = await shown(person, started.messageId)
    const code = buttons[0]?.code ?? ''
    journey.keepsHidden(code)
    expect(code).toMatch(/^[2-9A-Z]{12}$/u)
    expect(text).toBe(`Seu código: ${code}`)
    expect(JSON.stringify(started)).not.toContain(code)
    expect(await call('otp/check', { code: 'wrong' })).toEqual({ valid: false })
    expect(await call('otp/check', { code: code.toLowerCase() })).toEqual({ valid: true })
    expect(await call('otp/check', { code })).toEqual({ valid: false })
    expect((await journey.delivery(started.zaapId)).body).not.toHaveProperty('error')
  })

  test('carries the label and the characters that its caller gave it', async () => {
    const person = await journey.newPhone()
    const code = `${journey.newCode()} "áé\n'\\`
    const { messageId } = await journey.sendOtp(instance, {
      phone: person.phone,
      message: 'PIX copia e cola',
      code,
      buttonText: 'Copiar PIX 🔑',
    })
    const message = await shown(person, messageId)
    expect(message.buttons).toEqual([{ kind: 'copy', text: 'Copiar PIX 🔑', code }])
  })

  test('carries a code of 2,048 characters whole', async () => {
    const person = await journey.newPhone()
    const code = `00020126${'9'.repeat(2_040)}`
    const { messageId } = await journey.sendOtp(instance, {
      phone: person.phone,
      message: 'PIX copia e cola',
      code,
    })
    expect((await shown(person, messageId)).buttons[0]?.code).toBe(code)
  })

  test('shows its button in the minimal shape too, where the operator chose that', async () => {
    await using own = await Journey.start({ settings: { RECADO_BUTTON_SHAPE: 'minimal' } })
    const { instance: ownInstance } = await own.pairedInstance()
    const person = await own.newPhone()
    const biz = new Promise<string[]>((resolve) => {
      own.simulator.network.once('stanza', ({ stanza }) => {
        const nodes = Array.isArray(stanza.content) ? stanza.content : []
        const found = nodes.find(({ tag }) => tag === 'biz')?.content
        resolve(Array.isArray(found) ? found.map(({ tag }) => tag) : [])
      })
    })
    const { messageId } = await own.sendOtp(ownInstance, {
      phone: person.phone,
      message: 'Seu código',
      code: own.newCode(),
    })
    expect((await shown(person, messageId)).shows).toMatchObject(showsEverywhere)
    expect(await biz).toEqual(['interactive'])
  })

  test('takes a number for a code', async () => {
    const person = await journey.newPhone()
    const { messageId } = await journey.sendOtp(instance, {
      phone: person.phone,
      message: 'Código',
      code: 90210,
      image: null,
      buttonText: '',
    })
    expect((await shown(person, messageId)).buttons[0]?.code).toBe('90210')
  })

  test('shows the image that a URL leads to', async () => {
    const person = await journey.newPhone()
    const png = await sharp({ create: { width: 64, height: 32, channels: 3, background: 'teal' } })
      .png()
      .toBuffer()
    const host = createServer((_request, response) => response.end(png)).listen(0, '127.0.0.1')
    await once(host, 'listening')
    const { messageId } = await journey.sendOtp(instance, {
      phone: person.phone,
      message: 'Com imagem',
      code: journey.newCode(),
      image: `http://127.0.0.1:${(host.address() as AddressInfo).port}/logo.png`,
    })
    const message = await shown(person, messageId)
    host.close()
    expect(message.image).toMatchObject({ fetched: true, mimetype: 'image/jpeg' })
    expect(message.shows).toMatchObject(showsEverywhere)
    expect(message.buttons).toHaveLength(1)
  })

  test.each(['data:image/png;base64,', ''])(
    'shows an image given as base64 behind "%s"',
    async (prefix) => {
      const person = await journey.newPhone()
      const png = await sharp({
        create: { width: 300, height: 300, channels: 3, background: 'plum' },
      })
        .png()
        .toBuffer()
      const { messageId } = await journey.sendOtp(instance, {
        phone: person.phone,
        message: 'Com imagem',
        code: journey.newCode(),
        image: prefix + png.toString('base64'),
      })
      expect((await shown(person, messageId)).image).toMatchObject({ fetched: true })
    },
  )

  test('ends in an error callback, and never without its image, when the image fails', async () => {
    const person = await journey.newPhone()
    const notAnImage = Buffer.from('<html>not found</html>'.repeat(20)).toString('base64')
    const { zaapId } = await journey.sendOtp(instance, {
      phone: person.phone,
      message: 'Sem imagem',
      code: journey.newCode(),
      image: notAnImage,
    })
    expect((await journey.delivery(zaapId)).body['error']).toEqual(expect.stringContaining('image'))

    const after = await journey.sendOtp(instance, {
      phone: person.phone,
      message: 'Depois',
      code: 1,
    })
    await shown(person, after.messageId)
    expect(person.messages.map((message) => message.text)).toEqual(['Depois'])
  })

  test('reaches every member of a group', async () => {
    const { instance: own, phone: sender } = await journey.pairedInstance()
    const members = await Promise.all([journey.newPhone(), journey.newPhone()])
    const group = journey.simulator.addGroup({
      subject: 'Equipe',
      members: [sender.phone, ...members.map((member) => member.phone)],
    })
    const code = journey.newCode()
    const { messageId, zaapId } = await journey.sendOtp(own, {
      phone: `${group.id.replace('@g.us', '')}-group`,
      message: 'Para todos',
      code,
    })
    for (const member of members) {
      const message = await shown(member, messageId)
      expect(message.buttons).toEqual([{ kind: 'copy', text: 'Copiar código', code }])
      expect(message.shows).toMatchObject(showsEverywhere)
    }
    expect((await journey.delivery(zaapId)).body).not.toHaveProperty('error')
    const status = await journey.status(messageId, 'RECEIVED')
    expect(status.body).toMatchObject({
      isGroup: true,
      phone: `${group.id.replace('@g.us', '')}-group`,
    })
    expect(status.body).toHaveProperty('participant')
  })

  test('reaches a person by LID', async () => {
    const person = await journey.newPhone()
    const { messageId } = await journey.sendOtp(instance, {
      phone: `${person.lid.replace(/[:@].*/, '')}@lid`,
      message: 'Por LID',
      code: journey.newCode(),
    })
    expect((await shown(person, messageId)).shows).toMatchObject(showsEverywhere)
  })

  test('reaches a Brazilian number that WhatsApp knows without its ninth digit', async () => {
    const person = await journey.newPhone({ phone: '553188887777' })
    const { messageId, zaapId } = await journey.sendOtp(instance, {
      phone: '5531988887777',
      message: 'Sem o nono dígito',
      code: journey.newCode(),
    })
    await shown(person, messageId)
    expect((await journey.delivery(zaapId)).body).toMatchObject({ phone: '5531988887777' })
  })

  test('ends in an error callback when the number is not on WhatsApp', async () => {
    const { zaapId } = await journey.sendOtp(instance, {
      phone: '5511900000000',
      message: 'Ninguém',
      code: journey.newCode(),
    })
    expect((await journey.delivery(zaapId)).body['error']).toEqual(expect.any(String))
  })

  test('waits at WhatsApp for a phone that is offline', async () => {
    const person = await journey.newPhone()
    person.goOffline()
    const { messageId } = await journey.sendOtp(instance, {
      phone: person.phone,
      message: 'Para depois',
      code: journey.newCode(),
    })
    await journey.status(messageId, 'SENT')
    expect(person.messages).toHaveLength(0)
    await person.comeOnline()
    await shown(person, messageId)
    await journey.status(messageId, 'RECEIVED')
  })

  test('goes out in the order of the calls', async () => {
    const person = await journey.newPhone()
    const answers = []
    for (let n = 1; n <= 5; n += 1) {
      answers.push(
        await journey.sendOtp(instance, { phone: person.phone, message: `Nº ${n}`, code: n }),
      )
    }
    for (const { messageId } of answers) await shown(person, messageId)
    expect(person.messages.map(({ text }) => text)).toEqual([
      'Nº 1',
      'Nº 2',
      'Nº 3',
      'Nº 4',
      'Nº 5',
    ])
  })
})
