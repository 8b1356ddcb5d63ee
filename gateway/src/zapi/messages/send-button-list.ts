import { Type } from 'typebox'
import { fileSourceOf, imageSourceOf } from '../from-zapi.js'
import { buttonId, idOf, label, messageText } from '../reading/buttons.js'
import { send } from '../send.js'
import { InvalidRequestError } from '../error-replies.js'

const file = (what: string, type: string) =>
  Type.Optional(
    Type.Union([Type.String(), Type.Null()], {
      description: `${what} above the text.`,
      'x-file': type,
    }),
  )

export const sendButtonList = send({
  path: '/send-button-list',
  aliases: ['/send-button-list-image', '/send-button-list-video'],
  takes: 'file',
  summary: 'Sends a text with buttons that answer it.',
  description:
    'A tap comes back as buttonsResponseMessage. Clients show up to three buttons; Web shows ten. If WhatsApp refuses them, the options go as numbered lines.',
  body: {
    message: messageText,
    buttonList: Type.Object(
      {
        image: file('An image: a URL, or base64 of at most 5 MB,', 'image/*'),
        video: file('A video: a URL, or base64,', 'video/*'),
        buttons: Type.Array(Type.Object({ id: buttonId, label }), {
          minItems: 1,
          maxItems: 20,
          description: 'One to twenty.',
        }),
      },
      { description: 'The buttons.' },
    ),
  },
  example: {
    phone: '5511999999999',
    message: 'Gostou do atendimento?',
    buttonList: {
      buttons: [
        { id: '1', label: 'Ótimo' },
        { id: '2', label: 'Excelente' },
      ],
    },
  },
  content: ({ message, buttonList: { image, video, buttons } }, { isAllowedAddress }) => {
    if (image && video)
      throw new InvalidRequestError('buttonList has an image and a video: send one of them')
    return {
      kind: 'buttons',
      text: message,
      title: '',
      footer: '',
      image: image ? imageSourceOf(image, isAllowedAddress, 'buttonList.image') : undefined,
      video: video ? fileSourceOf(video, isAllowedAddress, 'buttonList.video') : undefined,
      buttons: buttons.map(({ id, label: text }, index) => {
        return { kind: 'reply', text, id: idOf(id, index) } as const
      }),
    }
  },
})
