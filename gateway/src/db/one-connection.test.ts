import { Client } from 'pg'
import { beforeEach, expect, inject, onTestFinished, test } from 'vitest'
import { temporaryPostgres } from '../../test/support/databases.js'
import { withConnection } from './one-connection.js'

let url: string
let other: Client

beforeEach(async () => {
  url = await temporaryPostgres()
  other = new Client({ connectionString: inject('postgresUrl') })
  await other.connect()
  onTestFinished(() => other.end())
})

const ownId = async (client: Client): Promise<number> => {
  const { rows } = await client.query<{ id: number }>('select pg_backend_pid() as id')
  return rows[0]?.id ?? 0
}

const connections = async () => {
  const name = new URL(url).pathname.slice(1)
  const { rows } = await other.query('select 1 from pg_stat_activity where datname = $1', [name])
  return rows.length
}

test('a connection is closed after its work, also where that fails', async () => {
  expect(await withConnection(url, ownId)).toBeGreaterThan(0)
  await expect.poll(connections).toBe(0)
  const work = withConnection(url, async (client) => {
    await ownId(client)
    throw new Error('second thoughts')
  })
  await expect(work).rejects.toThrow('second thoughts')
  await expect.poll(connections).toBe(0)
})

test('a connection that breaks while nothing is asked ends no process', async () => {
  const uncaught: unknown[] = []
  const note = (cause: unknown): void => void uncaught.push(cause)
  process.on('uncaughtException', note)
  onTestFinished(() => void process.off('uncaughtException', note))
  const work = withConnection(url, async (client) => {
    const ended = new Promise((resolve) => client.once('end', resolve))
    await other.query('select pg_terminate_backend($1)', [await ownId(client)])
    await ended
    return ownId(client)
  })
  await expect(work).rejects.toThrow('not queryable')
  expect(uncaught).toEqual([])
})
