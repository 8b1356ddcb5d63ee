import { type Static, Type } from 'typebox'
import type { Option } from '../../domain/content/option-list.js'
import { InvalidRequestError } from '../error-replies.js'
import { buttonId, idOf, label, messageText, optionalText } from '../reading/buttons.js'
import { send } from '../send.js'

const mostOptions = 100

const row = {
  id: buttonId,
  title: Type.String({
    minLength: 1,
    maxLength: 255,
    description: 'The option. Phones show about 24 characters.',
  }),
  description: optionalText('Below its title.'),
}
const rowObject = Type.Object(row)
type GivenRow = Static<typeof rowObject>

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
            ...row,
            rows: Type.Optional(
              Type.Array(Type.Object(row), {
                minItems: 1,
                maxItems: mostOptions,
                description: '**Ours.** The options of a section, whose heading is this title.',
              }),
            ),
          }),
          { minItems: 1, maxItems: mostOptions, description: 'One to a hundred.' },
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
    options: optionsIn(options),
  }),
})

/** Throws `InvalidRequestError`. */
function optionsIn(
  given: readonly (GivenRow & { readonly rows?: readonly GivenRow[] })[],
): readonly Option[] {
  const all = given.flatMap(({ rows, ...option }) =>
    rows === undefined ? [option] : rows.map((each) => ({ ...each, section: option.title })),
  )
  if (all.length > mostOptions)
    throw new InvalidRequestError(`optionList.options must have at most ${mostOptions} in all`)
  return all.map(({ id, title, description, ...rest }, index) => ({
    ...rest,
    id: idOf(id, index),
    title,
    description: description ?? '',
  }))
}
