import { InvalidRequestError } from '../error-replies.js'
import { profileChange, valueOf } from './profile-change.js'

/** WhatsApp takes no longer ones. */
const longestEmail = 128

export const companyEmail = profileChange({
  path: '/business/company-email',
  summary: 'Changes the e-mail address on the business profile.',
  body: { value: valueOf('The e-mail address.', longestEmail) },
  example: { value: 'loja@example.com' },
  change: ({ value }) => {
    const email = value?.trim() ?? ''
    if (email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(email))
      throw new InvalidRequestError('value is no e-mail address')
    return { email }
  },
})
