/**
 * The identity and Signal keys of each instance's linked device, sealed.
 *
 * A change is one transaction: a ratchet that moved without its message, or
 * half of a pre-key upload, breaks the session for good.
 */

import type { Database, Transaction } from '../db/database.js'
import type { Vault } from '../db/encryption.js'
import { byShape, prepared } from '../db/prepared.js'
import type { LinkMarks } from '../domain/disconnection.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'

/** What is written together. */
export interface CredentialChange {
  readonly identity?: Uint8Array | undefined
  readonly keys: readonly {
    readonly type: string
    readonly id: string
    /** `undefined` deletes the key. */
    readonly value: Uint8Array | undefined
  }[]
}

/**
 * Where a pairing leaves something. Not `answer_secret`: a poll or an edit belongs to the chat, and a
 * number that is linked again still reads the answers.
 */
const tablesOfPairing = ['credential', 'signal_key', 'registration', 'resend_copy'] as const

/** An upload brings 812 keys at once; each takes four of the 32,766 variables that SQLite allows. */
const rowsAtOnce = 500

interface KeyRow {
  readonly instance_id: InstanceId
  readonly type: string
  readonly id: string
  readonly value_sealed: Uint8Array
}

const upsertMany = byShape((_count: number) =>
  prepared((query, { rows }: { readonly rows: readonly KeyRow[] }) =>
    query
      .insertInto('signal_key')
      .values(
        rows.map(({ instance_id, type, id, value_sealed }) => ({
          instance_id,
          type,
          id,
          value_sealed,
        })),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['instance_id', 'type', 'id'])
          .doUpdateSet((row) => ({ value_sealed: row.ref('excluded.value_sealed') })),
      ),
  ),
)

interface Named {
  readonly instanceId: InstanceId
  readonly type: string
  readonly ids: readonly string[]
}

const deleteMany = byShape((_count: number) =>
  prepared((query, { instanceId, type, ids }: Named) =>
    query
      .deleteFrom('signal_key')
      .where('instance_id', '=', instanceId)
      .where('type', '=', type)
      .where('id', 'in', ids),
  ),
)

const findMany = byShape((_count: number) =>
  prepared((query, { instanceId, type, ids }: Named) =>
    query
      .selectFrom('signal_key')
      .select(['id', 'value_sealed'])
      .where('instance_id', '=', instanceId)
      .where('type', '=', type)
      .where('id', 'in', ids),
  ),
)

export class CredentialStore {
  readonly #database: Database
  readonly #vault: Vault

  constructor({ database, vault }: { readonly database: Database; readonly vault: Vault }) {
    this.#database = database
    this.#vault = vault
  }

  async loadIdentity(instanceId: InstanceId): Promise<Uint8Array | undefined> {
    const row = await this.#database.query
      .selectFrom('credential')
      .select('value_sealed')
      .where('instance_id', '=', instanceId)
      .executeTakeFirst()
    return row && this.#vault.open(row.value_sealed, identityContext(instanceId))
  }

  /** What else is known of the link. Empty where no device is linked. */
  async loadMarks(instanceId: InstanceId): Promise<LinkMarks> {
    const row = await this.#database.query
      .selectFrom('credential')
      .select(['restored_at', 'challenged_at'])
      .where('instance_id', '=', instanceId)
      .executeTakeFirst()
    return {
      restoredAt: row?.restored_at ?? undefined,
      challengedAt: row?.challenged_at ?? undefined,
    }
  }

