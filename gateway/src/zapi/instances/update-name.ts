import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { nameIn } from './name-in.js'
import { valueBody } from './value-body.js'

export const updateName = endpoint({
  method: 'PUT',
  path: '/update-name',
  tag: 'instance',
  summary: 'Renames the instance.',
  description: 'The name is for people on your side: WhatsApp never sees it.',
  keepBlanks: true,
  body: valueBody('The new name.', { minLength: 1, maxLength: 255 }),
  example: { value: 'Loja do centro' },
  audit: 'instance-renamed',
  answer: value,
  handle: async ({ instance }, { body }, { instances }) => {
    await instances.rename(instance.id, nameIn(body.value))
    return { value: true }
  },
})
