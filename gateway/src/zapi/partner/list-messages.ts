import { type TSchema, Type } from 'typebox'
import { contentKinds } from '../../domain/content/index.js'
import { failureReasons } from '../../domain/gateway-event.js'
import { isInstanceId } from '../../domain/instance.js'
import { messageStatuses } from '../../domain/message-status.js'
import { priorities } from '../../domain/priority.js'
import type { FoundMessage, SearchWish } from '../../outbox/history/message-search.js'
import { ids, sentExample } from '../answer-schemas.js'
import { accountEndpoint } from '../endpoint.js'
import { InvalidRequestError } from '../error-replies.js'
import { statusNames } from '../messages/find-message.js'
import { wholeNumber } from '../paging.js'
import { phoneOf, sendAnswer } from '../to-zapi.js'
import { moment, timeIn, orNull } from '../webhooks/callback-entry.js'
import { exampleId } from './shapes.js'

const usualLimit = 100
const largestLimit = 500

const word = (description: string, example: string) =>
  Type.Optional(Type.String({ maxLength: 500, description, examples: [example] }))

const query = {
  search: Type.Optional(
    Type.String({
      maxLength: 200,
      description:
        'A number or a part of one, a `zaapId` or `messageId`, or a part of the `cause`.',
    }),
  ),
  instanceId: Type.Optional(Type.String({ maxLength: 64, description: 'Of one instance.' })),
  status: word('Statuses with commas: those of `GET messages/{zaapId}`.', 'FAILED,EXPIRED'),
  kind: word('Kinds of content with commas.', 'otp-button,text'),
  reason: word('Reasons of failures with commas.', 'refused'),
  priority: word('Priorities with commas.', 'high'),
  since: Type.Optional(
    Type.String({ maxLength: 40, description: `Accepted then or later: ${moment}` }),
  ),
  until: Type.Optional(
    Type.String({ maxLength: 40, description: `Accepted before that: ${moment}` }),
  ),
  after: Type.Optional(
    Type.String({ maxLength: 15, description: 'The `next` of the page before.' }),
  ),
  limit: Type.Optional(
    Type.String({ maxLength: 4, description: 'How many, at most 500. 100 if it is not given.' }),
  ),
}

const at = (description: string): TSchema =>
  Type.Optional(Type.Integer({ description: `${description}, milliseconds since 1970.` }))

const listed = Type.Object({
  ...ids,
  instanceId: Type.String({ description: 'Whose message it is.' }),
  phone: Type.String({ description: 'As it was written to.' }),
  kind: orNull('string', 'The kind of its content; null where an older version accepted it.'),
  priority: Type.Enum([...priorities], { description: 'Its priority.' }),
  status: Type.Enum(Object.values(statusNames), { description: 'Where it stands.' }),
  reason: Type.Optional(Type.String({ description: 'Why it was not sent, for programs.' })),
  cause: Type.Optional(Type.String({ description: 'Why it was not sent, for people.' })),
  acceptedAt: Type.Integer({ description: 'When it was stored, milliseconds since 1970.' }),
  sentAt: at('When WhatsApp took it'),
  receivedAt: at('When it was delivered'),
  readAt: at('When it was read'),
  endedAt: at('When it failed, expired or was cancelled'),
  attempts: Type.Integer({ description: 'How often it was given to WhatsApp.' }),
})

export const listMessages = accountEndpoint({
  method: 'GET',
  path: '/instances/integrator/messages',
  tag: 'partner',
  summary: 'Finds messages of all instances.',
  description:
    '**Ours.** The newest first, without what they said. Each condition that is given must hold.',
  query,
  answer: Type.Object(
    {
      messages: Type.Array(listed, { description: 'This page.' }),
      next: orNull('string', 'Asks for the next page as `after`; null on the last one.'),
      total: orNull('integer', 'How many there are, at most 200,000; null on later pages.'),
    },
    {
      description: 'One page.',
      examples: [
        {
          messages: [
            {
              ...sentExample,
              instanceId: exampleId,
              phone: '5511999999999',
              kind: 'otp-button',
              priority: 'normal',
              status: 'RECEIVED',
              acceptedAt: 1_795_600_000_000,
              sentAt: 1_795_600_001_300,
              receivedAt: 1_795_600_002_100,
              attempts: 1,
            },
          ],
          next: null,
          total: 1,
        },
      ],
    },
  ),
  handle: async (_caller, input, { search }) => {
    const { after } = input.query
    if (after !== undefined && !/^\d{1,15}$/u.test(after))
      throw new InvalidRequestError('after must be the next of the page before')
    const before = after === undefined ? undefined : Number(after)
    const limit = Math.min(wholeNumber(input.query.limit, 'limit') ?? usualLimit, largestLimit)
    const wish = wishIn(input.query)
    const [page, total] = await Promise.all([
      search.page(wish, { before, limit }),
      before === undefined ? search.count(wish) : null,
    ])
    const last = page.length < limit ? undefined : page.at(-1)
    return { messages: page.map(describe), next: last ? String(last.sequence) : null, total }
  },
})

type Asked = { readonly [name in keyof typeof query]?: string | undefined }

function wishIn({ instanceId, search, since, until, ...lists }: Asked): SearchWish {
  if (instanceId !== undefined && !isInstanceId(instanceId))
    throw new InvalidRequestError('instanceId must be the id of an instance')
  const text = search?.trim()
  return {
    instanceId,
    text: text === '' ? undefined : text,
    statuses: someOf(messageStatuses, lists.status, 'status', (status) => statusNames[status]),
    kinds: someOf(contentKinds, lists.kind, 'kind'),
    reasons: someOf(failureReasons, lists.reason, 'reason'),
    priorities: someOf(priorities, lists.priority, 'priority'),
    since: since === undefined ? undefined : timeIn(since),
    until: until === undefined ? undefined : timeIn(until, 'until'),
  }
}

/** Words of a list with commas. Throws `InvalidRequestError`. */
function someOf<T extends string>(
  all: readonly T[],
  text: string | undefined,
  attribute: string,
  nameOf: (one: T) => string = (one) => one,
): readonly T[] | undefined {
  if (text === undefined || text === '') return undefined
  return text.split(',').map((part) => {
    const known = all.find((one) => nameOf(one) === part.trim())
    if (known !== undefined) return known
    const words = all.map(nameOf).join(', ')
    throw new InvalidRequestError(`${attribute} must be some of ${words}, with commas`)
  })
}

function describe(message: FoundMessage): object {
  return {
    ...sendAnswer(message),
    instanceId: message.instanceId,
    phone: phoneOf(message.recipient),
    kind: message.kind ?? null,
    priority: message.priority,
    status: statusNames[message.status],
    reason: message.failure,
    cause: message.explanation,
    acceptedAt: message.acceptedAt,
    sentAt: message.sentAt,
    receivedAt: message.deliveredAt,
    readAt: message.readAt,
    endedAt: message.endedAt,
    attempts: message.attempts,
  }
}
