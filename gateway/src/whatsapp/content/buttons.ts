import type { ButtonsContent } from '../../domain/content/buttons.js'
import { bizNode } from './biz.js'
import { flowButton, headerWith, nativeFlow } from './native-flow.js'
import type { ToWire } from './wire-message.js'

export const buttonsToWire: ToWire<ButtonsContent> = (content, { uploaded, shape, at }) => {
  const { title, text, footer, image, buttons } = content
  const media = image && { imageMessage: uploaded('image').imageMessage ?? null }
  return {
    message: {
      interactiveMessage: {
        ...headerWith(title, media),
        body: { text },
        ...(footer === '' ? {} : { footer: { text: footer } }),
        nativeFlowMessage: nativeFlow(buttons.map(flowButton)),
      },
    },
    additionalNodes: [bizNode(shape, at)],
  }
}
