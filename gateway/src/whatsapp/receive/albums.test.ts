/** Pictures that were sent together: WhatsApp says that an album comes, and sends each picture by itself. */

import { proto, type WAMessage } from 'baileys'
import { expect, it } from 'vitest'
import { incomingMessageOf } from './incoming-message.js'

const own = { phone: '5511900000000', lid: '100' }
const now = 1_777_494_009_341
const { MEDIA_ALBUM } = proto.MessageAssociation.AssociationType

const read = (id: string, message: proto.IMessage) => {
  const received: WAMessage = {
    key: { remoteJid: '200@lid', id },
    message: proto.Message.decode(proto.Message.encode(message).finish()),
    messageTimestamp: 1_777_494_000,
  }
  return incomingMessageOf(received, own, now)
}

const messageContextInfo = {
  messageAssociation: {
    associationType: MEDIA_ALBUM,
    parentMessageKey: { remoteJid: '200@lid', id: 'A1', fromMe: false },
  },
}
const file = { directPath: '/mms/image/x', mediaKey: new Uint8Array(32), mimetype: 'image/jpeg' }

it('tells nothing of the album itself, which has no content', () => {
  expect(read('A1', { albumMessage: { expectedImageCount: 2 } })).toBeUndefined()
})

it('tells each picture as a message, with its caption and its file', () => {
  const first = { imageMessage: { ...file, caption: 'Frente' }, messageContextInfo }
  const video = { videoMessage: { ...file, mimetype: 'video/mp4' }, messageContextInfo }
  expect(read('A2', first)).toMatchObject({
    whatsappId: 'A2',
    content: { kind: 'image', caption: 'Frente', mediaId: expect.any(String) },
    media: [{ path: '/mms/image/x' }],
  })
  expect(read('A3', video)).toMatchObject({ whatsappId: 'A3', content: { kind: 'video' } })
})

it('finds the picture inside the wrapper that some clients put around it', () => {
  const message = { imageMessage: { ...file, caption: 'Verso' } }
  expect(read('A4', { associatedChildMessage: { message }, messageContextInfo })).toMatchObject({
    content: { kind: 'image', caption: 'Verso' },
  })
})
