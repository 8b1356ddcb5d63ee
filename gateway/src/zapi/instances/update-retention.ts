import { Type } from 'typebox'
import { value } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'

const days = (minimum: number, maximum: number, description: string) =>
  Type.Optional(
    Type.Unsafe<number | null>({ type: ['integer', 'null'], minimum, maximum, description }),
  )

export const updateRetention = endpoint({
  method: 'PUT',
  path: '/update-retention',
  tag: 'instance',
  summary: 'Sets how long this number keeps messages, links to files, chats and contacts.',
  description:
    '**Ours.** In days. What is not named stays as it is; null is what the gateway says (RECADO_KEEP_MESSAGES_DAYS, RECADO_KEEP_MEDIA_LINKS_DAYS, RECADO_KEEP_DIRECTORY_DAYS). A shorter time counts for what is kept already, within ten minutes, except for messages that an earlier version kept; a longer one for what comes from then on.',
  // Null takes the own value away.
  keepBlanks: true,
  body: {
    keepMessagesDays: days(
      0,
      365,
      'Messages, so that a later one can answer, edit, forward, pin or delete them. 0: none is kept. Polls and events stay at least 90 days.',
    ),
    keepMediaLinksDays: days(1, 365, 'Links to the files of received messages.'),
    keepDirectoryDays: days(
      0,
      3_650,
      'Chats, contacts and groups, after they last changed. 0: none is kept.',
    ),
  },
  example: { keepMessagesDays: 7, keepMediaLinksDays: 7, keepDirectoryDays: 90 },
  audit: 'settings-changed',
  answer: value,
  handle: async ({ instance }, { body }, { instances }) => {
    const { keepMessagesDays, keepMediaLinksDays, keepDirectoryDays } = body
    await instances.updateSettings(instance.id, {
      ...(keepMessagesDays !== undefined && { keepMessagesDays }),
      ...(keepMediaLinksDays !== undefined && { keepMediaLinksDays }),
      ...(keepDirectoryDays !== undefined && { keepDirectoryDays }),
    })
    return { value: true }
  },
})
