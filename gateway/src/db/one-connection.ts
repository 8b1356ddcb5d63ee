/** One connection to PostgreSQL beside the gateway's own, and without their lock. */

import type { Client } from 'pg'
import { postgresLibrary } from './postgres-library.js'

const longestAnswerMs = 5_000

/**
 * Opens it, does `work` and closes it.
 *
 * Throws what the driver throws when the server cannot be reached or does not answer in 5 s, and what `work` throws.
 */
export async function withConnection<Result>(
  url: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new (postgresLibrary().Client)({
    connectionString: url,
    connectionTimeoutMillis: longestAnswerMs,
    query_timeout: longestAnswerMs,
  })
  // A connection that breaks later would end the process otherwise.
  client.on('error', () => {})
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}
