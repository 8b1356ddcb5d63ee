/** Which instances have a receiver for their callbacks, and whether one is paused. */

import type { Database } from '../db/database.js'

export class ReceiverPlaces {
  readonly #database: Database

  constructor({ database }: { readonly database: Database }) {
    this.#database = database
  }

  /** An instance without a receiver is missing. */
  async all(): Promise<ReadonlyMap<string, { readonly isPaused: boolean }>> {
    const { query } = this.#database
    const [set, paused] = await Promise.all([
      query.selectFrom('callback_endpoint').select('instance_id').distinct().execute(),
      query.selectFrom('paused_receiver').select('instance_id').distinct().execute(),
    ])
    const pausedIds = new Set<string>(paused.map((row) => row.instance_id))
    const ids = new Set<string>([...set.map((row) => row.instance_id), ...pausedIds])
    return new Map([...ids].map((id) => [id, { isPaused: pausedIds.has(id) }]))
  }
}
