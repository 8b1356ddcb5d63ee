import { Type } from 'typebox'
import { InvalidRequestError } from '../error-replies.js'
import { imageSourceOf } from '../from-zapi.js'
import { buttonAction, buttonOf, messageText, optionalText } from '../reading/buttons.js'
import { send, tooManyCodes } from '../send.js'

export const sendButtonActions = send({
  path: '/send-button-actions',
  takes: 'file',
  summary: 'Sends a text with buttons that open a link, call a number, copy a code, or answer it.',
  description:
    'REPLY cannot stand beside CALL or URL: phones show no button then. Web shows up to three of CALL and URL. If WhatsApp refuses the buttons, what they lead to goes as plain text.',
  body: {
    message: messageText,
    title: optionalText('Above the text.'),
    footer: optionalText('Below the text.'),
    image: Type.Optional(
      Type.String({
        description: 'Above the text: a URL, or base64 of at most 5 MB.',
        'x-file': 'image/*',
      }),
    ),
    buttonActions: Type.Array(buttonAction, {
      minItems: 1,
      maxItems: 20,
      description: 'One to twenty.',
    }),
  },
  example: {
    phone: '5511999999999',
    message: 'Fale conosco',
    buttonActions: [
      { id: '1', type: 'CALL', phone: '5511999990000', label: 'Ligar' },
      { id: '2', type: 'URL', url: 'https://example.com', label: 'Abrir o site' },
    ],
  },
  refusals: { 429: tooManyCodes },
  content: ({ message, title, footer, image, buttonActions }, { isAllowedAddress }) => {
    const buttons = buttonActions.map((action, index) =>
      buttonOf(action, index, `buttonActions.${index}`),
    )
    const replies = buttons.filter(({ kind }) => kind === 'reply').length
    if (replies > 0 && replies < buttons.length)
      throw new InvalidRequestError(
        'buttonActions mixes REPLY with CALL or URL. Send the two kinds in two messages.',
      )
    return {
      kind: 'buttons',
      text: message,
      title: title ?? '',
      footer: footer ?? '',
      image: image === undefined ? undefined : imageSourceOf(image, isAllowedAddress),
      buttons,
    }
  },
})
