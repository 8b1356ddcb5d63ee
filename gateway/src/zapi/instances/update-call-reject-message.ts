import { Type } from 'typebox'
import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'

export const updateCallRejectMessage = endpoint({
  method: 'PUT',
  path: '/update-call-reject-message',
  tag: 'instance',
  summary: 'Sets the text that a rejected caller is sent.',
  description: 'Used only while calls are rejected.',
  keepBlanks: true,
  takes: 'text',
  body: {
    value: Type.String({
      maxLength: 4096,
      description: 'The text, sent through the queue. Empty text sends nothing.',
    }),
  },
  example: { value: 'Não atendemos ligações. Escreva para nós.' },
  audit: 'settings-changed',
  answer: value,
  handle: async ({ instance }, { body }, { instances }) => {
    await instances.updateSettings(instance.id, { rejectedCallText: body.value.trim() })
    return { value: true }
  },
})
