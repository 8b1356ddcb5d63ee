/** Z-API's names of what an instance does not want to be told. */

import type { MessageTrait, Topic } from '../domain/muting.js'
import { InvalidRequestError } from './error-replies.js'

const topicFilters: ReadonlyMap<string, Topic> = new Map([
  ['FILTER_RECEIVED_CALLBACK', 'received'],
  ['FILTER_DELIVERY_CALLBACK', 'outcome'],
  ['FILTER_CONNECTED_CALLBACK', 'connected'],
  ['FILTER_DISCONNECTED_CALLBACK', 'disconnected'],
  ['FILTER_PRESENCE_CHAT_CALLBACK', 'presence'],
  ['FILTER_MESSAGE_STATUS_CALLBACK', 'status'],
])

const messageFilters: ReadonlyMap<string, MessageTrait> = new Map([
  ['FILTER_FROM_GROUP', 'in-group'],
  ['FILTER_FROM_PRIVATE_CHAT', 'in-private-chat'],
  ['FILTER_TEXT_MESSAGE', 'text'],
  ['FILTER_IMAGE_MESSAGE', 'image'],
  ['FILTER_VIDEO_MESSAGE', 'video'],
  ['FILTER_AUDIO_MESSAGE', 'audio'],
  ['FILTER_DOCUMENT_MESSAGE', 'document'],
])

/** `undefined` where nothing was given. Throws `InvalidRequestError`. */
export function topicsOf(given: FilterList): readonly Topic[] | undefined {
  return namedIn(given, 'callbackTypeFilters', topicFilters)
}

/** The same. */
export function messageTraitsOf(given: FilterList): readonly MessageTrait[] | undefined {
  return namedIn(given, 'messageFilters', messageFilters)
}

type FilterList = readonly unknown[] | null | undefined

function namedIn<Named>(
  given: FilterList,
  attribute: string,
  known: ReadonlyMap<string, Named>,
): readonly Named[] | undefined {
  if (given === undefined || given === null) return undefined
  const named = given.map((name, index) => {
    const meaning = typeof name === 'string' ? known.get(name) : undefined
    if (meaning !== undefined) return meaning
    const what = isFilterName(name) ? ` ${name}` : ''
    throw new InvalidRequestError(
      `${attribute}[${index}]: there is no filter${what}. Known are ${[...known.keys()].join(', ')}`,
    )
  })
  return [...new Set(named)]
}

/** Only what can be nothing else is repeated. */
function isFilterName(name: unknown): name is string {
  return typeof name === 'string' && /^[A-Z_]{1,64}$/u.test(name)
}
