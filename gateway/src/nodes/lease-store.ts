/**
 * The tables `node` and `instance_lease`, on PostgreSQL.
 *
 * A node writes one heartbeat for all its instances, and the clock of the database alone decides
 * whether that is young enough. A row of `instance_lease` changes when its owner does, and each time
 * it is taken its epoch counts up: what proves an older one is refused (`db/fence.ts`).
 */

import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Schema } from '../db/schema.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import type { NodeLoad } from './fair-share.js'

type Query = Kysely<Schema>

export interface Lease {
  readonly instanceId: InstanceId
  readonly epoch: number
}

export interface Taken extends Lease {
  /** Undefined if no node had it before. */
  readonly before: Before | undefined
}

export interface Before {
  readonly isPlanned: boolean
  readonly freeMs: number
  /** What the earlier owner gave up with it. Only of a planned hand-over. */
  readonly left: string | undefined
}

export interface NodeRow extends NodeLoad {
  readonly url: string
  readonly version: string
  readonly startedAt: EpochMs
  /** So many ms ago, by the clock of the database. */
  readonly heartbeatAgoMs: number
}

/** Who runs an instance. */
export interface Owner extends Lease {
  readonly nodeId: string
  readonly url: string
}

export interface Census {
  /** Those whose heartbeat is young. */
  readonly nodes: readonly NodeRow[]
  /** Of all instances, those without an owner included. */
  readonly instances: number
}

