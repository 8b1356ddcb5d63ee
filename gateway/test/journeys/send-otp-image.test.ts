/** An OTP with an image, on its whole way. */

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

describe('a copy-code message with an image', () => {
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
})
