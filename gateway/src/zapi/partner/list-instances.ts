import { Type } from 'typebox'
import type { Instance } from '../../domain/instance.js'
import type { EventKind } from '../callback-urls.js'
import { connectionAnswer } from '../connection-answer.js'
import { disconnection as whyAway, disconnectionAnswer } from '../disconnection-answer.js'
import { accountEndpoint } from '../endpoint.js'
import { InvalidRequestError } from '../error-replies.js'
import type { Modules } from '../modules.js'
import { due, exampleId, exampleToken } from './shapes.js'

const defaultPageSize = 20
const largestPageSize = 200

const url = Type.String({ description: 'A callback URL; empty where none is set.' })
const listed = Type.Object({
  token: Type.String({ description: 'Its token.' }),
  tenant: Type.String({ description: 'Empty: there are no accounts.' }),
  created: Type.String({ description: 'When it was made, ISO 8601.' }),
  due: Type.Number({ description: 'Far ahead: nothing ends here.' }),
  paymentStatus: Type.String({ description: 'Always PAID: nothing is paid here.' }),
  deliveryCallbackUrl: url,
  receivedCallbackUrl: url,
  receivedAndDeliveryCallbackUrl: url,
  disconnectedCallbackUrl: url,
  connectedCallbackUrl: url,
  messageStatusCallbackUrl: url,
  presenceChatCallbackUrl: url,
  receivedStatusCallbackUrl: url,
  phoneConnected: Type.Boolean({ description: 'Whether its phone is linked and reached.' }),
  whatsappConnected: Type.Boolean({ description: 'Whether it can send now.' }),
  middleware: Type.String({ description: 'Always web.' }),
  name: Type.String({ description: 'Its name.' }),
  id: Type.String({ description: 'Its id.' }),
  disconnection: Type.Optional(whyAway),
})

export const listInstances = accountEndpoint({
  method: 'GET',
  path: '/instances',
  tag: 'partner',
  summary: 'Lists the instances with their tokens and callback URLs.',
  description: 'In pages, the oldest first.',
  query: {
    page: Type.Optional(Type.String({ description: 'From 1.', examples: ['1'] })),
    pageSize: Type.Optional(
      Type.String({ description: '20 if unset, at most 200.', examples: ['20'] }),
    ),
    query: Type.Optional(Type.String({ description: 'A part of the name or the id.' })),
    middleware: Type.Optional(
      Type.String({ description: 'web. Nothing here is mobile, so that lists nothing.' }),
    ),
  },
  answer: Type.Object(
    {
      total: Type.Integer({ description: 'How many were found.' }),
      totalPage: Type.Integer({ description: 'How many pages that makes.' }),
      pageSize: Type.Integer({ description: 'How many a page has.' }),
      page: Type.Integer({ description: 'Which page this is.' }),
      content: Type.Array(listed, { description: 'The instances of this page.' }),
    },
    {
      description: 'One page of instances.',
      examples: [
        {
          total: 1,
          totalPage: 1,
          pageSize: 20,
          page: 1,
          content: [
            {
              token: exampleToken,
              tenant: '',
              created: '2026-11-20T10:00:00.000Z',
              due: 4_102_444_800_000,
              paymentStatus: 'PAID',
              deliveryCallbackUrl: 'https://example.com/whatsapp',
              receivedCallbackUrl: '',
              receivedAndDeliveryCallbackUrl: '',
              disconnectedCallbackUrl: '',
              connectedCallbackUrl: '',
              messageStatusCallbackUrl: '',
              presenceChatCallbackUrl: '',
              receivedStatusCallbackUrl: '',
              phoneConnected: true,
              whatsappConnected: true,
              middleware: 'web',
              name: 'Minha instância',
              id: exampleId,
            },
          ],
        },
      ],
    },
  ),
  handle: async (_caller, { query }, modules) => {
    const page = positive(query.page, 'page') ?? 1
    const pageSize = Math.min(
      positive(query.pageSize, 'pageSize') ?? defaultPageSize,
      largestPageSize,
    )
    const found = (await modules.instances.list()).filter(
      (instance) => matches(instance, query.query) && query.middleware !== 'mobile',
    )
    const shown = found.slice((page - 1) * pageSize, page * pageSize)
    return {
      total: found.length,
      totalPage: Math.ceil(found.length / pageSize),
      pageSize,
      page,
      content: await Promise.all(shown.map((instance) => describe(instance, modules))),
    }
  },
})

async function describe(
  instance: Instance,
  { instances, webhooks, sessions }: Modules,
): Promise<object> {
  const endpoints = await webhooks.endpoints(instance.id)
  const { state, disconnection } = sessions.status(instance.id)
  const { connected, smartphoneConnected } = connectionAnswer(state)
  const urlOf = (kind: EventKind): string => endpoints.get(kind) ?? ''
  const { notifySentByMe } = instance.settings
  return {
    token: await instances.tokenOf(instance.id),
    tenant: '',
    created: new Date(instance.createdAt).toISOString(),
    due,
    paymentStatus: instance.cancelledAt === undefined ? 'PAID' : 'CANCELED',
    deliveryCallbackUrl: urlOf('message.sent'),
    receivedCallbackUrl: urlOf('message.received'),
    receivedAndDeliveryCallbackUrl: notifySentByMe ? urlOf('message.received') : '',
    disconnectedCallbackUrl: urlOf('instance.disconnected'),
    connectedCallbackUrl: urlOf('instance.connected'),
    messageStatusCallbackUrl: urlOf('message.status-changed'),
    presenceChatCallbackUrl: '',
    receivedStatusCallbackUrl: '',
    phoneConnected: smartphoneConnected,
    whatsappConnected: connected,
    middleware: 'web',
    name: instance.name,
    id: instance.id,
    ...(disconnection === undefined ? {} : { disconnection: disconnectionAnswer(disconnection) }),
  }
}

function matches(instance: Instance, query: string | undefined): boolean {
  if (query === undefined) return true
  const part = query.toLowerCase()
  return instance.name.toLowerCase().includes(part) || instance.id.toLowerCase().includes(part)
}

/** Z-API's own example ends in a slash, so only the digits in front count. */
function positive(text: string | undefined, attribute: string): number | undefined {
  if (text === undefined || text === '') return undefined
  const number = Number.parseInt(text, 10)
  if (number >= 1 && Number.isSafeInteger(number)) return number
  throw new InvalidRequestError(`${attribute} must be a whole number, at least 1`)
}
