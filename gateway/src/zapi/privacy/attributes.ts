/** What the calls share that set who sees something of this number. */

import { type Static, Type } from 'typebox'
import type { Audience, ListChange, ListedSetting } from '../../domain/privacy.js'
import { personIn } from '../contacts/person.js'
import { success } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { InvalidRequestError } from '../error-replies.js'
import { noAnswer, notConnected } from '../refusals.js'

export const whoSees = {
  ALL: 'all',
  CONTACTS: 'contacts',
  NONE: 'none',
  CONTACT_BLACKLIST: 'all-but',
} as const satisfies Readonly<Record<string, Audience>>

/** A whole list of them at once is no change by hand. */
const mostChanges = 100

const change = Type.Object(
  {
    action: Type.Enum(['add', 'remove'], { description: 'Whether the person is left out.' }),
    phone: Type.Unknown({ description: 'A number with its country, or a LID.' }),
  },
  { description: 'One person.' },
)

export const contactsBlacklist = Type.Optional(
  Type.Array(change, {
    maxItems: mostChanges,
    description:
      'Changes of the list of those who are left out, with CONTACT_BLACKLIST alone. The rest of the list stays.',
  }),
)

export const privacyRefusals = { ...notConnected, ...noAnswer }

/** Throws `InvalidRequestError`. */
export function changesIn(
  audience: Audience,
  changes: readonly Static<typeof change>[] = [],
): readonly ListChange[] {
  if (changes.length > 0 && audience !== 'all-but')
    throw new InvalidRequestError('contactsBlacklist goes with CONTACT_BLACKLIST alone')
  return changes.map(({ action, phone }, index) => ({
    person: personAt(phone, index),
    isExcluded: action === 'add',
  }))
}

function personAt(phone: unknown, index: number) {
  try {
    return personIn(phone)
  } catch (cause) {
    throw new InvalidRequestError(
      `contactsBlacklist[${index}].phone is no person. Give a number with its country, such as 5511999999999.`,
      { cause },
    )
  }
}

/** Describes one call that sets who sees something: all of them are alike. */
export function visibility(definition: {
  readonly path: string
  readonly aliases?: readonly string[]
  readonly setting: ListedSetting
  readonly summary: string
}) {
  const { setting, ...rest } = definition
  return endpoint({
    method: 'POST',
    ...rest,
    tag: 'privacy',
    description:
      'For everyone, the contacts, no one, or the contacts without those on the list. WhatsApp applies it at once.',
    body: {
      visualizationType: Type.Enum(['ALL', 'CONTACTS', 'NONE', 'CONTACT_BLACKLIST'], {
        description: 'Who sees it.',
      }),
      contactsBlacklist,
    },
    example: { visualizationType: 'ALL' },
    audit: 'privacy-changed',
    answer: success,
    refusals: privacyRefusals,
    handle: async ({ instance }, { body }, { account }) => {
      const audience = whoSees[body.visualizationType]
      const changes = changesIn(audience, body.contactsBlacklist)
      await account.accountOf(instance.id).privacy.setAudience(setting, audience, changes)
      return { success: true }
    },
  })
}
