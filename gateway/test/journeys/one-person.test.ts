/** A person who is written to by number and by LID, and what their codes look like to others. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, shown } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance

beforeAll(async () => {
  journey = await Journey.start({ settings: { RECADO_CODES_PER_10_MINUTES: '5' } })
  ;({ instance } = await journey.pairedInstance())
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

/** What every name of a phone is to a caller. */
async function newPerson() {
  const phone = await journey.newPhone()
  const lid = `${phone.lid.replace(/[:@].*/u, '')}@lid`
  const withoutNinth = phone.phone.replace(/^(55\d\d)9/u, '$1')
  return { phone, byNumber: phone.phone, byLid: lid, withoutNinth }
}

const call = (action: string, body: object) =>
  journey.client.onInstance(instance, 'POST', action, body)

const send = (phone: string) =>
  journey.sendOtp(instance, { phone, message: 'Seu código', code: journey.newCode() })

/** Starts a code and gives it as the phone shows it. */
async function start(
  person: Awaited<ReturnType<typeof newPerson>>,
  name: string,
  cooldown = 0,
): Promise<string> {
  const { messageId } = (await call('otp/start', { phone: name, cooldown })) as {
    messageId: string
  }
  const code = (await shown(person.phone, messageId)).buttons[0]?.code ?? ''
  journey.keepsHidden(code)
  return code
}

test('a code that went to the number is right for the LID, once', async () => {
  const person = await newPerson()
  const code = await start(person, person.withoutNinth)
  const typed = `${code.slice(0, 3)}\u2013${code.slice(3)}\u200B`
  expect(await call('otp/check', { phone: person.byLid, code: typed })).toEqual({ valid: true })
  for (const phone of [person.byNumber, person.byLid, person.withoutNinth])
    expect(await call('otp/check', { phone, code })).toEqual({ valid: false })
})

test('a person has one cooldown and one valid code, by number and by LID', async () => {
  const person = await newPerson()
  const first = await start(person, person.byNumber, 3)
  const tooSoon = call('otp/start', { phone: person.byLid })
  await expect(tooSoon).rejects.toThrow('429')
  await expect.poll(() => start(person, person.byLid).catch(() => undefined)).toBeDefined()
  expect(await call('otp/check', { phone: person.byNumber, code: first })).toEqual({ valid: false })
})

test('a person is sent five codes in ten minutes, and not five by each name', async () => {
  const person = await newPerson()
  await shown(person.phone, (await send(person.byNumber)).messageId)
  for (const name of [person.byLid, person.withoutNinth, person.byLid, person.byNumber])
    await shown(person.phone, (await send(name)).messageId)
  for (const name of [person.byNumber, person.byLid, person.withoutNinth])
    await expect(send(name)).rejects.toThrow('429')
})

test('a code of signs is whole on the phone, and masked in callbacks', async () => {
  const person = await newPerson()
  await journey.client.onInstance(instance, 'PUT', 'update-notify-sent-by-me', {
    notifySentByMe: true,
  })
  const code = 'P@$$w0rd!'
  journey.keepsHidden(code)
  const body = {
    phone: person.byNumber,
    message: `Senha: ${code}`,
    code,
    buttonText: `Copiar ${code}`,
  }
  const { messageId } = await journey.sendOtp(instance, body)
  const message = await shown(person.phone, messageId)
  expect(message.buttons).toEqual([{ kind: 'copy', text: `Copiar ${code}`, code }])
  const told = await journey.callbacks.next(
    ({ body: { type, fromMe, messageId: id } }) =>
      type === 'ReceivedCallback' && fromMe === true && id === messageId,
  )
  expect(told.body).toMatchObject({
    hydratedTemplate: {
      message: 'Senha: ••••d!',
      hydratedButtons: [{ urlButton: { displayText: 'Copiar ••••d!' } }],
    },
  })
  expect(decodeURIComponent(JSON.stringify(told.body))).not.toContain('P@$$')
})
