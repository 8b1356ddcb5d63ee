/** The table `directory_channels`: the channels of a number, as WhatsApp told them last. */

import type { Database } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import type { Retention } from '../db/retention.js'
import type { InstanceId } from '../domain/instance.js'
import type { NewsletterInfo } from '../domain/newsletter.js'
import type { Clock } from '../runtime/clock.js'

export interface ChannelsOptions {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Pick<Clock, 'now'>
  readonly retention: Pick<Retention<number | undefined>, 'keepMs'>
}

export class Channels {
  readonly #options: ChannelsOptions

  constructor(options: ChannelsOptions) {
    this.#options = options
  }

  /** In place of what was told before. Safe to repeat. */
  async take(instanceId: InstanceId, channels: readonly NewsletterInfo[]): Promise<void> {
    const { database, vault, clock, retention } = this.#options
    if ((await retention.keepMs(instanceId)) === 0) return
    const values = {
      list_sealed: vault.seal(Buffer.from(JSON.stringify(channels)), contextOf(instanceId)),
      changed_at: clock.now(),
    }
    await database.query
      .insertInto('directory_channels')
      .values({ instance_id: instanceId, ...values })
      .onConflict((conflict) => conflict.column('instance_id').doUpdateSet(values))
      .execute()
  }

  /** `undefined`: they were never told. */
  async list(instanceId: InstanceId): Promise<readonly NewsletterInfo[] | undefined> {
    const { database, vault } = this.#options
    const row = await database.query
      .selectFrom('directory_channels')
      .select('list_sealed')
      .where('instance_id', '=', instanceId)
      .executeTakeFirst()
    if (row === undefined) return undefined
    return JSON.parse(Buffer.from(vault.open(row.list_sealed, contextOf(instanceId))).toString())
  }
}

const contextOf = (instanceId: InstanceId): string =>
  JSON.stringify(['directory_channels', instanceId])