  /** WhatsApp asked this device for a check. Does nothing where no device is linked. */
  async markChallenged(instanceId: InstanceId, at: EpochMs): Promise<void> {
    await this.#database.transaction(async ({ query }) => {
      await this.#database.fence.prove(query, instanceId)
      await query
        .updateTable('credential')
        .set({ challenged_at: at })
        .where('instance_id', '=', instanceId)
        .execute()
    })
  }

  /** Ids that are not stored are missing in the answer. */
  async loadKeys(
    instanceId: InstanceId,
    type: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>()
    for (const some of chunks(ids)) {
      const { rows } = await findMany(some.length)(this.#database.query, {
        instanceId,
        type,
        ids: some,
      })
      for (const { id, value_sealed } of rows) {
        found.set(id, this.#vault.open(value_sealed, keyContext(instanceId, type, id)))
      }
    }
    return found
  }

  async loadAllKeys(
    instanceId: InstanceId,
    type: string,
  ): Promise<ReadonlyMap<string, Uint8Array>> {
    const rows = await this.#database.query
      .selectFrom('signal_key')
      .select(['id', 'value_sealed'])
      .where('instance_id', '=', instanceId)
      .where('type', '=', type)
      .execute()
    return new Map(
      rows.map(({ id, value_sealed }) => [
        id,
        this.#vault.open(value_sealed, keyContext(instanceId, type, id)),
      ]),
    )
  }

  /**
   * One transaction, durable when the promise resolves; nothing is written when it rejects. Throws
   * `LeaseLostError` when another node runs the instance.
   */
  async save(instanceId: InstanceId, { identity, keys }: CredentialChange): Promise<void> {
    const gone = new Map<string, string[]>()
    const kept = new Map<string, KeyRow>()
    for (const { type, id, value } of keys) {
      const context = keyContext(instanceId, type, id)
      // Of a key that is named twice the last word counts.
      if (value === undefined) {
        kept.delete(context)
        const ids = gone.get(type) ?? []
        gone.set(type, ids)
        ids.push(id)
      } else {
        const value_sealed = this.#vault.seal(value, context)
        kept.set(context, { instance_id: instanceId, type, id, value_sealed })
      }
    }
    const sealedIdentity = identity && this.#vault.seal(identity, identityContext(instanceId))

    await this.#database.transaction(async (transaction) => {
      await this.#database.fence.prove(transaction.query, instanceId)
      for (const [type, ids] of gone) await deleteKeys(transaction, instanceId, type, ids)
      for (const rows of chunks([...kept.values()]))
        await upsertMany(rows.length)(transaction.query, { rows })
      if (sealedIdentity) await upsertIdentity(transaction, instanceId, sealedIdentity)
    })
  }

  /** Stores one key within the caller's transaction, which has proved that this node runs the instance. */
  async keepKey(
    instanceId: InstanceId,
    { type, id, value }: { readonly type: string; readonly id: string; readonly value: Uint8Array },
    { query }: Transaction,
  ): Promise<void> {
    const value_sealed = this.#vault.seal(value, keyContext(instanceId, type, id))
    await upsertMany(1)(query, { rows: [{ instance_id: instanceId, type, id, value_sealed }] })
  }

  /** The instance is no longer linked: removes all that its pairing left, in one transaction. */
  async forget(instanceId: InstanceId): Promise<void> {
    await this.#database.transaction(async ({ query }) => {
      await this.#database.fence.prove(query, instanceId)
      for (const table of tablesOfPairing)
        await query.deleteFrom(table).where('instance_id', '=', instanceId).execute()
    })
  }
}

async function upsertIdentity(
  { query }: Transaction,
  instanceId: InstanceId,
  sealed: Uint8Array,
): Promise<void> {
  await query
    .insertInto('credential')
    .values({ instance_id: instanceId, value_sealed: sealed })
    .onConflict((conflict) => conflict.column('instance_id').doUpdateSet({ value_sealed: sealed }))
    .execute()
}

async function deleteKeys(
  { query }: Transaction,
  instanceId: InstanceId,
  type: string,
  ids: readonly string[],
): Promise<void> {
  for (const some of chunks(ids))
    await deleteMany(some.length)(query, { instanceId, type, ids: some })
}

function* chunks<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < all.length; start += rowsAtOnce) {
    yield all.slice(start, start + rowsAtOnce)
  }
}

const identityContext = (instanceId: InstanceId) => JSON.stringify(['credential', instanceId])

/** As JSON, because types and ids are the engine's and may hold any separator. */
const keyContext = (instanceId: InstanceId, type: string, id: string) =>
  JSON.stringify(['signal_key', instanceId, type, id])
