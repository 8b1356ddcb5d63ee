/** What the calls about groups read: which group, which people, which invitation. */

import { Type } from 'typebox'
import type { Recipient } from '../../domain/chat.js'
import { InvalidRequestError } from '../error-replies.js'
import { recipientOf } from '../from-zapi.js'

export const groupExample = '120363019502650977-group'
const mostPeople = 1_024
const linkPlace = 'https://chat.whatsapp.com/'

export const groupId = Type.Unknown({
  description: 'The id of the group, as in callbacks and in the list of groups.',
  examples: [groupExample],
})

/** In a path. */
export const groupInPath = Type.String({
  description: 'The id of the group, as in callbacks and in the list of groups.',
  examples: [groupExample],
})

export const phones = Type.Array(Type.Unknown(), {
  minItems: 1,
  maxItems: mostPeople,
  description: 'Numbers with their country, or LIDs (164354629388413@lid).',
})

export const invitationUrl = Type.String({
  minLength: 1,
  maxLength: 300,
  description: 'The invitation link, or its last part.',
  examples: ['https://chat.whatsapp.com/GONwbGGDkLe8BifUWwLgct'],
})

/** Also without `-group`, as communities are named, and as WhatsApp writes it. Throws `InvalidRequestError`. */
export function groupOf(given: unknown, attribute = 'groupId'): string {
  if (given === undefined)
    throw new InvalidRequestError(
      attribute === 'phone' ? 'Invalid phone' : `${attribute} is required`,
    )
  const text = typeof given === 'string' ? given.trim() : ''
  const digits = /^(\d{16,25})(?:@g\.us)?$/u.exec(text)?.[1]
  const asked = readRecipient(digits === undefined ? text : `${digits}-group`)
  if (asked?.kind === 'group') return asked.group
  throw new InvalidRequestError(
    `${attribute} is no group. Give its id as callbacks and GET /groups tell it, such as ${groupExample}.`,
  )
}

/** Throws `InvalidRequestError`. */
export function peopleIn(given: readonly unknown[]): readonly Recipient[] {
  return given.map((phone, index) => {
    const asked = readRecipient(phone)
    if (asked !== undefined && asked.kind !== 'group') return asked
    throw new InvalidRequestError(
      `phones[${index}] is no person. Give a number with its country, such as 5511999999999.`,
    )
  })
}

export function linkOf(code: string): string {
  return linkPlace + code
}

/** The last part of an invitation link. Throws `InvalidRequestError`. */
export function codeIn(url: string): string {
  const [place = ''] = url.trim().split(/[?#]/u)
  const code = /^(?:https?:\/\/)?(?:chat\.whatsapp\.com\/)?(?:invite\/)?([\w-]{8,64})\/?$/iu.exec(
    place,
  )?.[1]
  if (code !== undefined) return code
  throw new InvalidRequestError(
    'url is no invitation link. Give it as WhatsApp shows it: https://chat.whatsapp.com/… .',
  )
}

function readRecipient(given: unknown): Recipient | undefined {
  try {
    return recipientOf(given)
  } catch (cause) {
    if (cause instanceof InvalidRequestError) return undefined
    throw cause
  }
}
