/**
 * The SQL of table `member_receipt`: how far each member of a group is with a
 * message of ours. The message itself stands where its first reader is.
 */

import { type Kysely, sql } from 'kysely'
import { eraseRows } from '../db/erase-rows.js'
import type { Schema } from '../db/schema.js'
import type { PersonId } from '../domain/chat.js'
import type { InstanceId } from '../domain/instance.js'
import type { WhatsappId } from '../domain/message.js'
import type { ReceiptStatus } from '../domain/message-status.js'
import type { EpochMs } from '../domain/time.js'

type Query = Kysely<Schema>

const progress: Readonly<Record<ReceiptStatus, number>> = {
  sent: 0,
  delivered: 1,
  read: 2,
  played: 3,
}

export interface MemberReceipt {
  readonly instanceId: InstanceId
  readonly whatsappId: WhatsappId
  readonly member: PersonId
  readonly status: ReceiptStatus
}

/**
 * Whether this member goes a step further with it; from then on they have.
 *
 * Of two that run it at the same moment for one member the second waits for
 * the first to commit and then compares with what that wrote.
 */
export async function advanceMember(
  query: Query,
  { instanceId, whatsappId, member, status }: MemberReceipt,
  now: EpochMs,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('member_receipt')
    .values({
      instance_id: instanceId,
      whatsapp_id: whatsappId,
      // WhatsApp names members by LID; their number may become known in between.
      member: member.lid === undefined ? `phone ${member.phone}` : `lid ${member.lid}`,
      progress: progress[status],
      received_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['instance_id', 'whatsapp_id', 'member'])
        .doUpdateSet((row) => ({ progress: row.ref('excluded.progress') }))
        .whereRef('member_receipt.progress', '<', 'excluded.progress'),
    )
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function forgetMembersBefore(query: Query, before: EpochMs): Promise<void> {
  await eraseRows(query, 'member_receipt', sql`received_at < ${before}`)
}
