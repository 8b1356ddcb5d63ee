/**
 * How long each list takes over HTTP with 50 instances and 100,000 messages, asked for as the console and programs do:
 * `npx tsx web/tool/volume-lists.ts` on SQLite, `… URL` on an empty PostgreSQL.
 *
 * It prints the first look, and the median and the worst of ten later ones, in milliseconds; and of the CSV file of all
 * messages its size, how long it took, the slowest of the small calls that were answered meanwhile, and the memory of the gateway.
 */

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { createVault } from '../../gateway/src/db/encryption.js'
import { openMasterKey } from '../../gateway/src/db/master-key.js'
import { openDatabase } from '../../gateway/src/db/open-database.js'
import { startGatewayProcess } from '../../sandbox/src/gateway-process.js'
import { sandboxSettings, setupCodeIn } from '../../sandbox/src/sandbox.js'
import { administrator } from '../test/console-visitor.js'
import { fillVolume } from './volume.js'
import { fillChats, firstChat } from './volume-chats.js'

const looks = 10
const clientToken = 'b'.repeat(32)
const partnerToken = 'a'.repeat(32)

const url = process.argv[2]
const dataDir = await mkdtemp(join(tmpdir(), 'recado-volume-lists-'))
try {
  const instance = await filled()
  await using gateway = await startGatewayProcess({
    env: {
      ...sandboxSettings,
      RECADO_DATA_DIR: dataDir,
      ...(url === undefined ? {} : { RECADO_DATABASE_URL: url }),
      RECADO_PORT: '0',
      RECADO_CLIENT_TOKEN: clientToken,
      RECADO_PARTNER_TOKEN: partnerToken,
    },
  })
  const cookie = await login(gateway.url, setupCodeIn(gateway.output) ?? '')
  const look = async (path: string, headers: Record<string, string>): Promise<number> => {
    const begin = performance.now()
    const answer = await fetch(`${gateway.url}/${path}`, { headers })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`)
    return performance.now() - begin
  }
  const callers = [
    [
      'console/api/',
      consolePaths(instance.id, await deepIn(gateway.url, cookie)),
      { cookie, 'x-recado-console': '1' },
    ],
    ['instances', accountPaths(), { authorization: `Bearer ${partnerToken}` }],
    [
      `instances/${instance.id}/token/${instance.token}/`,
      numberPaths(),
      { 'client-token': clientToken },
    ],
  ] as const
  for (const [before, paths, headers] of callers)
    for (const path of paths) {
      const first = await look(before + path, headers)
      const later: number[] = []
      for (let at = 0; at < looks; at += 1) later.push(await look(before + path, headers))
      later.sort((one, other) => one - other)
      const times = [first, later[looks / 2] ?? NaN, later.at(-1) ?? NaN]
      const line = times.map((time) => time.toFixed(0).padStart(6)).join('')
      process.stdout.write(`${line}  ${before.replace(/^instances\/.*/u, 'NUMBER/')}${path}\n`)
    }
  await tellOfFile(gateway, { cookie, 'x-recado-console': '1' })
} finally {
  await rm(dataDir, { recursive: true, force: true })
}

/** The file of all messages, and what it does to the gateway. */
async function tellOfFile(
  { url: at, pid }: { readonly url: string; readonly pid: number },
  headers: Record<string, string>,
): Promise<void> {
  const before = await residentMegabytes(pid)
  const begin = performance.now()
  const reading = new AbortController()
  let [slowest, most] = [0, before]
  const others = async (): Promise<void> => {
    while (!reading.signal.aborted) {
      const asked = performance.now()
      await (await fetch(`${at}/console/api/visit`, { headers })).text()
      slowest = Math.max(slowest, performance.now() - asked)
      most = Math.max(most, await residentMegabytes(pid))
    }
  }
  const looking = others()
  const answer = await fetch(`${at}/console/api/messages.csv`, { headers })
  const text = await answer.text()
  reading.abort()
  await looking
  const tookMs = (performance.now() - begin).toFixed(0)
  const [lines, megabytes] = [text.split('\r\n').length, (text.length / 1e6).toFixed(1)]
  process.stdout.write(
    `messages.csv: ${lines} lines, ${megabytes} MB in ${tookMs} ms; other calls within ${slowest.toFixed(0)} ms; ${before} MB before, ${most} MB at most\n`,
  )
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(/^VmRSS:\s+(\d+)/mu.exec(status)?.[1]) / 1024)
}

async function filled() {
  const now = Date.now()
  await using database = await openDatabase(url === undefined ? { dataDir } : { url })
  const { key } = await openMasterKey({ configured: undefined, dataDir })
  const vault = createVault(key)
  const made = await fillVolume(database, vault, { instances: 50, messages: 100_000, now })
  const instance = made[3]
  if (instance === undefined) throw new Error('no instance was made')
  await fillChats({ database, vault }, instance.id, now)
  // PostgreSQL does it by itself within a minute.
  if (url !== undefined) await sql`analyze`.execute(database.query)
  return instance
}

async function login(gateway: string, setupCode: string): Promise<string> {
  const answer = await fetch(`${gateway}/console/api/set-up`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-recado-console': '1' },
    body: JSON.stringify({ setupCode, ...administrator }),
  })
  if (!answer.ok) throw new Error(await answer.text())
  return answer.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
}

/** Where the second half of all messages begins. */
async function deepIn(gateway: string, cookie: string): Promise<number> {
  const answer = await fetch(`${gateway}/console/api/messages`, { headers: { cookie } })
  const page = await answer.json()
  return Number(page.next) - 50_000
}

function consolePaths(id: string, deep: number): readonly string[] {
  const day = 86_400_000
  const midnight = Math.floor(Date.now() / day) * day
  const found = [
    '',
    `before=${deep}`,
    'text=5511980007919',
    'text=8000-7919',
    'text=cannot+be+found',
    'text=not+on+WhatsApp',
    'text=3EB0FFFFFFFFFFFFFFFFFF',
    'status=failed',
    'status=queued',
    'status=read',
    'status=failed,expired,cancelled',
    'kind=poll',
    'kind=sticker',
    'reason=restricted',
    'priority=high',
    `since=${midnight}`,
    `since=${midnight - 10 * day}&until=${midnight - 9 * day}`,
    `instance=${id}`,
    `instance=${id}&status=failed&reason=refused`,
    `instance=${id}&text=8000-7919`,
    `instance=${id}&kind=sticker`,
  ]
  const ofNumber = [
    '',
    '/messages',
    '/messages?show=waiting',
    '/messages?show=failed',
    '/messages?show=arrived',
    '/queue',
    '/queue?text=8000-7919',
    '/callbacks',
    '/callbacks?status=pending',
    '/callbacks?status=dead',
    '/callbacks?status=done',
    '/call/callbacks/receivers',
    '/health?range=hour',
    '/health?range=day',
    '/health?range=week',
    '/call/sending-limits',
    '/call/chats?page=1&pageSize=100',
    '/call/chats?page=1&pageSize=50&search=is+not+there',
    `/call/chat-messages/${firstChat}?amount=30`,
  ]
  const others = [
    'visit',
    'instances',
    'alerts',
    'audit',
    `audit?instance=${id}`,
    'calls',
    'people',
    'keys',
    'sessions',
  ]
  return [
    `home?since=${midnight}`,
    ...found.map((query) => `messages?${query}`),
    ...ofNumber.map((path) => `instances/${id}${path}`),
    ...others,
    'call/instances/integrator/pools',
    'call/instances/integrator/refused-calls',
  ]
}

function accountPaths(): readonly string[] {
  return [
    '?page=1&pageSize=50',
    '/integrator/pools',
    '/integrator/refused-calls',
    '/integrator/messages',
    '/integrator/messages?limit=500',
    '/integrator/messages?search=8000-7919',
    '/integrator/messages?search=cannot+be+found',
    '/integrator/messages?status=FAILED&reason=refused',
    '/integrator/messages?kind=sticker',
  ]
}

function numberPaths(): readonly string[] {
  return [
    'queue',
    'queue/count',
    'queue/forecast',
    'callbacks',
    'callbacks/receivers',
    'chats?page=1&pageSize=100',
    'contacts?page=1&pageSize=100',
    `chat-messages/${firstChat}?amount=100`,
    'sending-limits',
    'status',
  ]
}
