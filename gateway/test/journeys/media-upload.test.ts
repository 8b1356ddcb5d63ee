/**
 * A media server that takes no image now: its certificate is of a private authority, as behind a
 * proxy that reads TLS, or its disk is full. The cause stands in the log.
 */

import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, shown } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
let person: Phone
let messageId: string

/** The causes in the log of sends that did not leave. */
function causes(): readonly unknown[] {
  return journey.gateway.output
    .filter((line) => line.includes('"send-failed"'))
    .map((line) => JSON.parse(line).cause)
}

/** Each colour is another file: what was uploaded before is not uploaded again. */
async function sendImage(background: string): Promise<string> {
  const png = await sharp({ create: { width: 64, height: 32, channels: 3, background } })
    .png()
    .toBuffer()
  const sent = await journey.sendOtp(instance, {
    phone: person.phone,
    message: 'Com imagem',
    code: journey.newCode(),
    image: png.toString('base64'),
  })
  return sent.messageId
}

beforeAll(async () => {
  journey = await Journey.start({ settings: { NODE_EXTRA_CA_CERTS: '' } })
  ;({ instance } = await journey.pairedInstance())
  person = await journey.newPhone()
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

describe('an image for a media server with a private authority', () => {
  test('waits, and the log names the certificate, while the gateway does not know the authority', async () => {
    messageId = await sendImage('teal')
    await expect
      .poll(causes)
      .toContainEqual(
        expect.objectContaining({ name: 'UploadError', code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }),
      )
  })

  test('arrives once NODE_EXTRA_CA_CERTS names the authority', async () => {
    await journey.gateway[Symbol.asyncDispose]()
    await journey.restartGateway({})
    const message = await shown(person, messageId)
    expect(message.image).toMatchObject({ fetched: true, mimetype: 'image/jpeg' })
    expect(message.buttons).toHaveLength(1)
  })
})

test('an image for a media server with a full disk waits, the log says so, and it arrives later', async () => {
  await journey.setFaults({ media: { upload: 'refuse' } })
  const refused = await sendImage('navy')
  await expect
    .poll(causes)
    .toContainEqual(expect.objectContaining({ name: 'UploadError', code: 'HTTP_507' }))
  await journey.setFaults({ media: {} })
  expect((await shown(person, refused)).image).toMatchObject({ fetched: true })
})
