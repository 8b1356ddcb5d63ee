/** For how long instances had no node, by the hand-overs that the database has. */

import { cpus, loadavg } from 'node:os'
import { Client } from 'pg'
import type { Span } from './place.js'
import { nodeLeaseSeconds } from './world.js'

/** The lease ends, the next node looks, and connects: 20 s with a lease of 12. */
const promisedMs = nodeLeaseSeconds * 1_000 + 8_000

export interface Ownership {
  readonly handovers: number
  /** The longest time in ms in which a node could have taken an instance, and none did. */
  readonly longestUnownedMs: number
  /** Longer than the promise, on a machine that can do what it is asked to. */
  readonly isTooLong: boolean
}

/** `allDown`: when no node could take anything. `since`: in epoch milliseconds, hand-overs that began before do not count. */
export async function ownershipIn(
  url: string,
  allDown: readonly Span[],
  since: number,
): Promise<Ownership> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ since: number; taken: number }>(
      'select free_since::float as since, taken_at::float as taken from handover where free_since >= $1',
      [since],
    )
    const unowned = rows.map(
      ({ since: from, taken: to }) => to - from - within(allDown, { from, to }),
    )
    const longestUnownedMs = Math.round(Math.max(0, ...unowned))
    const load = Math.max(1, (loadavg()[0] ?? 0) / cpus().length)
    return {
      handovers: rows.length,
      longestUnownedMs,
      isTooLong: longestUnownedMs > promisedMs * load,
    }
  } finally {
    await client.end()
  }
}

/** The times that are in all of these lists. */
export function inAll(lists: readonly (readonly Span[])[]): readonly Span[] {
  const [first = [], ...rest] = lists
  return rest.reduce(
    (common, list) => common.flatMap((one) => list.flatMap((other) => overlap(one, other))),
    first,
  )
}

function overlap(one: Span, other: Span): readonly Span[] {
  const from = Math.max(one.from, other.from)
  const to = Math.min(one.to, other.to)
  return from < to ? [{ from, to }] : []
}

function within(spans: readonly Span[], span: Span): number {
  return spans
    .flatMap((each) => overlap(each, span))
    .reduce((sum, { from, to }) => sum + to - from, 0)
}
