import type { OtpButtonContent } from '../../domain/content/otp-button.js'
import { bizNode } from './biz.js'
import { flowButton, headerWith, nativeFlow } from './native-flow.js'
import type { ToWire } from './wire-message.js'

/** The interactive message is unwrapped: Web and iOS do not find a button inside a wrapper. */
export const otpButtonToWire: ToWire<OtpButtonContent> = (content, { uploaded, shape, at }) => {
  const { text, buttonText, code, image } = content
  const media = image && uploaded('image')
  return {
    message: {
      interactiveMessage: {
        ...headerWith('', media),
        body: { text },
        nativeFlowMessage: nativeFlow([flowButton({ kind: 'copy', text: buttonText, code })]),
      },
    },
    additionalNodes: [bizNode(shape, at)],
  }
}
