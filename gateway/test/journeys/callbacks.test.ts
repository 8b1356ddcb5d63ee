/** Telling our users: signed, repeated until taken, in order. */

import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Journey } from '../support/journey.js'

let journey: Journey

beforeAll(async () => {
  journey = await Journey.start()
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

describe('a callback', () => {
  test('carries a signature that the Standard Webhooks library accepts', async () => {
    const created = await journey.client.createInstance('signed')
    const { webhookSecret } = created as unknown as { webhookSecret: string }
    await journey.client.onInstance(created, 'PUT', 'update-every-webhooks', {
      value: journey.callbacks.url,
    })
    const phone = await journey.newPhone()
    await phone.scan((await journey.client.qrText(created)) ?? '')
    const { body, headers } = await journey.callbacks.next(
      ({ body: { type, instanceId } }) => type === 'ConnectedCallback' && instanceId === created.id,
    )
    const header = (name: string): string => String(headers[name])
    const verified = new Webhook(webhookSecret).verify(JSON.stringify(body), {
      'webhook-id': header('webhook-id'),
      'webhook-timestamp': header('webhook-timestamp'),
      'webhook-signature': header('webhook-signature'),
    })
    expect(verified).toEqual(body)
  })

  test('that could not be delivered arrives after the gateway was killed and started again', async () => {
    const own = await Journey.start()
    const { instance } = await own.pairedInstance()
    const person = await own.newPhone()
    own.callbacks.answerStatus = 503
    const { zaapId, messageId } = await own.sendOtp(instance, {
      phone: person.phone,
      message: 'Receptor fora do ar',
      code: own.newCode(),
    })
    await person.nextMessage(({ id }) => id === messageId)
    await own.killGateway()
    own.callbacks.answerStatus = 200
    await own.restartGateway()

    expect((await own.delivery(zaapId)).body).toMatchObject({ messageId })
    await own.status(messageId, 'RECEIVED')
    const ofThis = own.callbacks.received.filter(
      ({ body }) =>
        body['messageId'] === messageId ||
        (Array.isArray(body['ids']) && body['ids'].includes(messageId)),
    )
    expect(ofThis.map(({ body }) => body['status'] ?? body['type'])).toEqual([
      'DeliveryCallback',
      'SENT',
      'RECEIVED',
    ])
    await own[Symbol.asyncDispose]()
  })
})

/** Everything that was told about the connection, in order. */
function toldOfConnection(instanceId: string): unknown[] {
  return journey.callbacks.received
    .filter(({ body }) => body['instanceId'] === instanceId)
    .map(({ body }) => body['type'])
    .filter((type) => type === 'ConnectedCallback' || type === 'DisconnectedCallback')
}

describe('the connection of an instance', () => {
  test('is told once, however often it breaks for a moment', async () => {
    const { instance, phone } = await journey.pairedInstance()
    const person = await journey.newPhone()
    for (let breaks = 1; breaks <= 2; breaks += 1) {
      await journey.setFaults({ connections: [{ phone: phone.phone, action: 'drop' }] })
      // What arrives proves that it is back, and its receipt that callbacks are told.
      const { messageId } = await journey.sendOtp(instance, {
        phone: person.phone,
        message: 'De volta',
        code: journey.newCode(),
      })
      await journey.status(messageId, 'RECEIVED')
    }
    expect(toldOfConnection(instance.id)).toEqual(['ConnectedCallback'])
  })

  test('is told as lost, once, when it stays away, and as back when it is', async () => {
    const { instance, phone } = await journey.pairedInstance()
    await journey.setFaults({ logins: [{ code: 503, phone: phone.phone }] })
    await journey.setFaults({ connections: [{ phone: phone.phone, action: 'drop' }] })
    const lost = await journey.callbacks.next(
      ({ body: { type, instanceId } }) =>
        type === 'DisconnectedCallback' && instanceId === instance.id,
      90_000,
    )
    expect(lost.body).toMatchObject({ disconnected: true, error: expect.any(String) as string })
    await journey.setFaults({ logins: [] })
    await journey.callbacks.next(
      ({ body: { type, instanceId }, at }) =>
        type === 'ConnectedCallback' && instanceId === instance.id && at > lost.at,
      60_000,
    )
    expect(toldOfConnection(instance.id)).toEqual([
      'ConnectedCallback',
      'DisconnectedCallback',
      'ConnectedCallback',
    ])
  })
})
