import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { categoriesFor } from './categories-list.js'
import { category } from './profile-answer.js'

export const availableCategories = endpoint({
  method: 'GET',
  path: '/business/available-categories',
  tag: 'business',
  summary: 'Lists categories that a business profile can have.',
  description:
    'The main ones of WhatsApp, from a list that Recado brings with it. The finer ones are set on the phone.',
  query: {
    query: Type.Optional(
      Type.String({ maxLength: 100, description: 'A part of the name.', examples: ['serviço'] }),
    ),
  },
  answer: Type.Array(category, {
    description: 'All that fit.',
    examples: [
      [{ displayName: 'Outras empresas', label: 'OTHER_COMPANIES', id: '629412378414563' }],
    ],
  }),
  handle: async (_caller, { query }) => categoriesFor(query.query ?? ''),
})
