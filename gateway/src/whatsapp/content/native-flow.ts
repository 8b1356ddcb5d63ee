/** Buttons as WhatsApp's clients take them from a linked device. */

import type { proto } from 'baileys'
import type { CardButton } from '../../domain/incoming-content.js'

type NativeFlow = proto.Message.InteractiveMessage.INativeFlowMessage
type Header = proto.Message.InteractiveMessage.IHeader

/** `parameters` as the client of that button reads them. */
export interface FlowButton {
  readonly name: string
  readonly parameters: object
}

export function nativeFlow(buttons: readonly FlowButton[]): NativeFlow {
  return {
    buttons: buttons.map(({ name, parameters }) => ({
      name,
      buttonParamsJson: JSON.stringify(parameters),
    })),
    messageParamsJson: '{}',
    // WhatsApp Web shows "open on your phone" when it is missing or above 1.
    messageVersion: 1,
  }
}

export function flowButton(button: CardButton): FlowButton {
  const display_text = button.text
  switch (button.kind) {
    case 'copy':
      return { name: 'cta_copy', parameters: { display_text, copy_code: button.code } }
    case 'reply':
      return { name: 'quick_reply', parameters: { display_text, id: button.id } }
    case 'url': {
      const { url } = button
      return { name: 'cta_url', parameters: { display_text, url, merchant_url: url } }
    }
    case 'call':
      return { name: 'cta_call', parameters: { display_text, phone_number: `+${button.phone}` } }
  }
}

/** `media` is an uploaded file. A header that does not parse costs the whole message on WhatsApp Web. */
export function headerWith(
  title: string,
  media: proto.IMessage | undefined,
): { readonly header?: Header } {
  if (media === undefined && title === '') return {}
  const { imageMessage, videoMessage } = media ?? {}
  return {
    header: {
      ...(title === '' ? {} : { title }),
      hasMediaAttachment: media !== undefined,
      ...(imageMessage && { imageMessage }),
      ...(videoMessage && { videoMessage }),
    },
  }
}
