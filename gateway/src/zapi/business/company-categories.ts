import { Type } from 'typebox'
import { categoryIdOf } from './categories-list.js'
import { profileChange } from './profile-change.js'

/** WhatsApp takes no more. */
const mostCategories = 3

export const companyCategories = profileChange({
  path: '/business/categories',
  summary: 'Changes the categories on the business profile.',
  body: {
    categories: Type.Array(Type.String({ minLength: 1, maxLength: 64 }), {
      minItems: 1,
      maxItems: mostCategories,
      description:
        'Ids or labels of GET /business/available-categories, or ids of GET /business/profile.',
    }),
  },
  example: { categories: ['RESTAURANT'] },
  change: ({ categories }) => ({ categories: categories.map(categoryIdOf) }),
})
