/** What leaves first, and what is refused because its turn would come too late. */

import { afterEach, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { clientToken, Journey, partnerToken, type SendAnswer, shown } from '../support/journey.js'

let journey: Journey

afterEach(() => journey[Symbol.asyncDispose]())

const sendText = (instance: SandboxInstance, { phone }: Phone, more: object = {}) =>
  journey.client.onInstance(instance, 'POST', 'send-text', {
    phone,
    message: 'Só hoje: frete grátis',
    ...more,
  }) as Promise<SendAnswer>

const sendCode = (instance: SandboxInstance, { phone }: Phone, more: object = {}) =>
  journey.sendOtp(instance, { phone, message: 'Seu código', code: journey.newCode(), ...more })

test('codes leave before what was accepted earlier, and a low message before the last of them', async () => {
  const gap = '200'
  journey = await Journey.start({
    settings: { RECADO_PACING_MIN_MS: gap, RECADO_PACING_MAX_MS: gap },
  })
  const { instance, phone: own } = await journey.pairedInstance()
  const [patient, reader] = [await journey.newPhone(), await journey.newPhone()]
  const people: Phone[] = []
  for (let n = 0; n < 6; n += 1) people.push(await journey.newPhone())
  // What a first message asks of WhatsApp is known from then on.
  for (const person of [patient, reader, ...people])
    await shown(person, (await sendText(instance, person)).messageId)
  await journey.setFaults({ logins: [{ code: 503, phone: own.phone }] })
  await journey.setFaults({ connections: [{ phone: own.phone, action: 'drop' }] })
  await journey.callbacks.next(({ body }) => body['type'] === 'DisconnectedCallback', 60_000)
  const left: string[] = []
  journey.simulator.network.on('stanza', ({ from, stanza: { attrs } }) => {
    const { id = '' } = attrs
    if (from.account.phone === own.phone && !left.includes(id)) left.push(id)
  })
  const low = await sendText(instance, patient, { priority: 'low' })
  const normal = await sendText(instance, reader)
  const codes: SendAnswer[] = []
  for (let n = 0; n < 60; n += 1) codes.push(await sendCode(instance, people[n % 6] as Phone))

  await journey.setFaults({ logins: [] })
  for (const [n, { messageId }] of codes.entries()) await shown(people[n % 6] as Phone, messageId)
  await shown(patient, low.messageId)
  await shown(reader, normal.messageId)
  const sent = [low, normal, ...codes].map(({ messageId }) => messageId)
  const order = left.filter((id) => sent.includes(id))
  const before = ({ messageId }: SendAnswer) => order.indexOf(messageId)
  // Codes overtake both. After nine codes a text has its turn, after 29 others one that is low.
  for (const { text, most } of [
    { text: normal, most: 9 },
    { text: low, most: 29 },
  ]) {
    expect(before(text)).toBeGreaterThan(0)
    // What is not ready in its turn has it a little later.
    expect(before(text)).toBeLessThan(most + 20)
  }
  for (const [n, person] of people.entries())
    expect(person.messages.slice(1).map(({ id }) => id)).toEqual(
      codes.filter((_, index) => index % 6 === n).map(({ messageId }) => messageId),
    )

  await journey.delivery(low.zaapId)
  await journey.delivery(normal.zaapId)
  for (const { zaapId } of codes) await journey.delivery(zaapId)
  const authorization = `Bearer ${partnerToken}`
  const answer = await fetch(`${journey.gateway.url}/metrics`, { headers: { authorization } })
  const lines = (await answer.text()).split('\n')
  const name = 'recado_message_accepted_to_sent_seconds_count'
  for (const [priority, count] of Object.entries({ high: 60, normal: 9, low: 1 }))
    expect(lines).toContain(`${name}{priority="${priority}"} ${count}`)
})

test('what would leave after its expiry is refused with Retry-After, by a number and by a pool, or accepted and told', async () => {
  const gap = '60000'
  journey = await Journey.start({
    settings: { RECADO_PACING_MIN_MS: gap, RECADO_PACING_MAX_MS: gap },
  })
  const { instance } = await journey.pairedInstance()
  const pool = await journey.client.createPool('Codes', [instance])
  const people: Phone[] = []
  for (let n = 0; n < 4; n += 1) people.push(await journey.newPhone())
  const [first, second, third, late] = people as [Phone, Phone, Phone, Phone]
  // The gap of a minute begins.
  await shown(first, (await sendText(instance, first)).messageId)
  const waiting = await sendCode(instance, second)
  await sendCode(instance, third)

  for (const path of [instance, pool]) {
    const forecast = (await journey.client.onInstance(path, 'GET', 'queue/forecast')) as {
      readonly high: number
    }
    expect(forecast.high).toBeGreaterThan(60)
    const { id, token } = path
    const refused = await fetch(
      `${journey.gateway.url}/instances/${id}/token/${token}/send-button-otp`,
      {
        method: 'POST',
        headers: { 'client-token': clientToken, 'content-type': 'application/json' },
        body: JSON.stringify({
          phone: late.phone,
          message: 'Seu código',
          code: journey.newCode(),
          expiresIn: 30,
        }),
      },
    )
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await refused.json()).toEqual({
      error: expect.stringContaining('would expire before it leaves') as string,
    })
  }
  const queue = (await journey.client.onInstance(instance, 'GET', 'queue')) as {
    readonly messages: readonly { readonly Priority: string; readonly ExpectedAt: number }[]
  }
  expect(queue.messages.map(({ Priority }) => Priority)).toEqual(['high', 'high'])
  const [one = 0, two = 0] = queue.messages.map(({ ExpectedAt }) => ExpectedAt)
  expect(two - one).toBe(Number(gap))

  await journey.client.onInstance(instance, 'PUT', 'update-late-sends', { value: 'accept' })
  const accepted = (await sendCode(instance, late, { expiresIn: 30 })) as SendAnswer & {
    readonly lateAt: number
  }
  expect(accepted.lateAt).toBeGreaterThan(Date.now() + 30_000)

  // 20 s without "sent", as it is unless set, and long before the code expires.
  const told = await journey.callbacks.next(
    ({ body }) => body['type'] === 'UndeliverableCallback' && body['zaapId'] === waiting.zaapId,
    60_000,
  )
  const { momment, acceptedAt, expiresAt, mayHaveArrived } = told.body
  expect(Number(momment) - Number(acceptedAt)).toBeGreaterThanOrEqual(20_000)
  expect(Number(expiresAt) - Number(acceptedAt)).toBe(600_000)
  expect(Number(momment)).toBeLessThan(Number(expiresAt))
  expect(mayHaveArrived).toBe(false)

  const expired = await journey.callbacks.next(
    ({ body }) => body['type'] === 'DeliveryCallback' && body['zaapId'] === accepted.zaapId,
    60_000,
  )
  expect(expired.body['error']).toContain('expired')
  expect(late.messages).toEqual([])
})
