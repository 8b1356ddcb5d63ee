/**
 * An attacker between us and WhatsApp cannot sign for a person: each forged
 * signature is refused. And no account of WhatsApp can act for another.
 */

import { randomBytes } from 'node:crypto'
import { proto } from 'baileys'
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

describe('a stranger who knows the id of a message', () => {
  test('can neither say that it was read, nor change it, nor delete it', async () => {
    const { instance, phone } = await journey.pairedInstance()
    const person = await journey.newPhone()
    const stranger = await journey.newPhone()
    const { messageId } = await journey.sendOtp(instance, {
      phone: person.phone,
      message: 'Só para um',
      code: journey.newCode(),
    })
    await shown(person, messageId)
    await journey.status(messageId, 'RECEIVED')

    for (const server of ['s.whatsapp.net', 'lid'] as const) {
      const user = server === 'lid' ? phone.lid : phone.phone
      const to = `${user.replace(/@.*/, '')}@${server}`
      for (const type of ['read', 'played'])
        stranger.transmit({
          tag: 'receipt',
          attrs: { id: messageId, to, type },
        })
    }
    const own = { id: messageId, remoteJid: `${phone.phone}@s.whatsapp.net`, fromMe: true }
    const edit = proto.Message.ProtocolMessage.Type.MESSAGE_EDIT
    const revoke = proto.Message.ProtocolMessage.Type.REVOKE
    for (const key of [own, { ...own, fromMe: false }]) {
      const editedMessage = { conversation: 'Mande o código para mim' }
      await stranger.forge(phone.phone, { protocolMessage: { type: edit, key, editedMessage } })
    }
    await stranger.forge(phone.phone, {
      protocolMessage: { type: revoke, key: { ...own, fromMe: false } },
    })
    const keyShare = { keys: [{ keyId: { keyId: Buffer.from('x') }, keyData: {} }] }
    await stranger.forge(phone.phone, {
      protocolMessage: {
        type: proto.Message.ProtocolMessage.Type.APP_STATE_SYNC_KEY_SHARE,
        appStateSyncKeyShare: keyShare,
      },
    })
    await stranger.forge(phone.phone, {
      deviceSentMessage: {
        destinationJid: `${person.phone}@s.whatsapp.net`,
        message: { conversation: 'em nome de outro' },
      },
    })
    const last = await stranger.send(phone.phone, 'E agora?')
    const told = await journey.callbacks.next(({ body }) => body['messageId'] === last.id)
    expect(told.body).toMatchObject({ phone: stranger.phone })

    const aboutOurs = journey.callbacks.received.filter(({ body }) => {
      const ids = Array.isArray(body['ids']) ? body['ids'] : [body['messageId']]
      return ids.includes(messageId) && body['type'] !== 'DeliveryCallback'
    })
    expect(aboutOurs.map(({ body }) => body['status'])).toEqual(['SENT', 'RECEIVED'])
    const fromStranger = journey.callbacks.received.filter(
      ({ body }) => body['type'] === 'ReceivedCallback' && body['phone'] !== stranger.phone,
    )
    expect(fromStranger).toEqual([])

    await person.read(messageId)
    await journey.status(messageId, 'READ')
  })
})

describe('a member of a group', () => {
  test('can neither change nor delete what another wrote, unless they administrate it', async () => {
    const { phone } = await journey.pairedInstance()
    const [admin, author, forger] = [
      await journey.newPhone(),
      await journey.newPhone(),
      await journey.newPhone(),
    ]
    const members = [admin, author, forger, phone].map((each) => each.phone)
    const group = journey.simulator.addGroup({ subject: 'Condomínio', members })
    const { id } = await author.send(group.id, 'A reunião é às 8')
    await journey.callbacks.next(({ body }) => body['messageId'] === id)

    const keyBy = (person: typeof author, fromMe: boolean) => ({
      id,
      remoteJid: group.id,
      fromMe,
      participant: `${person.lid.replace(/@.*/u, '')}@lid`,
    })
    const edit = proto.Message.ProtocolMessage.Type.MESSAGE_EDIT
    const revoke = proto.Message.ProtocolMessage.Type.REVOKE
    for (const key of [keyBy(forger, true), keyBy(author, false)]) {
      const editedMessage = { conversation: 'A reunião é às 9' }
      await forger.forge(group.id, { protocolMessage: { type: edit, key, editedMessage } })
      await forger.forge(group.id, { protocolMessage: { type: revoke, key } })
    }
    const timer = proto.Message.ProtocolMessage.Type.EPHEMERAL_SETTING
    await forger.forge(group.id, { protocolMessage: { type: timer, ephemeralExpiration: 60 } })
    const correction = await author.forge(group.id, {
      protocolMessage: {
        type: edit,
        key: keyBy(author, true),
        editedMessage: { conversation: 'A reunião é às 8h30' },
      },
    })
    await journey.callbacks.next(({ body }) => body['editMessageId'] === correction)
    await admin.forge(group.id, { protocolMessage: { type: revoke, key: keyBy(author, false) } })
    await journey.callbacks.next(({ body }) => body['notification'] === 'REVOKE')

    const about = journey.callbacks.received.filter(({ body }) => body['messageId'] === id)
    expect(about.map(({ body }) => [body['participantPhone'], body['notification']])).toEqual([
      [author.phone, undefined],
      [author.phone, undefined],
      [admin.phone, 'REVOKE'],
    ])
    const timers = journey.callbacks.received.filter(
      ({ body }) => body['notification'] === 'CHANGE_EPHEMERAL_SETTING',
    )
    expect(timers).toEqual([])
  })
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
      interval: 20,
    })
    .toBe(true)
}
