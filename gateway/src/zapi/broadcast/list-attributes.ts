/** What the calls about broadcast lists read and answer. */

import { Type } from 'typebox'
import type { BroadcastList, Listed } from '../../directory/broadcast-lists.js'
import { chatOf, conversationKey } from '../../domain/chat.js'
import { InvalidRequestError, UnknownListError } from '../error-replies.js'
import { peopleIn } from '../groups/group-attributes.js'
import { phoneOf } from '../to-zapi.js'

/** WhatsApp's app takes no more into a list. */
const mostPeople = 256
const longestName = 100

const listExample = '1779474934@broadcast'

const nameOptions = { minLength: 1, maxLength: longestName, description: 'Of the list.' }

export const listName = Type.String(nameOptions)

export const listPhones = Type.Array(Type.Unknown(), {
  minItems: 1,
  maxItems: mostPeople,
  description: 'Numbers with their country, or LIDs (164354629388413@lid). At most 256.',
})

export const listInPath = {
  broadcastId: Type.String({
    maxLength: 32,
    description: 'The id of the list.',
    examples: [listExample],
  }),
}

export const listAnswerExample = {
  broadcastId: listExample,
  name: 'Clientes',
  phones: ['5511999999999'],
}

export const list = Type.Object(
  {
    broadcastId: Type.String({ description: 'The id of the list. Sends take it as phone.' }),
    name: Type.String({ description: 'Of the list.' }),
    phones: Type.Array(Type.String(), { description: 'Who is in it.' }),
  },
  { description: 'The list as it is now.', examples: [listAnswerExample] },
)

export function listAnswer({ id, name, people }: BroadcastList) {
  return {
    broadcastId: `${id}@broadcast`,
    name,
    phones: people.map((person) => phoneOf(person)),
  }
}

/** Each person once. Throws `InvalidRequestError`. */
export function listedIn(phones: readonly unknown[]): readonly Listed[] {
  const listed = new Map<string, Listed>()
  for (const person of peopleIn(phones)) {
    // `peopleIn` refuses groups.
    if (person.kind === 'group') continue
    const key = conversationKey(chatOf(person))
    if (!listed.has(key)) listed.set(key, person)
  }
  return [...listed.values()]
}

/** Throws `InvalidRequestError`. */
export function listNameIn(given: string): string {
  const name = given.trim()
  if (name === '') throw new InvalidRequestError('name is empty')
  return name
}

/** The digits of a list's id; `undefined` for everything else. */
export function listIdIn(given: unknown): string | undefined {
  const text = typeof given === 'string' ? given.trim() : ''
  return /^(\d{1,20})[@-]broadcast$/u.exec(text)?.[1]
}

/** Throws `UnknownListError`. */
export function listIdOf(given: string): string {
  const id = listIdIn(given)
  if (id === undefined) throw unknownList()
  return id
}

export function unknownList(): UnknownListError {
  return new UnknownListError(
    `This instance has no such broadcast list. GET /broadcast tells the ids, such as ${listExample}.`,
  )
}
