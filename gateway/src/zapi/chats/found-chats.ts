/**
 * Finds chats by a part of their name or number, the one that was last talked in first.
 *
 * Names are sealed, so no index has them: the chats are read in portions, and other calls are answered between two.
 */

import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Directory } from '../../directory/directory.js'
import type { KnownChat, Page } from '../../domain/directory.js'
import type { InstanceId } from '../../domain/instance.js'
import { phoneOf } from '../to-zapi.js'
import { contactsOf, nameOf } from './chat-answer.js'

/** 4 ms with SQLite, with the names of their people: 70 ms for 2,000 chats. */
const chatsAtOnce = 100
/** Chats that were last talked in before these are not looked at. */
export const mostSearched = 20_000

export async function foundChats(
  directory: Directory,
  instanceId: InstanceId,
  sought: string,
  { offset, limit }: Page,
): Promise<readonly KnownChat[]> {
  const isSought = matcherOf(sought)
  const found: KnownChat[] = []
  for (let from = 0; from < mostSearched && found.length < offset + limit; from += chatsAtOnce) {
    const chats = await directory.chats.list(instanceId, { offset: from, limit: chatsAtOnce })
    const ids = chats.map(({ chat }) => chat)
    const contactOf = await contactsOf(directory, instanceId, ids)
    found.push(
      ...chats.filter((each) => isSought(phoneOf(each.chat), nameOf(each, contactOf(each.chat)))),
    )
    if (chats.length < chatsAtOnce) break
    await nextTurn()
  }
  return found.slice(offset, offset + limit)
}

/** Digits are also sought in the number. Case and accents do not count. */
function matcherOf(sought: string): (phone: string, name: string) => boolean {
  const part = plain(sought)
  const isNumber = /^\+?[\d\s().-]+$/u.test(sought)
  const digits = isNumber ? sought.replaceAll(/\D/gu, '') : ''
  return (phone, name) =>
    plain(name).includes(part) || phone.includes(digits === '' ? part : digits)
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
