import { profileChange, valueOf } from './profile-change.js'

/** WhatsApp takes no longer ones. */
const longestAddress = 256

export const companyAddress = profileChange({
  path: '/business/company-address',
  summary: 'Changes the address on the business profile.',
  body: { value: valueOf('The address.', longestAddress) },
  example: { value: 'Avenida Paulista, 1000, São Paulo' },
  change: ({ value }) => ({ address: value?.trim() ?? '' }),
})
