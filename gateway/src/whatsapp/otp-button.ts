/**
 * The wire shape of a message with a button that copies a code.
 *
 * Two parts make a button appear: an unwrapped `interactiveMessage` inside the
 * encrypted message, and exactly one `<biz>` beside it. Without the second the
 * server acknowledges, the phone receives, and nobody sees a button; with two
 * of them it is the same. So it is added here and nowhere else, and a resend
 * has to carry it again.
 */

import type { BinaryNode, proto } from 'baileys'
import type { EpochMs } from '../domain/time.js'

/**
 * How much stands in `<biz>`. `full` is the newest shape measured on real
 * phones; `minimal` is what other gateways send without any attribute. Nobody
 * has shown which of the attributes matter.
 */
export type ButtonShape = 'full' | 'minimal'

export interface OtpButton {
  readonly text: string
  readonly code: string
  readonly buttonText: string
}

/** `image` is an uploaded one: a header that does not parse costs the whole message on WhatsApp Web. */
export function otpButtonMessage(
  button: OtpButton,
  image: proto.Message.IImageMessage | undefined,
): proto.IMessage {
  return {
    interactiveMessage: {
      ...(image ? { header: { hasMediaAttachment: true, imageMessage: image } } : {}),
      body: { text: button.text },
      nativeFlowMessage: {
        buttons: [
          {
            name: 'cta_copy',
            buttonParamsJson: JSON.stringify({
              display_text: button.buttonText,
              copy_code: button.code,
            }),
          },
        ],
        messageParamsJson: '{}',
        // WhatsApp Web shows "open on your phone" when it is missing or above 1.
        messageVersion: 1,
      },
    },
  }
}

/**
 * The node beside the encrypted message. The name has to be `mixed`: literal
 * names such as `cta_copy` are refused or silently dropped.
 *
 * @param decisionId 40 hex digits, drawn anew for each message
 */
export function bizNode(shape: ButtonShape, at: EpochMs, decisionId: string): BinaryNode {
  const interactive: BinaryNode = {
    tag: 'interactive',
    attrs: { type: 'native_flow', v: '1' },
    content: [{ tag: 'native_flow', attrs: { v: '9', name: 'mixed' } }],
  }
  if (shape === 'minimal') return { tag: 'biz', attrs: {}, content: [interactive] }
  return {
    tag: 'biz',
    attrs: {
      actual_actors: '2',
      host_storage: '2',
      privacy_mode_ts: String(Math.floor(at / 1000)),
    },
    content: [
      interactive,
      {
        tag: 'quality_control',
        attrs: { decision_id: decisionId, source_type: 'third_party' },
        content: [{ tag: 'decision_source', attrs: { value: 'df' } }],
      },
    ],
  }
}
