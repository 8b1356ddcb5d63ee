import { Type } from 'typebox'
import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { InvalidRequestError } from '../error-replies.js'

export const updateNotifySentByMe = endpoint({
  method: 'PUT',
  path: '/update-notify-sent-by-me',
  tag: 'webhooks',
  summary: 'Sets whether callbacks also tell what the number itself sends.',
  description: 'They come as ReceivedCallback with `fromMe`. Off by default.',
  keepBlanks: true,
  body: {
    notifySentByMe: Type.Optional(
      Type.Boolean({
        description: 'Required. Whether messages of this number come as ReceivedCallback too.',
      }),
    ),
    value: Type.Optional(
      Type.Boolean({ description: 'Another name of notifySentByMe, used if that is not sent.' }),
    ),
    tellCodes: Type.Optional(
      Type.Boolean({
        description: '**Ours.** Whether these callbacks show codes; otherwise they are masked.',
      }),
    ),
  },
  example: { notifySentByMe: true },
  audit: 'settings-changed',
  answer: value,
  handle: async ({ instance }, { body }, { instances }) => {
    const { notifySentByMe = body.value, tellCodes } = body
    if (notifySentByMe === undefined) throw new InvalidRequestError('notifySentByMe is required')
    await instances.updateSettings(instance.id, {
      notifySentByMe,
      ...(tellCodes === undefined ? {} : { tellCodes }),
    })
    return { value: true }
  },
})
