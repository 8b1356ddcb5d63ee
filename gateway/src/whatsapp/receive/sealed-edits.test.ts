import { aesEncryptGCM, hmacSign, proto, type WAMessage } from 'baileys'
import { describe, expect, it } from 'vitest'
import { instanceIdOf } from '../../../test/support/outgoing-message.js'
import type { AnswerSecretPort } from './message-secret.js'
import { AnswerReader } from './answer-reader.js'
import { incomingMessageOf } from './incoming-message.js'

const own = { phone: '5511900000000', lid: '100' }
const ana = { lid: '200', phone: '5544999999999' }
const group = '12@g.us'
const messageSecret = new Uint8Array(32).fill(5)
const { MESSAGE_EDIT } = proto.Message.ProtocolMessage.Type
const types = proto.Message.SecretEncryptedMessage.SecretEncType

/** As WhatsApp's clients encrypt, by whatsmeow's `msgsecret.go`. */
function sealedEdit(
  inner: proto.IMessage,
  {
    use = 'Message Edit',
    names = '200@lid200@lid',
    key = { id: 'M1', remoteJid: group, participant: '200@lid' },
  }: { use?: 'Message Edit' | 'Event Edit'; names?: string; key?: proto.IMessageKey } = {},
): proto.IMessage {
  const sign = Buffer.concat([Buffer.from(`M1${names}${use}`), Buffer.of(1)])
  const secret = hmacSign(sign, hmacSign(messageSecret, new Uint8Array(32), 'sha256'), 'sha256')
  const encIv = new Uint8Array(12).fill(3)
  const plain = proto.Message.encode(inner).finish()
  const encPayload = aesEncryptGCM(plain, secret, encIv, new Uint8Array())
  const secretEncType = use === 'Event Edit' ? types.EVENT_EDIT : types.MESSAGE_EDIT
  return { secretEncryptedMessage: { targetMessageKey: key, encPayload, encIv, secretEncType } }
}

const edited = (editedMessage: proto.IMessage): proto.IMessage => ({
  protocolMessage: { key: { id: 'M1' }, type: MESSAGE_EDIT, editedMessage },
})

const said = (message: proto.IMessage, id = 'M2', participant = '200@lid'): WAMessage => ({
  key: { remoteJid: group, participant, id },
  message,
})
const original = said({ conversation: 'Olá', messageContextInfo: { messageSecret } }, 'M1')

function newDesk() {
  const secrets = new Map<string, Uint8Array>()
  const port: AnswerSecretPort = {
    keep: async (_, id, secret) => void (secrets.has(id) ? 0 : secrets.set(id, secret)),
    find: async (_, id) => secrets.get(id),
  }
  const desk = new AnswerReader(instanceIdOf('3A'), port, { findAnywhere: async () => undefined })
  return async (message: WAMessage, sender = ana) => {
    const plain = incomingMessageOf(message, own, 0)
    if (plain === undefined) return undefined
    return desk.read(message, { ...plain, sender }, (options) =>
      incomingMessageOf(message, own, 0, options),
    )
  }
}

describe('a sealed edit', () => {
  it.each(['200@lid200@lid', '5544999999999@s.whatsapp.net5544999999999@s.whatsapp.net'])(
    'is opened with the secret of its message, by the names %s',
    async (names) => {
      const read = newDesk()
      await read(original)
      const edit = sealedEdit(edited({ conversation: 'Olá!' }), { names })
      expect(await read(said(edit))).toMatchObject({
        editOf: 'M1',
        whatsappId: 'M2',
        content: { kind: 'text', text: 'Olá!' },
      })
    },
  )

  it('of a caption, and of an event, says what is there now', async () => {
    const read = newDesk()
    const imageMessage = { caption: 'antes', mimetype: 'image/png' }
    await read(said({ imageMessage, messageContextInfo: { messageSecret } }, 'M1'))
    const caption = sealedEdit(edited({ imageMessage: { ...imageMessage, caption: 'depois' } }))
    expect(await read(said(caption))).toMatchObject({
      content: { kind: 'image', caption: 'depois' },
    })
    const event = sealedEdit(
      { eventMessage: { name: 'Festa', isCanceled: true } },
      { use: 'Event Edit' },
    )
    expect(await read(said(event))).toMatchObject({
      editOf: 'M1',
      content: { kind: 'event', isCanceled: true },
    })
  })

  it('waits when its message did not come by, or another secret was used', async () => {
    const read = newDesk()
    const waiting = { editOf: 'M1', content: { kind: 'waiting' } }
    expect(await read(said(sealedEdit(edited({ conversation: 'x' }))))).toMatchObject(waiting)
    await read(original)
    const other = sealedEdit(edited({ conversation: 'x' }), { names: '200@lid300@lid' })
    expect(await read(said(other))).toMatchObject(waiting)
  })

  it('by another member, who has the secret too, is nothing', async () => {
    const read = newDesk()
    await read(original)
    const bia = { lid: '300', phone: '5533' }
    for (const key of [{ id: 'M1' }, { id: 'M1', participant: '300@lid' }]) {
      const edit = sealedEdit(edited({ conversation: 'x' }), { names: '200@lid300@lid', key })
      expect(await read(said(edit, 'M3', '300@lid'), bia)).toBeUndefined()
    }
    const claimed = sealedEdit(edited({ conversation: 'x' }), { names: '200@lid300@lid' })
    expect(await read(said(claimed, 'M4', '300@lid'), bia)).toBeUndefined()
  })
})