/** Of the database, in ms, at this moment and not at the begin of the transaction. */
const databaseNow = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`

export interface LeaseStoreOptions {
  readonly leaseMs: number
  /** For tests of what happens as time passes. */
  readonly now?: () => RawBuilder<number>
}

export class LeaseStore {
  readonly #leaseMs: number
  readonly #now: () => RawBuilder<number>

  constructor({ leaseMs, now = () => databaseNow }: LeaseStoreOptions) {
    this.#leaseMs = leaseMs
    this.#now = now
  }

  /** Makes the node known, or its heartbeat young again. */
  async heartbeat(
    query: Query,
    node: {
      readonly id: string
      readonly url: string
      readonly version: string
      readonly isLeaving: boolean
    },
  ): Promise<void> {
    const now = this.#now()
    const isLeaving = node.isLeaving ? 1 : 0
    await sql`
      insert into node (id, url, version, started_at, heartbeat_at, is_leaving)
      values (${node.id}, ${node.url}, ${node.version}, ${now}, ${now}, ${isLeaving})
      on conflict (id) do update
        set url = excluded.url, heartbeat_at = excluded.heartbeat_at, is_leaving = excluded.is_leaving
    `.execute(query)
  }

  /** The clock of the database. */
  async now(query: Query): Promise<EpochMs> {
    const { rows } = await sql<{ readonly now: number }>`select ${this.#now()} as now`.execute(
      query,
    )
    return rows[0]?.now ?? 0
  }

  async census(query: Query): Promise<Census> {
    const { rows } = await sql<{
      readonly id: string
      readonly url: string
      readonly version: string
      readonly started_at: number
      readonly ago: number
      readonly is_leaving: number
      readonly owned: number
    }>`
      select node.id, url, version, started_at, ${this.#now()} - heartbeat_at as ago, is_leaving,
        (select count(*) from instance_lease where node_id = node.id) as owned
      from node where ${this.#isYoung()} order by node.id
    `.execute(query)
    const { rows: all } = await sql<{
      count: number
    }>`select count(*) as count from instance`.execute(query)
    return {
      nodes: rows.map((row) => ({
        id: row.id,
        url: row.url,
        version: row.version,
        startedAt: row.started_at,
        heartbeatAgoMs: row.ago,
        isLeaving: row.is_leaving === 1,
        owned: row.owned,
      })),
      instances: all[0]?.count ?? 0,
    }
  }

  /**
   * Takes instances that no living node runs, and counts their epochs up.
   *
   * @param which how many at most, or one instance by its id
   */
  async take(
    query: Query,
    nodeId: string,
    which: { readonly most: number } | { readonly instanceId: InstanceId },
  ): Promise<readonly Taken[]> {
    const isOne = 'instanceId' in which
    const one = isOne ? sql`and i.id = ${which.instanceId}` : sql``
    const most = isOne ? 1 : which.most
    // An instance that is new has no row.
    await sql`
      insert into instance_lease (instance_id, epoch)
      select i.id, 0 from instance i
      where not exists (select 1 from instance_lease l where l.instance_id = i.id) ${one}
      on conflict do nothing
    `.execute(query)
    const { rows } = await sql<{
      readonly instance_id: InstanceId
      readonly epoch: number
      readonly is_planned: number
      readonly free_ms: number
      readonly left: string | null
    }>`
      with free as materialized (
        select l.instance_id, l.epoch, l.node_id, l.last_url, l.free_since, l.taken_at, l.standing
        from instance_lease l join instance i on i.id = l.instance_id
        where (
          l.node_id is null
          or not exists (select 1 from node where node.id = l.node_id and ${this.#isYoung()})
        ) ${one}
        order by l.instance_id limit ${most}
        for update of l skip locked
      ), own as materialized (
        select coalesce((select url from node where id = ${nodeId}), '') as url, ${this.#now()} as at
      ), found as materialized (
        select free.instance_id, free.epoch, free.last_url,
          case when free.node_id is null then 1 else 0 end as is_planned, ${freeSince} as since,
          case when free.node_id is null then free.standing end as left
        from free cross join own left join node before on before.id = free.node_id
      ), noted as (
        insert into handover
          (instance_id, epoch, from_url, to_url, is_planned, free_since, taken_at)
        select instance_id, epoch + 1, last_url, own.url, is_planned, since, own.at
        from found cross join own where epoch > 0
        on conflict do nothing
      )
      update instance_lease set node_id = ${nodeId}, epoch = instance_lease.epoch + 1,
        taken_at = own.at, free_since = null, last_url = own.url, standing = null
      from own, found where instance_lease.instance_id = found.instance_id
      returning instance_lease.instance_id, instance_lease.epoch, is_planned, own.at - since as free_ms,
        found.left
    `.execute(query)
    return rows.map((row) => ({
      instanceId: row.instance_id,
      epoch: row.epoch,
      before: row.epoch > 1 ? beforeOf(row) : undefined,
    }))
  }

  /**
   * Gives an instance up. Does nothing if another node took it meanwhile.
   *
   * @param left what the next owner is to know: a standing, because a node of the version before takes it for one
   */
  async giveUp(
    query: Query,
    nodeId: string,
    { instanceId, epoch }: Lease,
    left: string | null = null,
  ): Promise<void> {
    await query
      .updateTable('instance_lease')
      .set({ node_id: null, standing: left, free_since: this.#now() })
      .where('instance_id', '=', instanceId)
      .where('node_id', '=', nodeId)
      .where('epoch', '=', epoch)
      .execute()
  }

  /** Everything that this node runs. */
  async giveUpAll(query: Query, nodeId: string): Promise<void> {
    await query
      .updateTable('instance_lease')
      .set({ node_id: null, standing: null, free_since: this.#now() })
      .where('node_id', '=', nodeId)
      .execute()
  }

  /** What this node runs as far as the database knows. */
  async heldBy(query: Query, nodeId: string): Promise<readonly Lease[]> {
    const rows = await query
      .selectFrom('instance_lease')
      .select(['instance_id', 'epoch'])
      .where('node_id', '=', nodeId)
      .execute()
    return rows.map((row) => ({ instanceId: row.instance_id, epoch: row.epoch }))
  }

  /** `undefined` when no living node runs it. */
  async ownerOf(query: Query, instanceId: InstanceId): Promise<Owner | undefined> {
    const { rows } = await sql<{
      readonly node_id: string
      readonly epoch: number
      readonly url: string
    }>`
      select l.node_id, l.epoch, node.url from instance_lease l join node on node.id = l.node_id
      where l.instance_id = ${instanceId} and ${this.#isYoung()}
    `.execute(query)
    const [row] = rows
    return row && { instanceId, nodeId: row.node_id, epoch: row.epoch, url: row.url }
  }

  /** Tells the other nodes how the sessions of this one stand. Of a hand-over this is the moment at which the session is open again. */
  async tellStandings(
    query: Query,
    nodeId: string,
    standings: ReadonlyMap<InstanceId, string>,
  ): Promise<void> {
    if (standings.size === 0) return
    const ids = [...standings.keys()]
    const texts = [...standings.values()]
    await sql`
      with told as (
        update instance_lease set standing = told.standing
        from unnest(${ids}::text[], ${texts}::text[]) as told (id, standing)
        where instance_id = told.id and node_id = ${nodeId}
        returning instance_lease.instance_id, epoch, instance_lease.standing
      )
      update handover set open_at = ${this.#now()} from told
      where handover.instance_id = told.instance_id and handover.epoch = told.epoch
        and open_at is null and told.standing::json ->> 'state' = 'open'
    `.execute(query)
  }

  /** How the sessions of other nodes stand, as they told it last. */
  async standingsElsewhere(query: Query, nodeId: string): Promise<ReadonlyMap<InstanceId, string>> {
    const { rows } = await sql<{ readonly instance_id: InstanceId; readonly standing: string }>`
      select instance_id, standing from instance_lease join node on node.id = node_id
      where node_id <> ${nodeId} and standing is not null and ${this.#isYoung()}
    `.execute(query)
    return new Map(rows.map((row) => [row.instance_id, row.standing]))
  }

  /** The node has ended; it runs nothing any more. */
  async remove(query: Query, nodeId: string): Promise<void> {
    await this.giveUpAll(query, nodeId)
    await query.deleteFrom('node').where('id', '=', nodeId).execute()
  }

  /** Forgets nodes that ended without a word long ago. Gives how many. */
  async purge(query: Query): Promise<number> {
    const { numAffectedRows = 0n } = await sql`
      delete from node where heartbeat_at < ${this.#now()} - ${keepSilentMs}::bigint
    `.execute(query)
    return Number(numAffectedRows)
  }

  #isYoung(): RawBuilder<unknown> {
    return sql`node.heartbeat_at > ${this.#now()} - ${this.#leaseMs}::bigint`
  }
}

function beforeOf(row: {
  readonly is_planned: number
  readonly free_ms: number
  readonly left: string | null
}): Before {
  return { isPlanned: row.is_planned === 1, freeMs: row.free_ms, left: row.left ?? undefined }
}

/**
 * The earlier owner gave it up, or its last heartbeat was then. An earlier version of Recado does not say when.
 * Of a node that a gateway found dead at its start (`db/postgres.ts`), the lease itself says it.
 */
const freeSince = sql`case when free.node_id is null then coalesce(free.free_since, own.at)
  else coalesce(greatest(before.heartbeat_at, free.free_since), free.taken_at, own.at) end`

/** So long a node that went silent is shown. */
const keepSilentMs = 3_600_000
