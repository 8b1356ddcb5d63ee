/** How an instance gets and loses its number. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pair } from '../../../sandbox/src/sandbox.js'
import { arrivedFrom, codeOn } from '../support/codes.js'
import { Journey, shown } from '../support/journey.js'

let journey: Journey

beforeAll(async () => {
  journey = await Journey.start()
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

function connected(instanceId: string) {
  return journey.callbacks.next(
    ({ body }) => body['type'] === 'ConnectedCallback' && body['instanceId'] === instanceId,
  )
}

function disconnected(instanceId: string) {
  return journey.callbacks.next(
    ({ body }) => body['type'] === 'DisconnectedCallback' && body['instanceId'] === instanceId,
  )
}

describe('pairing', () => {
  test('by QR ends connected and tells so', async () => {
    const instance = await journey.newInstance()
    const phone = await journey.newPhone()
    await pair(journey.client, instance, phone)
    expect((await connected(instance.id)).body).toMatchObject({
      connected: true,
      phone: phone.phone,
    })
    expect(await journey.client.onInstance(instance, 'GET', 'qr-code')).toEqual({ connected: true })
    expect(await journey.client.onInstance(instance, 'GET', 'status')).toMatchObject({
      connected: true,
      error: 'You are already connected.',
    })
    const person = await journey.newPhone()
    expect(await codeOn(person, journey, instance)).toMatchObject(arrivedFrom(phone.phone))
  })

  test('by code ends connected', async () => {
    const instance = await journey.newInstance()
    const phone = await journey.newPhone()
    const { value } = (await journey.client.onInstance(
      instance,
      'GET',
      `phone-code/${phone.phone}`,
    )) as { value: string }
    await phone.enter(value)
    await connected(instance.id)
    expect(await journey.client.isConnected(instance)).toBe(true)
    const person = await journey.newPhone()
    expect(await codeOn(person, journey, instance)).toMatchObject(arrivedFrom(phone.phone))
  })

  test('offers the QR as a picture too', async () => {
    const instance = await journey.newInstance()
    const { value } = (await journey.client.onInstance(instance, 'GET', 'qr-code/image')) as {
      value: string
    }
    expect(value).toMatch(/^data:image\/png;base64,iVBOR/)
  })
})

describe('a paired instance', () => {
  test('is back without a QR after the gateway was restarted', async () => {
    const own = await Journey.start()
    const { instance } = await own.pairedInstance()
    own.gateway.kill('SIGTERM')
    expect(await own.gateway.ended).toMatchObject({ code: 0 })
    await own.restartGateway()
    const person = await own.newPhone()
    const { messageId } = await own.sendOtp(instance, {
      phone: person.phone,
      message: 'De volta',
      code: own.newCode(),
    })
    await shown(person, messageId)
    await own[Symbol.asyncDispose]()
  })

  test('that is unlinked on the phone says so and can be paired again', async () => {
    const { instance, phone } = await journey.pairedInstance()
    const [device] = phone.linkedDevices()
    await phone.unlink(device?.device ?? -1)
    expect((await disconnected(instance.id)).body).toMatchObject({ disconnected: true })
    expect(await journey.client.onInstance(instance, 'GET', 'status')).toMatchObject({
      connected: false,
    })
    await pair(journey.client, instance, phone)
    const person = await journey.newPhone()
    expect(await codeOn(person, journey, instance)).toMatchObject(arrivedFrom(phone.phone))
  })

  test('that was unlinked while the gateway was down is told about after its start', async () => {
    await using own = await Journey.start()
    const { instance, phone } = await own.pairedInstance()
    await own.killGateway()
    const [device] = phone.linkedDevices()
    await phone.unlink(device?.device ?? -1)
    await own.restartGateway()
    const { body } = await own.callbacks.next(
      ({ body: { type, instanceId } }) =>
        type === 'DisconnectedCallback' && instanceId === instance.id,
    )
    expect(body['error']).toContain('unlinked')
    expect(await own.client.isConnected(instance)).toBe(false)
    await pair(own.client, instance, phone)
    const person = await own.newPhone()
    expect(await codeOn(person, own, instance)).toMatchObject(arrivedFrom(phone.phone))
  })

  test('leaves the phone’s list of linked devices when it is disconnected by its caller', async () => {
    const { instance, phone } = await journey.pairedInstance()
    expect(phone.linkedDevices()).toHaveLength(1)
    expect(await journey.client.onInstance(instance, 'GET', 'disconnect')).toEqual({ value: true })
    await disconnected(instance.id)
    expect(phone.linkedDevices()).toHaveLength(0)
  })
})
