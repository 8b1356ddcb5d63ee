/** Draws messages as a phone would get them: encoded to the bytes of the wire and decoded again. */

import { proto } from 'baileys'
import { type Change, isChange } from '../../src/draw/change.js'
import { draw, type DrawnMessage } from '../../src/draw/index.js'

export function throughWire(message: proto.IMessage): proto.IMessage {
  return proto.Message.decode(proto.Message.encode(proto.Message.fromObject(message)).finish())
}

/** Throws when the message changes another one instead of being shown. */
export function drawnOf(message: proto.IMessage): DrawnMessage {
  const drawn = draw(throughWire(message))
  if (isChange(drawn)) throw new Error('the message changes another one')
  return drawn
}

/** Throws when the message is shown instead of changing another one. */
export function changeOf(message: proto.IMessage): Change {
  const drawn = draw(throughWire(message))
  if (!isChange(drawn)) throw new Error('the message is shown')
  return drawn
}

/** The fields that name an encrypted file. */
export const anyFile = {
  url: 'https://127.0.0.1/mms/x',
  directPath: '/mms/x',
  mediaKey: new Uint8Array(32).fill(1),
  fileSha256: new Uint8Array(32).fill(2),
  fileEncSha256: new Uint8Array(32).fill(3),
  fileLength: 12,
} as const
