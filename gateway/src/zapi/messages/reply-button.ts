import { earlierId } from '../message-context.js'
import { givenButtonId } from '../reading/buttons.js'
import { send } from '../send.js'

export const replyButton = send({
  path: '/reply-button',
  takes: 'text',
  summary: 'Taps a button of a message that has buttons to answer it.',
  description:
    'The author of the message sees the answer as a tap. A message or a button that is not known ends in a DeliveryCallback with the cause.',
  body: {
    responseButtonId: givenButtonId('Of the button, as the callback of the message told it.'),
    messageId: earlierId('The message with the button.'),
  },
  example: { phone: '5511999999999', responseButtonId: '1', messageId: '3EB0A25BD6C67CBA164D3F' },
  content: ({ responseButtonId, messageId }) => ({
    kind: 'button-answer',
    target: messageId,
    buttonId: String(responseButtonId),
    form: 'as-asked',
  }),
})
