import { Type } from 'typebox'
import { value } from '../answer-schemas.js'
import { buttonForms } from '../../domain/instance.js'
import { endpoint } from '../endpoint.js'

export const updateButtonForm = endpoint({
  method: 'PUT',
  path: '/update-button-form',
  tag: 'instance',
  summary: 'Sets how messages with buttons and lists go.',
  description:
    '**Ours.** `buttons` (so it is unless set): as such; as plain text where WhatsApp refuses them, and lists in groups always, because they show on Android alone. `text`: as plain text. `both`: as such, and the plain text after it, as a message of its own. The DeliveryCallback tells the form.',
  body: { value: Type.Enum([...buttonForms], { description: 'From now on.' }) },
  example: { value: 'text' },
  audit: 'settings-changed',
  answer: value,
  handle: async ({ instance }, { body }, { instances }) => {
    await instances.updateSettings(instance.id, { buttonForm: body.value })
    return { value: true }
  },
})
