/** What holds up one chat of an instance holds up no code to another one. */

import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, type SendAnswer, shown } from '../support/journey.js'

/** A code that waited for anything but a gap or two would take longer, on this machine as it is now. */
let atOnceSeconds = 5

let journey: Journey
let instance: SandboxInstance
let own: Phone
let png: string

beforeAll(async () => {
  // With gaps, as in production.
  const settings = { RECADO_PACING_MIN_MS: '200', RECADO_PACING_MAX_MS: '400' }
  journey = await Journey.start({ settings })
  ;({ instance, phone: own } = await journey.pairedInstance())
  const image = { create: { width: 64, height: 32, channels: 3, background: 'teal' } } as const
  png = (await sharp(image).png().toBuffer()).toString('base64')
  atOnceSeconds = Math.max(5, 5 * (await secondsToPhone(await journey.newPhone())))
})

afterEach(() => journey.setFaults({ acks: [], media: {} }))

afterAll(() => journey[Symbol.asyncDispose]())

const send = (phone: string, more: object = {}): Promise<SendAnswer> =>
  journey.sendOtp(instance, { phone, message: 'Seu código', code: journey.newCode(), ...more })

const errorOf = async ({ zaapId }: SendAnswer) => (await journey.delivery(zaapId)).body['error']

/** Sends a code that is worth a minute and waits until it is on the phone; gives after how many seconds. */
async function secondsToPhone(person: Phone): Promise<number> {
  const begun = performance.now()
  const { messageId } = await send(person.phone, { expiresIn: 60 })
  expect((await shown(person, messageId)).buttons).toHaveLength(1)
  return (performance.now() - begun) / 1_000
}

/** The ids of the messages on the phone, in the order in which it shows them. */
const idsOn = (person: Phone) => person.messages.map(({ id }) => id)

describe('a code is on the phone at once', () => {
  test('behind a message to a group that does not exist, which ends at once with the cause', async () => {
    const person = await journey.newPhone()
    const lost = await send('120363123456789012-group')
    expect(await secondsToPhone(person)).toBeLessThan(atOnceSeconds)
    expect(await errorOf(lost)).toMatch(/does not know the group/u)
  })

  test('behind a message to a group that the number was removed from, which ends at once with the cause', async () => {
    const [admin, person] = [await journey.newPhone(), await journey.newPhone()]
    const members = [admin.phone, own.phone]
    const { id } = journey.simulator.addGroup({ subject: 'Turma', members })
    journey.simulator.changeMember('remove', own.phone, id)
    const lost = await send(id.replace('@g.us', '-group'))
    expect(await secondsToPhone(person)).toBeLessThan(atOnceSeconds)
    expect(await errorOf(lost)).toMatch(/not a member of the group/u)
  })

  test('behind an image that the media server does not take, and the chat of the image keeps its order', async () => {
    const [first, second] = [await journey.newPhone(), await journey.newPhone()]
    await journey.setFaults({ media: { upload: 'refuse' } })
    const image = await send(first.phone, { image: png })
    const behind = await send(first.phone)
    expect(await secondsToPhone(second)).toBeLessThan(atOnceSeconds)
    expect(idsOn(first)).toEqual([])
    await journey.setFaults({ media: {} })
    await shown(first, behind.messageId)
    expect(idsOn(first)).toEqual([image.messageId, behind.messageId])
  })

  test('behind ten images of a host that does not answer', async () => {
    const host: Server = createServer(() => {}).listen(0, '127.0.0.1')
    await once(host, 'listening')
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      const { port } = host.address() as AddressInfo
      const image = `http://127.0.0.1:${port}/a.png`
      for (let index = 0; index < 10; index += 1)
        await send((await journey.newPhone()).phone, { image })
      expect(await secondsToPhone(await journey.newPhone())).toBeLessThan(atOnceSeconds)
    } finally {
      host.closeAllConnections()
      host.close()
    }
  })

  test('behind a message that is tried again, and its chat keeps its order', async () => {
    const [first, second] = [await journey.newPhone(), await journey.newPhone()]
    await journey.setFaults({ acks: [{ kind: 'error', code: 503, to: first.phone, times: 2 }] })
    const again = await send(first.phone)
    const behind = await send(first.phone)
    expect(await secondsToPhone(second)).toBeLessThan(atOnceSeconds)
    await shown(first, behind.messageId)
    expect(idsOn(first)).toEqual([again.messageId, behind.messageId])
  })

  test('behind a message whose ack is missing, and its chat keeps its order', async () => {
    const [first, second] = [await journey.newPhone(), await journey.newPhone()]
    await journey.setFaults({ acks: [{ kind: 'missing', to: first.phone, times: 1 }] })
    const unconfirmed = await send(first.phone)
    const behind = await send(first.phone)
    expect(await secondsToPhone(second)).toBeLessThan(atOnceSeconds)
    await shown(first, behind.messageId)
    expect(idsOn(first)).toEqual([unconfirmed.messageId, behind.messageId])
  })
})
