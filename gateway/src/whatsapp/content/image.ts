import type { ImageContent } from '../../domain/content/image.js'
import type { ToWire } from './wire-message.js'

export const imageToWire: ToWire<ImageContent> = ({ caption }, { uploaded }) => {
  const image = uploaded('image').imageMessage
  return { message: { imageMessage: { ...image, caption } }, additionalNodes: [] }
}
