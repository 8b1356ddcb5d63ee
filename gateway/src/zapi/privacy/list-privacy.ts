import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { whoSees } from './attributes.js'
import { timers } from './messages-duration.js'

const audience = (what: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], description: what })

export const listPrivacy = endpoint({
  method: 'GET',
  path: '/privacy',
  tag: 'privacy',
  summary: 'Lists the privacy settings of this number and the people whom it blocks.',
  description:
    '**Ours.** From what WhatsApp told: read at each login, and heard since. It answers without a connection too. What is not known is null.',
  answer: Type.Object(
    {
      lastSeen: audience('ALL, CONTACTS, NONE or CONTACT_BLACKLIST.'),
      photo: audience('The same.'),
      description: audience('The same.'),
      groupAdd: audience('The same.'),
      online: audience('ALL or SAME_LAST_SEEN.'),
      readReceipts: Type.Unsafe<boolean | null>({
        type: ['boolean', 'null'],
        description: 'Whether others see what this number has read.',
      }),
      messagesDuration: audience('hours24, days7, days90 or disable, of new chats.'),
      blocked: Type.Unsafe<readonly string[] | null>({
        type: ['array', 'null'],
        items: { type: 'string' },
        description:
          'Numbers; the LID (164354629388413@lid) of a person whose number is not known.',
      }),
    },
    {
      description: 'What is known.',
      examples: [
        {
          lastSeen: 'CONTACTS',
          photo: 'ALL',
          description: 'ALL',
          groupAdd: 'CONTACT_BLACKLIST',
          online: 'SAME_LAST_SEEN',
          readReceipts: true,
          messagesDuration: 'days7',
          blocked: ['5511999999999'],
        },
      ],
    },
  ),
  handle: async ({ instance }, _input, { directory }) => {
    const facts = await directory.privacy.settings(instance.id)
    const blocked = await directory.privacy.list(instance.id, 'blocked')
    return {
      lastSeen: nameOf(whoSees, facts['last-seen']),
      photo: nameOf(whoSees, facts.picture),
      description: nameOf(whoSees, facts.about),
      groupAdd: nameOf(whoSees, facts['group-adds']),
      online: nameOf({ ALL: 'all', SAME_LAST_SEEN: 'as-last-seen' }, facts.online),
      readReceipts: facts.readReceipts ?? null,
      messagesDuration: nameOf(timers, facts.defaultTimer),
      blocked: blocked?.map(({ phone, lid }) => phone ?? `${lid}@lid`) ?? null,
    }
  },
})

/** Z-API's name of a value. */
function nameOf(names: Readonly<Record<string, unknown>>, value: unknown): string | null {
  if (value === undefined) return null
  return Object.entries(names).find(([, known]) => known === value)?.[0] ?? null
}
