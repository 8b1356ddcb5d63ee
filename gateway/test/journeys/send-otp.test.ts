/** One OTP on its whole way to a person. */

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
