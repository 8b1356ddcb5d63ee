import { profileChange, valueOf } from './profile-change.js'

/** WhatsApp takes no longer ones. */
const longestDescription = 512

export const companyDescription = profileChange({
  path: '/business/company-description',
  summary: 'Changes the description on the business profile.',
  body: { value: valueOf('The text.', longestDescription) },
  example: { value: 'Flores e plantas desde 1990' },
  change: ({ value }) => ({ description: value?.trim() ?? '' }),
})
