/** The table `directory_group`: groups with their members, as WhatsApp told them last. */

import type { Database, Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import type { Page } from '../domain/directory.js'
import type { GroupInfo } from '../domain/group.js'
import type { InstanceId } from '../domain/instance.js'
import type { Clock } from '../runtime/clock.js'

export interface GroupsOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Pick<Clock, 'now'>
}

/** A group of 1,024 members takes some 60 KB. */
const groupsAtOnce = 50

export class Groups {
  readonly #options: GroupsOptions

  constructor(options: GroupsOptions) {
    this.#options = options
  }

  /** Safe to repeat. */
  async put(
    instanceId: InstanceId,
    groups: readonly GroupInfo[],
    { query }: Pick<Transaction, 'query'>,
  ): Promise<void> {
    const changed_at = this.#options.clock.now()
    const different = [...new Map(groups.map((group) => [group.group, group])).values()]
    for (let start = 0; start < different.length; start += groupsAtOnce)
      await query
        .insertInto('directory_group')
        .values(
          different.slice(start, start + groupsAtOnce).map((info) => ({
            instance_id: instanceId,
            group_id: info.group,
            is_community: Number(info.isCommunity),
            info_sealed: this.#options.vault.seal(
              Buffer.from(JSON.stringify(info)),
              contextOf(instanceId, info.group),
            ),
            changed_at,
          })),
        )
        .onConflict((conflict) =>
          conflict.columns(['instance_id', 'group_id']).doUpdateSet((row) => ({
            is_community: row.ref('excluded.is_community'),
            info_sealed: row.ref('excluded.info_sealed'),
            changed_at,
          })),
        )
        .execute()
  }

  /** The number is no longer in them. */
  async remove(
    instanceId: InstanceId,
    groups: readonly string[],
    { query }: Pick<Transaction, 'query'>,
  ): Promise<void> {
    if (groups.length === 0) return
    await query
      .deleteFrom('directory_group')
      .where('instance_id', '=', instanceId)
      .where('group_id', 'in', groups)
      .execute()
  }

  /** All that are known and do not stand in `groups` are removed: WhatsApp told the whole list. */
  async keepOnly(
    instanceId: InstanceId,
    groups: readonly string[],
    transaction: Pick<Transaction, 'query'>,
  ): Promise<void> {
    const rows = await transaction.query
      .selectFrom('directory_group')
      .select('group_id')
      .where('instance_id', '=', instanceId)
      .execute()
    const present = new Set(groups)
    const gone = rows.map(({ group_id: id }) => id).filter((id) => !present.has(id))
    await this.remove(instanceId, gone, transaction)
  }

  /** By id; groups, or the communities that hold some. */
  async list(
    instanceId: InstanceId,
    { offset, limit }: Page,
    wanted: 'groups' | 'communities' = 'groups',
  ): Promise<readonly GroupInfo[]> {
    const { query } = this.#options.database
    const rows = await query
      .selectFrom('directory_group')
      .select(['group_id', 'info_sealed'])
      .where('instance_id', '=', instanceId)
      .where('is_community', '=', Number(wanted === 'communities'))
      .orderBy('group_id')
      .limit(limit)
      .offset(offset)
      .execute()
    return rows.map((row) => this.#infoOf(instanceId, row))
  }

  async find(instanceId: InstanceId, group: string): Promise<GroupInfo | undefined> {
    const row = await this.#options.database.query
      .selectFrom('directory_group')
      .select(['group_id', 'info_sealed'])
      .where('instance_id', '=', instanceId)
      .where('group_id', '=', group)
      .executeTakeFirst()
    return row && this.#infoOf(instanceId, row)
  }

  #infoOf(
    instanceId: InstanceId,
    { group_id: id, info_sealed: sealed }: { group_id: string; info_sealed: Uint8Array },
  ): GroupInfo {
    const opened = this.#options.vault.open(sealed, contextOf(instanceId, id))
    return JSON.parse(Buffer.from(opened).toString())
  }
}

const contextOf = (instanceId: InstanceId, group: string) =>
  JSON.stringify(['directory_group', instanceId, group])
