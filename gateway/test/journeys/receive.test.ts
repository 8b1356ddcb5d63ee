/** What comes back: texts, and copy-code messages that others send to us. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Journey } from '../support/journey.js'

let journey: Journey

beforeAll(async () => {
  journey = await Journey.start()
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

function received(messageId: string) {
  return journey.callbacks.next(
    ({ body }) => body['type'] === 'ReceivedCallback' && body['messageId'] === messageId,
  )
}

describe('an incoming message', () => {
  test('that is a text arrives as ReceivedCallback', async () => {
    const { instance, phone } = await journey.pairedInstance()
    const person = await journey.newPhone()
    const sent = await person.send(phone.phone, 'Recebi, obrigada')
    const { body } = await received(sent.id)
    expect(body).toMatchObject({
      instanceId: instance.id,
      phone: person.phone,
      connectedPhone: phone.phone,
      fromMe: false,
      isGroup: false,
      participantLid: null,
      text: { message: 'Recebi, obrigada' },
    })
    expect(body['chatLid']).toMatch(/@lid$/)
    expect(body).not.toHaveProperty('notification')
    expect(body).not.toHaveProperty('hydratedTemplate')
  })

  test('with a copy-code button arrives as hydratedTemplate with the OTP URL', async () => {
    const sender = await journey.pairedInstance()
    const receiver = await journey.pairedInstance()
    const { messageId } = await journey.sendOtp(sender.instance, {
      phone: receiver.phone.phone,
      message: 'Seu código',
      code: '771-233',
    })
    const { body } = await received(messageId)
    expect(body['hydratedTemplate']).toMatchObject({
      message: 'Seu código',
      hydratedButtons: [
        {
          index: 0,
          urlButton: {
            displayText: 'Copiar código',
            url: 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp771-233',
          },
        },
      ],
    })
    expect(body).not.toHaveProperty('text')
  })

  test('of our own is told to receivers that ask for it, without its code', async () => {
    const { instance, phone } = await journey.pairedInstance()
    const person = await journey.newPhone()
    await journey.client.onInstance(instance, 'PUT', 'update-notify-sent-by-me', {
      notifySentByMe: true,
    })
    const code = journey.newCode()
    const { messageId } = await journey.sendOtp(instance, {
      phone: person.phone,
      message: `Seu código é ${code}`,
      code,
    })
    const { body } = await received(messageId)
    expect(body).toMatchObject({
      fromMe: true,
      fromApi: true,
      phone: person.phone,
      connectedPhone: phone.phone,
      status: 'SENT',
      hydratedTemplate: { message: `Seu código é ••••${code.slice(-2)}` },
    })
    expect(JSON.stringify(body)).not.toContain(code)
  })

  test('in a group names the group and who wrote', async () => {
    const { phone } = await journey.pairedInstance()
    const person = await journey.newPhone()
    const group = journey.simulator.addGroup({
      subject: 'Família',
      members: [phone.phone, person.phone],
    })
    const sent = await person.send(group.id, 'Oi, grupo')
    expect((await received(sent.id)).body).toMatchObject({
      phone: `${group.id.replace('@g.us', '')}-group`,
      isGroup: true,
      chatLid: null,
      participantPhone: person.phone,
      text: { message: 'Oi, grupo' },
    })
  })

  test('about an earlier one names it: reactions, corrections, deletions', async () => {
    const { phone } = await journey.pairedInstance()
    const person = await journey.newPhone()
    const first = await person.send(phone.phone, 'Chego as 8')
    await received(first.id)
    const key = { remoteJid: `${phone.lid}@lid`, fromMe: true, id: first.id }

    const reaction = await received(await person.share(phone.phone, { react: { text: '👍', key } }))
    expect(reaction.body['reaction']).toMatchObject({
      value: '👍',
      reactionBy: person.phone,
      referencedMessage: { messageId: first.id, fromMe: false, phone: person.phone },
    })
    const nextAbout = (match: (body: Record<string, unknown>) => boolean) =>
      journey.callbacks.next(({ body }) => body['messageId'] === first.id && match(body))

    const editId = await person.share(phone.phone, { text: 'Chego às 8', edit: key })
    const edited = await nextAbout(({ isEdit }) => isEdit === true)
    expect(edited.body).toMatchObject({ editMessageId: editId, text: { message: 'Chego às 8' } })

    await person.share(phone.phone, { delete: key })
    const deleted = await nextAbout(({ notification }) => notification === 'REVOKE')
    expect(deleted.body).toMatchObject({ notificationParameters: [], callId: null, code: null })
    expect(deleted.body).not.toHaveProperty('text')
  })

  test('that arrived while the gateway was down is told about after its start', async () => {
    const own = await Journey.start()
    const { phone } = await own.pairedInstance()
    const person = await own.newPhone()
    own.gateway.kill('SIGTERM')
    await own.gateway.ended
    const sent = await person.send(phone.phone, 'Alguém aí?')
    await own.restartGateway()
    const callback = await own.callbacks.next(({ body }) => body['messageId'] === sent.id)
    expect(callback.body).toMatchObject({ text: { message: 'Alguém aí?' } })
    await own[Symbol.asyncDispose]()
  })
})
