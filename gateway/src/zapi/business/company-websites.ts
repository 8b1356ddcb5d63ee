import { Type } from 'typebox'
import { InvalidRequestError } from '../error-replies.js'
import { profileChange } from './profile-change.js'

/** Limits of WhatsApp. */
const mostWebsites = 2
const longestWebsite = 256

export const companyWebsites = profileChange({
  path: '/business/company-websites',
  summary: 'Changes the websites on the business profile.',
  body: {
    websites: Type.Optional(
      Type.Array(Type.String({ maxLength: longestWebsite }), {
        maxItems: mostWebsites,
        description: 'At most two, with https:// or http://. Empty or left out: they are cleared.',
      }),
    ),
  },
  example: { websites: ['https://example.com'] },
  change: ({ websites = [] }) => ({ websites: websites.map(websiteOf) }),
})

function websiteOf(given: string, index: number): string {
  const website = given.trim()
  if (/^https?:\/\//iu.test(website) && URL.canParse(website)) return website
  throw new InvalidRequestError(
    `websites[${index}] must be an address that begins with https:// or http://`,
  )
}
