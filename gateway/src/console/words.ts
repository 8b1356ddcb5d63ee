/** What pages write and read, in our words. */

import type { ChatId, Recipient } from '../domain/chat.js'
import { RefusedError } from './refusals.js'

/** A number as people write it, as digits. Whether it exists is not asked here. Throws `RefusedError`. */
export function phoneIn(text: string): string {
  const digits = text.replaceAll(/\D/gu, '')
  if (/^[\d\s()+./-]+$/u.test(text.trim()) && digits.length >= 7 && digits.length <= 20)
    return digits
  throw new RefusedError(
    400,
    'phone is not a number: write it with its country, as in +55 11 99999-9999',
  )
}

/** How an operator recognises a person. */
export function nameOf(recipient: Recipient): string {
  switch (recipient.kind) {
    case 'person':
      return recipient.phone
    case 'lid':
      return `${recipient.lid}@lid`
    case 'group':
      return `${recipient.group}-group`
    case 'newsletter':
      return `${recipient.newsletter}@newsletter`
    case 'status':
      return 'status@broadcast'
  }
}

/** How an operator recognises a chat. */
export function nameOfChat(chat: ChatId): string {
  if (chat.kind === 'broadcast') return `${chat.list}-broadcast`
  if (chat.kind !== 'person') return nameOf(chat)
  return chat.phone ?? `${chat.lid}@lid`
}

export function placeIn(before: string | undefined): number | undefined {
  return before === undefined ? undefined : Number(before)
}

type Present<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K]
} & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> }

/** As JSON will have it: what is undefined is not there. */
export function withoutAbsent<T extends object>(described: T): Present<T>
export function withoutAbsent(described: object): object {
  return Object.fromEntries(Object.entries(described).filter(([, value]) => value !== undefined))
}
