/** What we want said, as Baileys sends it: the content to encrypt, and the nodes beside it. */

import { randomBytes } from 'node:crypto'
import type { BinaryNode, proto } from 'baileys'
import type { PreparedContent } from '../domain/message.js'
import type { EpochMs } from '../domain/time.js'
import { type ButtonShape, bizNode, otpButtonMessage } from './otp-button.js'

export interface WireMessage {
  readonly message: proto.IMessage
  readonly additionalNodes: readonly BinaryNode[]
}

/** @param image the content's image after its upload; needed when the content has one */
export function toBaileys(
  content: PreparedContent,
  image: proto.Message.IImageMessage | undefined,
  shape: ButtonShape,
  at: EpochMs,
): WireMessage {
  if (content.image !== undefined && image === undefined)
    throw new TypeError('the image of the message was not uploaded')

  switch (content.kind) {
    case 'otp-button':
      return {
        message: otpButtonMessage(content, image),
        additionalNodes: [bizNode(shape, at, randomBytes(20).toString('hex'))],
      }
    case 'text':
      return {
        message: image
          ? { imageMessage: { ...image, caption: content.text } }
          : { extendedTextMessage: { text: content.text } },
        additionalNodes: [],
      }
  }
}
