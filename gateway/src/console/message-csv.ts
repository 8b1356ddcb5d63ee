/** Found messages as a table in a file (RFC 4180), for spreadsheets. */

import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FoundMessage } from '../outbox/history/message-search.js'
import { nameOf } from './words.js'

const columns: readonly (readonly [
  heading: string,
  value: (message: FoundMessage, instanceName: string) => string | number | undefined,
])[] = [
  ['accepted', ({ acceptedAt }) => momentText(acceptedAt)],
  ['instance', (_message, name) => name],
  ['instanceId', ({ instanceId }) => instanceId],
  ['zaapId', ({ id }) => id],
  ['messageId', ({ whatsappId }) => whatsappId],
  ['phone', ({ recipient }) => nameOf(recipient)],
  ['kind', ({ kind }) => kind],
  ['priority', ({ priority }) => priority],
  ['status', ({ status }) => status],
  ['reason', ({ failure }) => failure],
  ['cause', ({ explanation }) => explanation],
  ['code', ({ code }) => code],
  ['sent', ({ sentAt }) => momentText(sentAt)],
  ['delivered', ({ deliveredAt }) => momentText(deliveredAt)],
  ['read', ({ readAt }) => momentText(readAt)],
  ['ended', ({ endedAt }) => momentText(endedAt)],
  ['attempts', ({ attempts }) => attempts],
]

const linesAtOnce = 200

/** Lines with a heading, some hundred at once. Codes are masked as in the listing. */
export async function* csvOf(
  messages: AsyncIterable<FoundMessage>,
  instanceNames: ReadonlyMap<string, string>,
): AsyncGenerator<string> {
  // Spreadsheets take a file without this mark for another encoding.
  let text = `\uFEFF${lineOf(columns.map(([heading]) => heading))}`
  let lines = 0
  for await (const message of messages) {
    const name = instanceNames.get(message.instanceId) ?? message.instanceId
    text += lineOf(columns.map(([, value]) => value(message, name)))
    lines += 1
    if (lines % linesAtOnce > 0) continue
    // Neither SQLite nor a fast reader gives the event loop a turn: no other call would be answered meanwhile.
    await nextTurn()
    yield text
    text = ''
  }
  yield text
}

function lineOf(values: readonly (string | number | undefined)[]): string {
  return `${values.map((value) => cellOf(String(value ?? ''))).join(',')}\r\n`
}

/** A spreadsheet computes what begins like a formula. */
function cellOf(text: string): string {
  const harmless = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text
  return /[",\r\n]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

function momentText(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString()
}
