/** How long a token or secret still counts after its successor was made. */

import { CommandError } from './gateway-client.js'
import type { Print } from './instance-commands.js'
import { parseSpan } from './span.js'

export const overlapOption = [
  '--overlap <time>',
  'how long the one before still counts, as 30m, 24h or 7d; 0: no longer',
  '24h',
] as const

/** In seconds. Throws `CommandError`. */
export function overlapOf({ overlap = '24h' }: { readonly overlap?: string }): number {
  const seconds = parseSpan(overlap)
  if (seconds === undefined)
    throw new CommandError('--overlap is a time such as 30m, 24h or 7d, or 0.')
  return seconds
}

export function printEnd(previousUntil: number | null, print: Print): void {
  print(
    previousUntil === null
      ? 'The one before does not count any more.'
      : `The one before counts until ${new Date(previousUntil).toISOString()}.`,
  )
}
