import type { OtpButtonContent } from '../../domain/content/otp-button.js'
import { bizNode } from './biz.js'
import type { ToWire } from './wire-message.js'

/** The interactive message is unwrapped: Web and iOS do not find a button inside a wrapper. */
export const otpButtonToWire: ToWire<OtpButtonContent> = (content, { uploaded, shape, at }) => {
  const image = content.image && uploaded('image').imageMessage
  return {
    message: {
      interactiveMessage: {
        // A header that does not parse costs the whole message on WhatsApp Web.
        ...(image ? { header: { hasMediaAttachment: true, imageMessage: image } } : {}),
        body: { text: content.text },
        nativeFlowMessage: {
          buttons: [
            {
              name: 'cta_copy',
              buttonParamsJson: JSON.stringify({
                display_text: content.buttonText,
                copy_code: content.code,
              }),
            },
          ],
          messageParamsJson: '{}',
          // WhatsApp Web shows "open on your phone" when it is missing or above 1.
          messageVersion: 1,
        },
      },
    },
    additionalNodes: [bizNode(shape, at)],
  }
}
