/**
 * Remembers which numbers have no LID.
 *
 * Baileys asks WhatsApp for the LID of a number whenever it reads or writes a session, and remembers
 * only those that have one: for a number without, each message would cost half a dozen questions.
 */

import type { CacheStore, SocketConfig } from 'baileys'

type FindLids = NonNullable<Parameters<SocketConfig['makeSignalRepository']>[2]>

/** The same question, for what is not known to have none. */
export function rememberingNone(find: FindLids, without: CacheStore): FindLids {
  return async (numbers) => {
    const unknown: string[] = []
    for (const number of numbers)
      if ((await without.get(number)) === undefined) unknown.push(number)
    if (unknown.length === 0) return []
    const found = await find(unknown)
    // No answer at all says nothing.
    if (found === undefined) return undefined
    const has = new Set(found.map(({ pn }) => pn))
    for (const number of unknown) if (!has.has(number)) await without.set(number, true)
    return found
  }
}
