import { Type } from 'typebox'
import { value } from '../answer-schemas.js'
import { messageTraitsOf, topicsOf } from '../callback-filters.js'
import { endpoint } from '../endpoint.js'

const filterList = (names: string) =>
  Type.Optional(
    Type.Unsafe<readonly unknown[] | null>({
      type: ['array', 'null'],
      maxItems: 100,
      description: `What is not told: ${names}. An empty list filters nothing; left out, it stays as it is.`,
    }),
  )

export const updateFilters = endpoint({
  method: 'PUT',
  path: '/update-filters',
  tag: 'webhooks',
  summary: 'Sets which callbacks are not sent.',
  description: 'Each name takes away what it names; unknown names are refused.',
  keepBlanks: true,
  body: {
    messageFilters: filterList(
      'FILTER_FROM_GROUP, FILTER_FROM_PRIVATE_CHAT, FILTER_TEXT_MESSAGE, FILTER_IMAGE_MESSAGE, FILTER_VIDEO_MESSAGE, FILTER_AUDIO_MESSAGE, FILTER_DOCUMENT_MESSAGE',
    ),
    callbackTypeFilters: filterList(
      'FILTER_RECEIVED_CALLBACK, FILTER_DELIVERY_CALLBACK, FILTER_MESSAGE_STATUS_CALLBACK, FILTER_CONNECTED_CALLBACK, FILTER_DISCONNECTED_CALLBACK, FILTER_PRESENCE_CHAT_CALLBACK',
    ),
  },
  example: {
    messageFilters: ['FILTER_FROM_GROUP'],
    callbackTypeFilters: ['FILTER_PRESENCE_CHAT_CALLBACK'],
  },
  audit: 'settings-changed',
  answer: value,
  handle: async ({ instance }, { body }, { instances }) => {
    const topics = topicsOf(body.callbackTypeFilters)
    const messages = messageTraitsOf(body.messageFilters)
    await instances.changeSettings(instance.id, ({ muted }) => ({
      muted: { topics: topics ?? muted.topics, messages: messages ?? muted.messages },
    }))
    return { value: true }
  },
})
