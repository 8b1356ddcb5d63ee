import { Type } from 'typebox'
import type { Receiver } from '../../webhooks/receivers.js'
import { endpoint } from '../endpoint.js'
import { orNull, typeNames } from './callback-entry.js'

const receiver = {
  url: Type.String({ description: 'Where it listens.' }),
  types: Type.Array(Type.String(), {
    description: 'The types of callback that go there; none if it is a former receiver.',
  }),
  pausedAt: orNull('integer', 'Since when it is paused, milliseconds since 1970.'),
  disabledAt: orNull(
    'integer',
    'Since when nothing goes there because it answered 410, milliseconds since 1970.',
  ),
  pending: Type.Integer({ description: 'How many callbacks wait for it.' }),
  failed: Type.Integer({ description: 'How many failed in the last 30 days.' }),
}

export const listReceivers = endpoint({
  method: 'GET',
  path: '/callbacks/receivers',
  anyNode: true,
  tag: 'webhooks',
  summary: 'Lists the receivers of callbacks.',
  description: '**Ours.** Each URL once, with what waits for it and what failed.',
  answer: Type.Object(
    { receivers: Type.Array(Type.Object(receiver), { description: 'By their URLs.' }) },
    {
      description: 'All of them.',
      examples: [
        {
          receivers: [
            {
              url: 'https://example.com/whatsapp',
              types: ['DeliveryCallback', 'ReceivedCallback'],
              pausedAt: null,
              disabledAt: null,
              pending: 0,
              failed: 1,
            },
          ],
        },
      ],
    },
  ),
  handle: async ({ instance }, _input, { receivers }) => ({
    receivers: (await receivers.list(instance.id)).map(describe),
  }),
})

function describe({ url, kinds, pausedAt, disabledAt, pending, dead }: Receiver): object {
  return {
    url,
    types: [...new Set(kinds.map((kind) => typeNames[kind]))],
    pausedAt: pausedAt ?? null,
    disabledAt: disabledAt ?? null,
    pending,
    failed: dead,
  }
}
