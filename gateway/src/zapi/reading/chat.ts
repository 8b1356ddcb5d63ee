/** A chat that exists already, in a path. */

import { Type } from 'typebox'
import { type ChatId, chatOf } from '../../domain/chat.js'
import { recipientOf } from '../from-zapi.js'

export const chatInPath = Type.String({
  maxLength: 100,
  description: 'A number with its country, a LID, a group or a channel.',
  examples: ['5511999999999'],
})

/** Channels and lists too, unlike `recipientOf`. Throws `InvalidRequestError`. */
export function chatIn(phone: string): ChatId {
  const text = phone.trim()
  const newsletter = /^(\d{1,30})@newsletter$/u.exec(text)?.[1]
  if (newsletter !== undefined) return { kind: 'newsletter', newsletter }
  const list = /^(\d{1,30})(?:@|-)broadcast$/u.exec(text)?.[1]
  if (list !== undefined) return { kind: 'broadcast', list }
  return chatOf(recipientOf(text))
}
