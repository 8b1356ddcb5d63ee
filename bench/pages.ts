/**
 * (h) How long the gateway takes for a page of 100 chats, contacts and messages where there are 100,000
 * of each, on both databases. Bare: where there are 1,000.
 */

import { sameForAll } from '../gateway/src/db/retention.js'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Directory } from '../gateway/src/directory/directory.js'
import { KeptMessages } from '../gateway/src/directory/kept-messages.js'
import { KnownPeople } from '../gateway/src/directory/known-people.js'
import type { DirectoryFact } from '../gateway/src/domain/directory.js'
import { systemClock } from '../gateway/src/runtime/clock.js'
import { silentLog } from '../gateway/src/runtime/telemetry.js'
import { buildGateway } from '../gateway/test/support/build.js'
import { keptText } from '../gateway/test/support/kept-text.js'
import { whatsappIdOf } from '../gateway/test/support/outgoing-message.js'
import { startOwnPostgres } from '../gateway/test/support/own-postgres.js'
import { GatewayClient } from '../sandbox/src/gateway-client.js'
import { startGatewayProcess } from '../sandbox/src/gateway-process.js'
import { sandboxSettings } from '../sandbox/src/sandbox.js'
import { fillStore, type Store } from './stored.js'
import { type Comparison, percentile } from './table.js'

const few = 1_000
const many = 100_000
const pageSize = 100
/** Spread over all of the pages. */
const pagesARun = 100
const rowsAtOnce = 1_000
const firstAt = 1_600_000_000_000

type List = 'chats' | 'contacts' | 'chat-messages'
type Slowest = Readonly<Record<List, number>>
interface Filled {
  readonly id: string
  readonly token: string
  readonly rows: number
}

export async function measurePages({
  runs,
  only,
}: {
  readonly runs: number
  readonly only: string
}): Promise<readonly Comparison[]> {
  await using built = await buildGateway()
  const found: Comparison[] = []
  if ('SQLite'.includes(only)) found.push(...(await measureOn('SQLite', built.program, runs)))
  if (!'PostgreSQL'.includes(only)) return found
  await using server = await startOwnPostgres()
  return [...found, ...(await measureOn('PostgreSQL', built.program, runs, server.url))]
}

async function measureOn(
  name: string,
  program: string,
  runs: number,
  databaseUrl?: string,
): Promise<readonly Comparison[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'recado-bench-'))
  try {
    const filled = await fillStore(dataDir, fillBoth, databaseUrl)
    const [clientToken, partnerToken] = [secret(), secret()]
    await using gateway = await startGatewayProcess({
      program,
      env: {
        ...sandboxSettings,
        RECADO_DATA_DIR: dataDir,
        ...(databaseUrl === undefined ? {} : { RECADO_DATABASE_URL: databaseUrl }),
        RECADO_PORT: '0',
        RECADO_CLIENT_TOKEN: clientToken,
        RECADO_PARTNER_TOKEN: partnerToken,
      },
    })
    const client = new GatewayClient(gateway.url, clientToken, partnerToken)
    // What is compiled on the way of the first pages is not what we ask about.
    for (const each of filled) await slowestPages(client, each)
    const ours: Slowest[] = []
    const bare: Slowest[] = []
    for (let run = 0; run < runs; run += 1) {
      bare.push(await slowestPages(client, filled[0]))
      ours.push(await slowestPages(client, filled[1]))
    }
    return (['chats', 'contacts', 'chat-messages'] as const).map((list) => ({
      name: `${list} on ${name}, p99 of a page, ${many} rows against ${few}`,
      unit: 'ms',
      ours: ours.map((slowest) => slowest[list]),
      bare: bare.map((slowest) => slowest[list]),
      goal: { better: 'less', atMost: 50 },
    }))
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

const secret = () => randomBytes(16).toString('hex')

async function fillBoth(store: Store): Promise<readonly [Filled, Filled]> {
  return [await fill(store, few), await fill(store, many)]
}

async function fill(store: Store, rows: number): Promise<Filled> {
  const { instance, token } = await store.instances.create({ name: `${rows} rows` })
  const ports = { ...store, clock: systemClock, log: silentLog }
  const people = new KnownPeople(ports)
  await using directory = new Directory({ ...ports, people, retention: sameForAll(undefined) })
  const kept = new KeptMessages({ ...ports, people, retention: sameForAll(30 * 86_400_000) })
  for (let start = 0; start < rows; start += rowsAtOnce) {
    const numbers = Array.from({ length: rowsAtOnce }, (_, index) => start + index)
    await directory.take(instance.id, numbers.flatMap(factsOf))
    await store.database.transaction(async ({ query }) => {
      for (const number of numbers) await kept.keep(instance.id, messageOf(number), query)
    })
  }
  return { id: instance.id, token, rows }
}

const phoneOf = (number: number) => `55119${10_000_000 + number}`
const messageIdOf = (number: number) => whatsappIdOf(`3EB0${String(number).padStart(18, '0')}`)
const messageOf = (number: number) =>
  keptText(messageIdOf(number), firstAt + number * 1_000, {
    chat: { kind: 'person', phone: phoneOf(0) },
    author: { phone: phoneOf(0) },
  })

function factsOf(number: number): readonly DirectoryFact[] {
  const person = { phone: phoneOf(number) }
  const chat = { kind: 'person', ...person } as const
  const name = `Pessoa ${number}`
  return [
    { kind: 'chat', chat, facts: { name, lastMessageAt: firstAt + number * 1_000 } },
    { kind: 'contact', person, facts: { name, pushName: name } },
  ]
}

async function slowestPages(client: GatewayClient, filled: Filled): Promise<Slowest> {
  const pages = filled.rows / pageSize
  const steps = Array.from({ length: pagesARun }, (_, index) =>
    Math.floor((index * pages) / pagesARun),
  )
  const slowestOf = async (pathOf: (page: number) => string): Promise<number> => {
    const times: number[] = []
    for (const page of steps) {
      const begin = performance.now()
      const rows = await client.onInstance(filled, 'GET', pathOf(page))
      times.push(performance.now() - begin)
      if (!Array.isArray(rows) || rows.length < pageSize) throw new Error('a page is not full')
    }
    return percentile(times, 0.99)
  }
  const before = (page: number): string => {
    const newest = filled.rows - page * pageSize
    return newest === filled.rows ? '' : `&lastMessageId=${messageIdOf(newest)}`
  }
  return {
    chats: await slowestOf((page) => `chats?page=${page + 1}&pageSize=${pageSize}`),
    contacts: await slowestOf((page) => `contacts?page=${page + 1}&pageSize=${pageSize}`),
    'chat-messages': await slowestOf(
      (page) => `chat-messages/${phoneOf(0)}?amount=${pageSize}${before(page)}`,
    ),
  }
}
