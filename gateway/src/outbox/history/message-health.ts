/**
 * How an instance does, from its messages of late: how long each step takes,
 * and what expired or was refused, over time.
 */

import type { Database } from '../../db/database.js'
import type { InstanceId } from '../../domain/instance.js'
import { wasSent } from '../../domain/message-status.js'
import type { EpochMs } from '../../domain/time.js'
import type { Clock } from '../../runtime/clock.js'
import { type HealthFigures, healthOf, type Passage } from './health-figures.js'
import { type MessageRow, sendsOf } from '../message-row.js'

export interface HealthWish {
  /** From this moment on. */
  readonly since: EpochMs
  /** How long one bar of the plot lasts. */
  readonly bucketMs: number
}

export interface Health extends HealthFigures {
  readonly since: EpochMs
  /** There were more messages than are read: the figures are those of the newest. */
  readonly isPartial: boolean
}

/** Reading and counting so many takes some 60 ms. */
const mostRead = 20_000

export class MessageHealth {
  readonly #database: Database
  readonly #clock: Pick<Clock, 'now'>

  constructor(options: { readonly database: Database; readonly clock: Pick<Clock, 'now'> }) {
    this.#database = options.database
    this.#clock = options.clock
  }

  async read(instanceId: InstanceId, { since, bucketMs }: HealthWish): Promise<Health> {
    const rows = await this.#database.query
      .selectFrom('message')
      .select(['status', 'failure', 'sends', 'accepted_at', 'sent_at', 'delivered_at'])
      .where('instance_id', '=', instanceId)
      .where('accepted_at', '>=', since)
      .orderBy('sequence', 'desc')
      .limit(mostRead)
      .$castTo<HealthRow>()
      .execute()
    const range = { since, until: this.#clock.now(), bucketMs }
    return {
      ...healthOf(rows.map(passageFrom), range),
      since,
      isPartial: rows.length === mostRead,
    }
  }
}

type HealthRow = Pick<
  MessageRow,
  'status' | 'failure' | 'sends' | 'accepted_at' | 'sent_at' | 'delivered_at'
>

function passageFrom(row: HealthRow): Passage {
  const refusal = sendsOf(row).findLast(({ outcome }) => outcome === 'refused')
  return {
    status: row.status,
    failure: row.failure ?? undefined,
    refusalCode: refusal?.refusalCode,
    acceptedAt: row.accepted_at,
    sentAt: wasSent(row.status) ? (row.sent_at ?? undefined) : undefined,
    deliveredAt: row.delivered_at ?? undefined,
  }
}
