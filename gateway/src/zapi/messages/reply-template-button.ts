import { earlierId } from '../message-context.js'
import { givenButtonId } from '../reading/buttons.js'
import { send } from '../send.js'

export const replyTemplateButton = send({
  path: '/reply-template-button',
  takes: 'text',
  summary: 'Taps a button of a template.',
  description:
    'The author of the message sees the answer as a tap. A message or a button that is not known ends in a DeliveryCallback with the cause.',
  body: {
    responseTemplateButtonId: givenButtonId(
      'Of the button, as the callback of the message told it.',
    ),
    messageId: earlierId('The message with the button.'),
  },
  example: {
    phone: '5511999999999',
    responseTemplateButtonId: '1',
    messageId: '3EB0A25BD6C67CBA164D3F',
  },
  content: ({ responseTemplateButtonId, messageId }) => ({
    kind: 'button-answer',
    target: messageId,
    buttonId: String(responseTemplateButtonId),
    form: 'template',
  }),
})
