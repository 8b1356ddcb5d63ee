/** What comes in survives the process: it is told exactly once, whenever the gateway dies. */

import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { proto } from 'baileys'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { takeNewsletterMessage } from '../../../simulator/src/server/newsletter-messages.js'
import { Journey } from '../support/journey.js'

const armed = join(tmpdir(), `recado-linger-${randomUUID()}`)
const deadly = join(tmpdir(), `recado-die-${randomUUID()}`)

let journey: Journey

beforeAll(async () => {
  journey = await Journey.start({
    program: inject('lingeringProgram'),
    settings: { LINGER_WHILE_EXISTS: armed, DIE_WHILE_EXISTS: deadly },
  })
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
  await rm(armed, { force: true })
  await rm(deadly, { force: true })
})

/** The callbacks about it, each once: a POST that is cut off is made again under the same id. */
const about = (id: string) => {
  const deliveries = new Map(
    journey.callbacks.received.map(({ headers, body }) => [headers['webhook-id'], body]),
  )
  return [...deliveries.values()].filter(
    ({ messageId, ids }) => messageId === id || (Array.isArray(ids) && ids.includes(id)),
  )
}

const received = (id: string) =>
  journey.callbacks.next(
    ({ body }) => body['type'] === 'ReceivedCallback' && body['messageId'] === id,
  )

/** What waits at WhatsApp for the device that the number has linked. */
const unacknowledged = (phone: string, tag: string) =>
  [...(journey.simulator.network.byPhone(phone)?.devices.values() ?? [])]
    .filter(({ number }) => number !== 0)
    .flatMap(({ waiting }) => waiting)
    .filter((node) => node.tag === tag)

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('it did not come to that')
    await sleep(2)
  }
}

describe('a gateway that dies', () => {
  test('after WhatsApp heard that a message arrived, and before that was stored, tells it once', async () => {
    const { phone } = await journey.pairedInstance()
    const person = await journey.newPhone()
    const first = await person.send(phone.phone, 'Oi')
    await received(first.id)

    await writeFile(armed, '')
    const { id } = await person.send(phone.phone, 'Na queda')
    await until(() => unacknowledged(phone.phone, 'message').length === 0)
    await journey.killGateway()
    await rm(armed)
    expect(about(id)).toEqual([])
    await journey.restartGateway()

    expect((await received(id)).body['text']).toEqual({ message: 'Na queda' })
    const last = await person.send(phone.phone, 'Depois')
    await received(last.id)
    expect(about(id)).toHaveLength(1)
    expect(about(first.id)).toHaveLength(1)
  })

  test('after WhatsApp heard that a post of a channel arrived, and before that was stored, tells it once', async () => {
    const { phone } = await journey.pairedInstance()
    const person = await journey.newPhone()
    const { network } = journey.simulator
    const [owner, own] = [person, phone].map(({ phone: number }) => network.byPhone(number))
    const device = owner?.devices.get(0)
    if (!owner || !own || !device) throw new Error('a phone has no account')
    const channel = network.addNewsletter({ name: 'Avisos', owner })
    channel.followers.add(own)
    const post = (id: string, text: string) => {
      const content = proto.Message.encode({ conversation: text }).finish()
      const attrs = { id, type: 'text', to: channel.id }
      const plaintext = { tag: 'plaintext', attrs: {}, content }
      const node = { tag: 'message', attrs, content: [plaintext] }
      expect(takeNewsletterMessage(node, device, channel, network)).toHaveProperty('serverId')
    }
    post('POST1', 'Oi')
    await received('POST1')

    await writeFile(armed, '')
    post('POST2', 'Na queda')
    await until(() => unacknowledged(phone.phone, 'message').length === 0)
    await journey.killGateway()
    await rm(armed)
    expect(about('POST2')).toEqual([])
    await journey.restartGateway()

    expect((await received('POST2')).body['text']).toEqual({ message: 'Na queda' })
    post('POST3', 'Depois')
    await received('POST3')
    expect(['POST1', 'POST2', 'POST3'].map((id) => about(id).length)).toEqual([1, 1, 1])
  })

  test('before WhatsApp heard that a message arrived tells it once, though it comes again', async () => {
    const { phone } = await journey.pairedInstance()
    const person = await journey.newPhone()
    const first = await person.send(phone.phone, 'Oi')
    await received(first.id)
    await until(() => unacknowledged(phone.phone, 'message').length === 0)

    await writeFile(deadly, '')
    const { id } = await person.send(phone.phone, 'Na queda')
    await journey.gateway.ended
    await rm(deadly)
    expect(unacknowledged(phone.phone, 'message')).toHaveLength(1)
    await journey.restartGateway()

    expect((await received(id)).body['text']).toEqual({ message: 'Na queda' })
    await until(() => unacknowledged(phone.phone, 'message').length === 0)
    const last = await person.send(phone.phone, 'Depois')
    await received(last.id)
    expect(about(id)).toHaveLength(1)
  })

  test('loses no receipt, whether WhatsApp knows that it arrived or not', async () => {
    const { instance, phone } = await journey.pairedInstance()
    const person = await journey.newPhone()
    const body = { phone: person.phone, message: 'Seu código', code: journey.newCode() }
    const { messageId } = await journey.sendOtp(instance, body)
    await journey.status(messageId, 'RECEIVED')
    await until(() => unacknowledged(phone.phone, 'receipt').length === 0)

    await writeFile(armed, '')
    await person.read(messageId)
    await until(() => unacknowledged(phone.phone, 'receipt').length === 0)
    await journey.killGateway()
    await rm(armed)
    await journey.restartGateway()
    await journey.status(messageId, 'READ')

    const other = { ...body, code: journey.newCode() }
    const second = await journey.sendOtp(instance, other)
    await journey.status(second.messageId, 'RECEIVED')
    await until(() => unacknowledged(phone.phone, 'receipt').length === 0)
    await writeFile(deadly, '')
    await person.read(second.messageId)
    await journey.gateway.ended
    await rm(deadly)
    expect(unacknowledged(phone.phone, 'receipt')).toHaveLength(1)
    await journey.restartGateway()
    await journey.status(second.messageId, 'READ')
    await until(() => unacknowledged(phone.phone, 'receipt').length === 0)

    for (const id of [messageId, second.messageId])
      expect(about(id).filter(({ status }) => status === 'READ')).toHaveLength(1)
  })
})
