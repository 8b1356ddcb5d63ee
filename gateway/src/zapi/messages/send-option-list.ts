import { Type } from 'typebox'
import { buttonId, idOf, label, messageText, optionalText } from '../reading/buttons.js'
import { send } from '../send.js'

export const sendOptionList = send({
  path: '/send-option-list',
  takes: 'text',
  summary: 'Sends a text with a button that opens a list of options.',
  description:
    'A choice comes back as listResponseMessage. WhatsApp documents ten options; more are sent all the same. If WhatsApp refuses the list, the options go as numbered lines.',
  body: {
    message: messageText,
    optionList: Type.Object(
      {
        title: Type.String({
          minLength: 1,
          maxLength: 255,
          description: 'Above the text and above the options.',
        }),
        buttonLabel: label,
        options: Type.Array(
          Type.Object({
            id: buttonId,
            title: Type.String({
              minLength: 1,
              maxLength: 255,
              description: 'The option. Phones show about 24 characters.',
            }),
            description: optionalText('Below its title.'),
          }),
          { minItems: 1, maxItems: 100, description: 'One to a hundred.' },
        ),
      },
      { description: 'The list.' },
    ),
  },
  example: {
    phone: '5511999999999',
    message: 'Como podemos ajudar?',
    optionList: {
      title: 'Atendimento',
      buttonLabel: 'Ver opções',
      options: [
        { id: '1', title: 'Vendas', description: 'Comprar ou trocar' },
        { id: '2', title: 'Suporte' },
      ],
    },
  },
  content: ({ message, optionList: { title, buttonLabel, options } }) => ({
    kind: 'option-list',
    text: message,
    title,
    buttonText: buttonLabel,
    options: options.map((option, index) => ({
      id: idOf(option.id, index),
      title: option.title,
      description: option.description ?? '',
    })),
  }),
})
