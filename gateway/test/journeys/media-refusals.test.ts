/** What becomes of an image that WhatsApp's media server refuses, by the status of its answer. */

import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, type SendAnswer, shown } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
let person: Phone
let png: string

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance } = await journey.pairedInstance())
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

beforeEach(async () => {
  person = await journey.newPhone()
  // Another one each time: what was uploaded before is not uploaded again.
  const raw = { width: 32, height: 32, channels: 3 } as const
  png = (
    await sharp(randomBytes(32 * 32 * 3), { raw })
      .png()
      .toBuffer()
  ).toString('base64')
})

function send(image?: string): Promise<SendAnswer> {
  const code = { phone: person.phone, message: 'Oi', code: journey.newCode() }
  return journey.sendOtp(instance, { ...code, ...(image === undefined ? {} : { image }) })
}

const refuse = (...refusals: readonly object[]) => journey.setFaults({ media: { refusals } })

async function outcomesOf(id: string): Promise<unknown> {
  const { attempts } = (await journey.client.onInstance(instance, 'GET', `messages/${id}`)) as {
    readonly attempts: readonly { readonly outcome: string }[]
  }
  return attempts.map(({ outcome }) => outcome)
}

describe('an image that the media server refuses for good', () => {
  test.each([
    [400, 'Send another file'],
    [401, 'Restart the instance'],
    [403, 'Restart the instance'],
    [404, 'Send another file'],
    [413, 'Send a smaller file'],
    [415, 'Send a file of another kind'],
  ])(
    'with %i ends at once, its callback says why, and the next code arrives',
    async (code, cure) => {
      await refuse({ at: 'upload', code })
      const image = await send(png)
      const { body } = await journey.delivery(image.zaapId)
      expect(body).toMatchObject({ error: expect.stringContaining(`(HTTP ${code}). ${cure}`) })
      expect(await outcomesOf(image.zaapId)).toEqual(['FILE_REFUSED'])
      const plain = await send()
      expect((await shown(person, plain.messageId)).buttons).toHaveLength(1)
      expect(person.messages.map(({ id }) => id)).toEqual([plain.messageId])
    },
  )
})

describe('an image arrives', () => {
  test.each([401, 403])('although its first upload is not permitted (%i)', async (code) => {
    await refuse({ at: 'upload', code, times: 1 })
    const image = await send(png)
    expect((await shown(person, image.messageId)).image).toMatchObject({ fetched: true })
    expect(await outcomesOf(image.zaapId)).toEqual(['SENT'])
  })

  test.each([408, 429, 500, 503, 507])('after the media server answered %i', async (code) => {
    await refuse({ at: 'upload', code, times: 1 })
    const image = await send(png)
    expect((await shown(person, image.messageId)).image).toMatchObject({ fetched: true })
    expect(await outcomesOf(image.zaapId)).toEqual(['NOT_SENT', 'SENT'])
  })

  test('although WhatsApp did not name its media servers at first', async () => {
    await refuse({ at: 'hosts', code: 503, times: 1 })
    await journey.client.onInstance(instance, 'GET', 'restart')
    const image = await send(png)
    expect((await shown(person, image.messageId)).image).toMatchObject({ fetched: true })
    expect(await outcomesOf(image.zaapId)).toEqual(['NOT_SENT', 'SENT'])
  })
})
