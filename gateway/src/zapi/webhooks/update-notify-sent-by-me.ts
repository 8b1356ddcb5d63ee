import { Type } from 'typebox'
import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'

export const updateNotifySentByMe = endpoint({
  method: 'PUT',
  path: '/update-notify-sent-by-me',
  tag: 'webhooks',
  summary: 'Sets whether callbacks also tell what the number itself sends.',
  description: 'It comes as ReceivedCallback with `fromMe`.',
  keepBlanks: true,
  body: {
    notifySentByMe: Type.Boolean({
      description: 'Whether messages of this number come as ReceivedCallback too.',
    }),
    tellCodes: Type.Optional(
      Type.Boolean({
        description: '**Ours.** Whether these callbacks show codes; otherwise they are masked.',
      }),
    ),
  },
  example: { notifySentByMe: true },
  answer: value,
  handle: async ({ instance }, { body: { notifySentByMe, tellCodes } }, { instances }) => {
    await instances.updateSettings(instance.id, {
      notifySentByMe,
      ...(tellCodes === undefined ? {} : { tellCodes }),
    })
    return { value: true }
  },
})
