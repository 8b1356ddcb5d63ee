/**
 * The SQL of table `alert_post`: the notices that are owed to the channels. Of each channel one goes after
 * the other, so that a recovery never overtakes its alert.
 */

import { type Kysely, sql } from 'kysely'
import type { Vault } from '../db/encryption.js'
import { eraseRows } from '../db/erase-rows.js'
import type { Schema } from '../db/schema.js'
import { type AlertChannel, alertChannels, type AlertNotice } from '../domain/alert.js'
import type { EpochMs } from '../domain/time.js'

type Query = Kysely<Schema>

/** The first that a channel is owed. */
export interface AlertPost {
  readonly sequence: number
  readonly channel: AlertChannel
  readonly attempts: number
  readonly nextAttemptAt: EpochMs
  readonly createdAt: EpochMs
  readonly noticeSealed: Uint8Array
}

/** A literal and not a parameter: only then the planners see that the partial index serves. */
const pending = sql.lit('pending' as const)

const contextOf = (id: string): string => `alert_post/${id}`

/** Seals what the channels are told, and stores it for each. */
export async function insertPosts(
  query: Query,
  vault: Pick<Vault, 'seal'>,
  notice: AlertNotice,
  channels: readonly AlertChannel[],
): Promise<void> {
  if (channels.length === 0) return
  await query
    .insertInto('alert_post')
    .values(
      channels.map((channel) => ({
        id: `${channel}/${notice.id}`,
        channel,
        notice_sealed: vault.seal(
          Buffer.from(JSON.stringify(notice)),
          contextOf(`${channel}/${notice.id}`),
        ),
        status: pending,
        attempts: 0,
        next_attempt_at: notice.at,
        last_error: null,
        created_at: notice.at,
        ended_at: null,
      })),
    )
    .execute()
}

export async function readHeads(
  query: Query,
): Promise<readonly (AlertPost & { readonly id: string })[]> {
  const heads: (AlertPost & { readonly id: string })[] = []
  for (const channel of alertChannels) {
    const row = await query
      .selectFrom('alert_post')
      .selectAll()
      .where('channel', '=', channel)
      .where('status', '=', pending)
      .orderBy('sequence')
      .limit(1)
      .executeTakeFirst()
    if (row === undefined) continue
    heads.push({
      id: row.id,
      sequence: row.sequence,
      channel,
      attempts: row.attempts,
      nextAttemptAt: row.next_attempt_at,
      createdAt: row.created_at,
      noticeSealed: row.notice_sealed ?? new Uint8Array(),
    })
  }
  return heads
}

/** Throws `MasterKeyError` when the bytes do not open. */
export function openNotice(
  vault: Pick<Vault, 'open'>,
  post: { readonly id: string; readonly noticeSealed: Uint8Array },
): AlertNotice {
  const notice: AlertNotice = JSON.parse(
    Buffer.from(vault.open(post.noticeSealed, contextOf(post.id))).toString(),
  )
  return notice
}

/**
 * Takes it for one attempt; false when another node has. It is tried again at `nextAttemptAt` if nothing is
 * recorded until then.
 */
export async function claimPost(
  query: Query,
  { sequence, attempts }: Pick<AlertPost, 'sequence' | 'attempts'>,
  nextAttemptAt: EpochMs,
): Promise<boolean> {
  const { numUpdatedRows } = await query
    .updateTable('alert_post')
    .set({ attempts: attempts + 1, next_attempt_at: nextAttemptAt })
    .where('sequence', '=', sequence)
    .where('attempts', '=', attempts)
    .where('status', '=', pending)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function recordPostFailed(
  query: Query,
  sequence: number,
  problem: string,
  nextAttemptAt: EpochMs,
): Promise<void> {
  await query
    .updateTable('alert_post')
    .set({ last_error: problem, next_attempt_at: nextAttemptAt })
    .where('sequence', '=', sequence)
    .where('status', '=', pending)
    .execute()
}

export async function endPost(
  query: Query,
  sequence: number,
  end: { readonly status: 'done' | 'dead'; readonly problem: string | null; readonly at: EpochMs },
): Promise<void> {
  await query
    .updateTable('alert_post')
    .set({ status: end.status, last_error: end.problem, ended_at: end.at, notice_sealed: null })
    .where('sequence', '=', sequence)
    .execute()
}

/** Removes what ended before `before`, and gives how many. */
export async function purgePosts(query: Query, before: EpochMs): Promise<number> {
  return eraseRows(query, 'alert_post', sql`ended_at < ${before}`)
}

/** How the last notice of each channel ended, or why it has not. */
export interface ChannelStanding {
  readonly channel: string
  readonly status: 'pending' | 'done' | 'dead'
  readonly at: EpochMs
  readonly problem?: string | undefined
}

export async function readChannels(query: Query): Promise<readonly ChannelStanding[]> {
  const rows = await query
    .selectFrom('alert_post')
    .innerJoin(
      (from) =>
        from
          .selectFrom('alert_post')
          .groupBy('channel')
          .select(({ fn }) => fn.max('sequence').as('last'))
          .as('newest'),
      (join) => join.onRef('newest.last', '=', 'alert_post.sequence'),
    )
    .select(['channel', 'status', 'created_at', 'last_error'])
    .execute()
  return rows.map(({ channel, status, created_at: at, last_error }) => ({
    channel,
    status,
    at,
    problem: last_error ?? undefined,
  }))
}
