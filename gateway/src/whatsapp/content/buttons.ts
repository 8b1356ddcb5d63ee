import type { ButtonsContent } from '../../domain/content/buttons.js'
import { bizNode } from './biz.js'
import { flowButton, headerWith, nativeFlow } from './native-flow.js'
import type { ToWire } from './wire-message.js'

export const buttonsToWire: ToWire<ButtonsContent> = (content, { uploaded, shape, at }) => {
  const { title, text, footer, image, video, buttons } = content
  const media = image ? uploaded('image') : video && uploaded('video')
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
