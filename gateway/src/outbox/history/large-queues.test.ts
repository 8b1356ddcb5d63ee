/** With many messages, what queues and pools ask of the table is found by an index. */

import { CompiledQuery, sql } from 'kysely'
import { afterEach, expect, it, vi } from 'vitest'
import { eachDatabase } from '../../../test/support/databases.js'
import { aPoolWorld, type PoolWorld } from '../../../test/support/pool-world.js'
import type { DialectName } from '../../db/database.js'
import { PoolMessages } from './pool-messages.js'

const waiting = 10_000
const ended = 40_000

eachDatabase('a pool with 10,000 waiting messages and many that have ended', (open, dialect) => {
  let stage: PoolWorld

  afterEach(async () => {
    vi.restoreAllMocks()
    await stage.failover[Symbol.asyncDispose]()
    await stage.world.sender[Symbol.asyncDispose]()
  })

  /** Copies of the first message: texts of low priority to many people, at both members. */
  async function fill(): Promise<void> {
    const { query } = stage.world.database
    const numbers =
      dialect === 'sqlite'
        ? sql`(with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${sql.lit(waiting + ended)}) select n from numbers)`
        : sql`(select generate_series(1, ${sql.lit(waiting + ended)}) as n)`
    const columns = sql`recipient, content_sealed, accepted_at, typing_ms, attempts, fallback, pool_id, on_unknown, kind`
    await sql`
      insert into message (id, whatsapp_id, instance_id, chat_key, status, priority, has_file, ${columns})
      select 'copy' || n, 'copy' || n,
        case when n % 2 = 0 then ${stage.first} else ${stage.second} end,
        'person:' || (n / 10), case when n > ${sql.lit(waiting)} then 'read' else 'queued' end, 2, 0, ${columns}
      from (select * from message order by sequence limit 1) as first, ${numbers} as numbers`.execute(
      query,
    )
    if (dialect === 'postgres') await sql`vacuum analyze message`.execute(query)
  }

  it('reads no table from end to end for a send, the queue, the forecast, or the look for a member', async () => {
    stage = await aPoolWorld(await open())
    const { world, pool, first } = stage
    const { query } = world.database
    for (let n = 0; n < 20; n += 1) await stage.send(`1111${10 + n}`, `55119999900${10 + n}`)
    await fill()
    // What was counted before counts for 30 s.
    await world.clock.advance(31_000)
    const executor = query.getExecutor()
    const asked = vi.spyOn(executor, 'executeQuery')
    const { length: earlier } = asked.mock.calls
    expect((await world.waiting.page(first, { limit: 20 })).messages.length).toBeGreaterThan(0)
    expect((await world.sender.forecast(first)).waiting.low).toBe(waiting / 2)
    await new PoolMessages(world).waiting(pool)
    await new PoolMessages(world).moved(pool, { limit: 50 })
    await stage.send('222222')
    const { moves } = world.sender
    expect(await moves.instances()).toHaveLength(2)
    const [message] = await moves.movable(first, 0, 100)
    expect(message && (await moves.move(message, 'disconnected'))).toBe(true)
    const statements = asked.mock.calls.slice(earlier).map(([statement]) => statement)
    const ofMessages = statements.filter((each) => /^(select|update).*"message"/su.test(each.sql))
    expect(ofMessages.length).toBeGreaterThan(5)
    for (const statement of ofMessages) expect(await scansOf(statement)).toEqual([])
  })

  it('counts what waits for the pool from an index alone', async () => {
    stage = await aPoolWorld(await open())
    const { world, pool } = stage
    await stage.send('111111')
    await fill()
    const asked = vi.spyOn(world.database.query.getExecutor(), 'executeQuery')
    const { length: earlier } = asked.mock.calls
    const counted = await new PoolMessages(world).waiting(pool)
    expect(counted).toEqual({ high: 1, normal: 0, low: waiting })
    const statements = asked.mock.calls.slice(earlier).map(([statement]) => statement)
    expect(statements).toHaveLength(1)
    for (const statement of statements)
      expect(await planOf(statement)).toMatch(
        dialect === 'sqlite'
          ? /COVERING INDEX message_waiting_of_pool /u
          : /Index Only Scan using message_waiting_of_pool /u,
      )
  }, 120_000)

  async function planOf({ sql: text, parameters }: CompiledQuery): Promise<string> {
    const how: Record<DialectName, string> = { sqlite: 'explain query plan ', postgres: 'explain ' }
    const plan = CompiledQuery.raw(how[dialect] + text, [...parameters])
    const { rows } = await stage.world.database.query.executeQuery<Record<string, unknown>>(plan)
    return rows.map((row) => String(row['detail'] ?? row['QUERY PLAN'])).join('\n')
  }

  /** What the plan reads from end to end, with the statement. */
  async function scansOf(statement: CompiledQuery): Promise<readonly string[]> {
    return (await planOf(statement))
      .split('\n')
      .filter((line) => /^SCAN message(?! USING)|Seq Scan on message/u.test(line))
      .map((line) => `${line}: ${statement.sql}`)
  }
})
