/** Whoever stands between us and WhatsApp can sign for nobody: each forged signature is refused. */

import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pair } from '../../../sandbox/src/sandbox.js'
import { Journey, shown } from '../support/journey.js'

let journey: Journey

beforeAll(async () => {
  journey = await Journey.start()
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

describe('a forged signature', () => {
  test('under a pairing leaves the instance unpaired, and the next honest pairing works', async () => {
    const instance = await journey.newInstance()
    const phone = await journey.newPhone()
    await journey.setFaults({ forged: ['account-signature'] })
    const qr = await journey.client.qrText(instance)
    await expect(phone.scan(qr ?? '')).rejects.toThrow('closed its connection')
    await untilLog('session-closed')
    expect(await journey.client.isConnected(instance)).toBe(false)

    await journey.setFaults({ forged: [] })
    await pair(journey.client, instance, phone)
    expect(await journey.client.isConnected(instance)).toBe(true)
  })

  test('on a recipient’s keys keeps the message here until the keys are good', async () => {
    const { instance } = await journey.pairedInstance()
    const person = await journey.newPhone()
    await journey.setFaults({ forged: ['signed-prekey'] })
    const { messageId, zaapId } = await journey.sendOtp(instance, {
      phone: person.phone,
      message: 'Só com chaves de verdade',
      code: journey.newCode(),
    })
    await untilLog('send-failed')
    expect(person.messages).toEqual([])

    await journey.setFaults({ forged: [] })
    await shown(person, messageId)
    expect((await journey.delivery(zaapId)).body).not.toHaveProperty('error')
  })

  test('under the server’s certificate keeps the gateway from logging in', async () => {
    const { instance } = await journey.pairedInstance()
    await journey.gateway[Symbol.asyncDispose]()
    await journey.restartGateway({
      settings: { RECADO_WHATSAPP_ROOT_KEY: randomBytes(32).toString('base64') },
    })
    await untilLog('session-closed')
    expect(await journey.client.isConnected(instance)).toBe(false)
  })
})

/** Waits for a line of the running gateway that tells of this event. */
async function untilLog(event: string): Promise<void> {
  await expect
    .poll(() => journey.gateway.output.some((line) => line.includes(`"${event}"`)), {
      timeout: 20_000,
      interval: 20,
    })
    .toBe(true)
}
