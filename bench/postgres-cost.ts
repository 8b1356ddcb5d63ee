/** What a PostgreSQL of ours has done so far. Linux only. */

import { readdirSync, readFileSync } from 'node:fs'
import { Client } from 'pg'

export interface PostgresCost {
  /** Statements of clients, BEGIN and COMMIT among them. */
  readonly statements: number
  /** Of all its processes, also those that ended. */
  readonly cpuMs: number
}

/** The server has to be started with `pg_stat_statements`. */
export async function postgresCost(url: string): Promise<PostgresCost> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('create extension if not exists pg_stat_statements')
    const { rows } = await client.query<{ calls: number; pid: number }>(
      'select coalesce(sum(calls), 0)::float as calls, pg_backend_pid() as pid from pg_stat_statements',
    )
    const [{ calls, pid } = { calls: 0, pid: 0 }] = rows
    return { statements: calls, cpuMs: cpuMsOfAll(Number(fieldsOf(pid)[parentAt])) }
  } finally {
    await client.end()
  }
}

/** Places behind the name in `/proc/PID/stat`. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const parentAt = 1
const ownTimesAt = [11, 12] as const
const childTimesAt = [13, 14] as const
const msATick = 10

function cpuMsOfAll(postmaster: number): number {
  const all = [...ownTimesAt, ...childTimesAt]
  let ticks = sumOf(fieldsOf(postmaster), all)
  for (const name of readdirSync('/proc')) {
    const fields = /^\d+$/u.test(name) ? fieldsOf(Number(name)) : []
    if (Number(fields[parentAt]) === postmaster) ticks += sumOf(fields, ownTimesAt)
  }
  return ticks * msATick
}

function sumOf(fields: readonly string[], places: readonly number[]): number {
  return places.reduce((sum, place) => sum + Number(fields[place]), 0)
}

/** Empty for a process that is gone. */
function fieldsOf(pid: number): readonly string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}
