import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { temporaryPostgres } from '../../test/support/databases.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { createVault } from '../db/encryption.js'
import { checkMasterKey, openMasterKey } from '../db/master-key.js'
import { type DatabaseLocation, openDatabase } from '../db/open-database.js'
import { systemClock } from '../runtime/clock.js'
import { createGuardedFetch } from '../runtime/guarded-fetch.js'
import { checkCallbacks } from './check-callbacks.js'
import { checkPlace, judgeMode, judgeSpace } from './check-place.js'
import { checkStore } from './check-store.js'
import { checkWhatsapp, judgeClock, judgeVersion } from './check-whatsapp.js'
import { judgeClientToken, judgeReport } from './doctor.js'

let dataDir: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'recado-test-doctor-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
})

/** A server on loopback; gives `127.0.0.1:PORT`. */
async function serve(listener: RequestListener, takesUpgrades = false): Promise<string> {
  const server = createServer(listener)
  if (takesUpgrades)
    server.on('upgrade', (_request, socket) => {
      socket.end('HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n')
    })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** An address without a listener. */
async function closedAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return `127.0.0.1:${port}`
}

describe('the disk and the data directory', () => {
  test('warn before they are full, and fail when they are', () => {
    expect(judgeSpace(2 ** 31, '/data').verdict).toBe('ok')
    expect(judgeSpace(500 * 2 ** 20, '/data').verdict).toBe('warn')
    expect(judgeSpace(99 * 2 ** 20, '/data')).toMatchObject({
      verdict: 'fail',
      text: expect.stringContaining('99 MiB'),
    })
  })

  test('are for one user only', async () => {
    expect(judgeMode(0o40700, '/data').verdict).toBe('ok')
    expect(judgeMode(0o40750, '/data')).toMatchObject({ cure: 'chmod 700 /data' })
    await chmod(dataDir, 0o755)
    expect(await checkPlace(dataDir)).toMatchObject([{ name: 'disk' }, { verdict: 'warn' }])
  })
})

const gatewayUrl = (): string => {
  throw new Error('no request is allowed')
}

const noGateway = (): string => 'http://127.0.0.1:1'

async function start(location: DatabaseLocation): Promise<void> {
  const { key } = await openMasterKey({ dataDir })
  await using database = await openDatabase(location)
  await checkMasterKey(database, createVault(key))
}

/** While another process has the database. */
async function beside(location: DatabaseLocation, url: string) {
  const other = await openDatabase(location)
  try {
    return await checkStore({ dataDir, gatewayUrl: () => url })
  } finally {
    await other[Symbol.asyncDispose]()
  }
}

describe('the store', () => {
  test('is not made by looking', async () => {
    const { findings } = await checkStore({ dataDir, gatewayUrl })
    expect(findings).toMatchObject([{ verdict: 'ok' }, { verdict: 'ok' }])
    expect(findings.map(({ text }) => text)).toEqual(Array(2).fill(expect.stringContaining('yet')))
    expect((await checkStore({ dataDir, gatewayUrl })).findings).toEqual(findings)
  })

  test.each(['sqlite', 'postgres'])('is fine with its own key (%s)', async (dialect) => {
    const url = dialect === 'postgres' ? await temporaryPostgres() : undefined
    await start(url === undefined ? { dataDir } : { url })
    const { findings } = await checkStore({ dataDir, databaseUrl: url, gatewayUrl })
    expect(findings).toMatchObject([
      { verdict: 'ok', text: expect.stringContaining('opens the database') },
      { verdict: 'ok', text: expect.stringContaining('holds 0 instances') },
    ])
  })

  test('fails with another key, and with none', async () => {
    await start({ dataDir })
    const configuredMasterKey = randomBytes(32).toString('hex')
    const wrong = await checkStore({ dataDir, configuredMasterKey, gatewayUrl })
    expect(wrong.findings[0]).toMatchObject({
      verdict: 'fail',
      text: expect.stringMatching(/another one/),
    })
    await rm(join(dataDir, 'master.key'))
    const none = await checkStore({ dataDir, gatewayUrl })
    expect(none.findings[0]).toMatchObject({
      verdict: 'fail',
      text: expect.stringMatching(/there is none/),
    })
  })

  test('fails where the file is no database', async () => {
    await writeFile(join(dataDir, 'recado.sqlite'), 'not a database at all, by no means'.repeat(99))
    const { findings } = await checkStore({ dataDir, gatewayUrl })
    expect(findings[1]).toMatchObject({ verdict: 'fail', text: expect.stringContaining('NOTADB') })
  })

  test('fails where PostgreSQL is away, without its password', async () => {
    const databaseUrl = 'postgres://recado:s3cret@127.0.0.1:1/recado'
    const { findings, callbackUrls } = await checkStore({ dataDir, databaseUrl, gatewayUrl })
    expect(findings[1]).toMatchObject({ verdict: 'fail', text: expect.stringContaining('REFUSED') })
    expect(JSON.stringify(findings)).not.toContain('s3cret')
    expect(callbackUrls).toBeUndefined()
  })

  test('fails where a process has the database and no gateway answers', async () => {
    await start({ dataDir })
    const { findings } = await beside({ dataDir }, 'http://127.0.0.1:1')
    expect(findings[1]).toMatchObject({ verdict: 'fail', cure: expect.stringContaining('--url') })
  })

  test.each(['another one', 'there is none'])(
    'fails where a node of PostgreSQL has the database, and the key here is not its key: %s',
    async (text) => {
      const databaseUrl = await temporaryPostgres()
      await start({ url: databaseUrl })
      await rm(join(dataDir, 'master.key'))
      if (text === 'another one') await openMasterKey({ dataDir })
      await using _ = await openDatabase({ url: databaseUrl, leaseMs: 6_000 })
      const { findings } = await checkStore({ dataDir, databaseUrl, gatewayUrl: noGateway })
      expect(findings[0]).toMatchObject({ verdict: 'fail', text: expect.stringContaining(text) })
      expect(findings[1]).toMatchObject({ cure: expect.stringContaining('--url') })
    },
  )

  test('tells a gateway with another master key from its own', async () => {
    await start({ dataDir })
    const place = await serve((request, answer) => {
      answer.writeHead(request.url === '/health/ready' ? 200 : 401).end()
    })
    const { findings } = await beside({ dataDir }, `http://${place}`)
    expect(findings).toMatchObject([{ name: 'master key', verdict: 'fail' }, { verdict: 'ok' }])
  })
})

const check = (place: string) =>
  checkWhatsapp(
    {
      url: `ws://${place}/ws/chat`,
      isSimulator: true,
      ownVersion: '2.3000.7',
      revisionUrl: '',
      openSessions: 0,
    },
    systemClock,
  )

describe('the way to WhatsApp', () => {
  test('is open where a WebSocket is taken, and the clock is compared', async () => {
    const place = await serve((_request, answer) => void answer.writeHead(404).end(), true)
    expect(await check(place)).toMatchObject([
      { name: 'whatsapp', verdict: 'ok' },
      { name: 'clock', verdict: 'ok' },
      { name: 'version', verdict: 'skipped' },
    ])
  })

  test('is closed where a proxy answers in its place, or nothing does', async () => {
    const place = await serve((_request, answer) => {
      answer.writeHead(403, { date: new Date(Date.now() - 60_000).toUTCString() }).end()
    })
    expect(await check(place)).toMatchObject([
      { verdict: 'fail', text: expect.stringContaining('403') },
      { name: 'clock', verdict: 'fail', text: expect.stringMatching(/(59|60) s ahead/) },
      {},
    ])
    expect(await check('127.0.0.1:1')).toMatchObject([
      { verdict: 'fail', text: expect.stringContaining('ECONNREFUSED') },
      { verdict: 'skipped' },
      {},
    ])
  })

  test('a clock is wrong only by what cannot be the way there and back', () => {
    const clock = new ManualClock()
    const now = clock.now()
    expect(judgeClock(now, now, now + 900).verdict).toBe('ok')
    expect(judgeClock(now - 8_000, now - 9_000, now).verdict).toBe('ok')
    expect(judgeClock(now + 5_000, now - 100, now)).toMatchObject({
      verdict: 'warn',
      text: expect.stringContaining('5 s behind'),
    })
    expect(judgeClock(now - 60_000, now, now)).toMatchObject({
      verdict: 'fail',
      text: expect.stringContaining('59 s ahead'),
    })
  })

  test('an older version is a hint and no failure', () => {
    expect(judgeVersion('2.3000.7', 7).verdict).toBe('ok')
    expect(judgeVersion('2.3000.7', 8).verdict).toBe('warn')
  })
})

describe('callbacks', () => {
  const loopback = createGuardedFetch({ allowedNetworks: ['127.0.0.0/8'] })

  test('are asked for without telling anything; any answer but a redirect is a good one', async () => {
    const seen: string[] = []
    const place = await serve((request, answer) => {
      seen.push(`${request.method} ${request.url}`)
      const status = request.url === '/moved' ? 301 : 405
      answer.writeHead(status, { location: 'http://127.0.0.1:1/' }).end()
    })
    const urls = [`http://${place}/hook/s3cret`, `http://${place}/moved`]
    const findings = await checkCallbacks(urls, loopback)
    expect(findings.map(({ verdict }) => verdict)).toEqual(['ok', 'warn'])
    expect(seen.toSorted()).toEqual(['GET /hook/s3cret', 'GET /moved'])
    expect(JSON.stringify(findings)).not.toContain('s3cret')
  })

  test('fail where there is no answer, and where the guard forbids the request', async () => {
    const url = `http://${await closedAddress()}/`
    expect(await checkCallbacks([url], loopback)).toMatchObject([
      { verdict: 'fail', text: expect.stringContaining('ECONNREFUSED') },
    ])
    const strict = createGuardedFetch({ allowedNetworks: [] })
    expect(await checkCallbacks([url], strict)).toMatchObject([
      { verdict: 'fail', cure: expect.stringContaining('RECADO_ALLOWED_NETWORKS') },
    ])
    expect(await checkCallbacks(undefined, strict)).toMatchObject([{ verdict: 'skipped' }])
  })
})

describe('an instance that takes calls without Client-Token', () => {
  test('is named as a risk with its cure, and so is a gateway of which all do', () => {
    expect(judgeClientToken([])).toEqual([])
    expect(judgeClientToken(['3A', '3B'])).toEqual([
      {
        name: 'client token',
        verdict: 'warn',
        text: 'not needed for 3A, 3B: who has read its URL in a log or a history can send from it',
        cure: 'recado instance client-token ID required, once its programs send the Client-Token.',
      },
    ])
    expect(judgeClientToken(Array.from({ length: 25 }, () => '3A'))[0]?.text).toContain(
      'and 5 more',
    )
    expect(judgeClientToken('all')).toMatchObject([
      { verdict: 'warn', cure: expect.stringContaining('RECADO_CLIENT_TOKEN_REQUIRED=true') },
    ])
  })

  test('is found in the database of a gateway that is stopped', async () => {
    const { key } = await openMasterKey({ dataDir })
    const vault = createVault(key)
    {
      await using database = await openDatabase({ dataDir })
      await checkMasterKey(database, vault)
      const insert = (id: string, settings: object) =>
        database.query
          .insertInto('instance')
          .values({
            id,
            name: id,
            token_hash: id,
            token_sealed: vault.seal(Buffer.from(id), id),
            settings: JSON.stringify(settings),
            created_at: 0,
          })
          .execute()
      await insert('3A', { tellCodes: true })
      await insert('3B', { clientTokenOptional: true })
      await insert('3C', { clientTokenOptional: false })
    }
    const found = await checkStore({ dataDir, gatewayUrl: () => 'http://127.0.0.1:9' })
    expect(found.clientTokenOptional).toEqual(['3B'])
  })
})

test('a running gateway is asked what ails it', () => {
  const healthy = { sessions: { open: 2, ended: 0 }, deadCallbacks: 0, oldestWaitingMs: 1_000 }
  const nothing = { callbackUrls: [], disconnections: [], disabledCallbacks: [] }
  const report = { version: '1.2.3', figures: healthy, ...nothing }
  expect(judgeReport(report, 0)).toEqual([{ name: 'sessions', verdict: 'ok', text: '2 open' }])
  const ill = { sessions: { open: 1, ended: 1 }, deadCallbacks: 3, oldestWaitingMs: 600_000 }
  expect(judgeReport({ ...report, figures: ill }, 0)).toMatchObject([
    { name: 'sessions', verdict: 'ok', text: '1 open, 1 ended' },
    { name: 'outbox', verdict: 'warn', text: expect.stringContaining('10 minutes') },
    { name: 'callbacks', verdict: 'warn' },
  ])
})

describe('a running gateway says of each instance that is not connected', () => {
  const figures = { sessions: { ended: 1 }, deadCallbacks: 0, oldestWaitingMs: 0 }
  const report = { version: '1.2.3', figures, callbackUrls: [], disabledCallbacks: [] }
  const away = { since: 0, cause: 'The cause.', cure: 'The cure.' }

  test('the cause, the cure and the command', () => {
    const disconnections = [
      { ...away, instanceId: '3A', remedy: 'reconnect' },
      { ...away, instanceId: '3B', remedy: 'pair' },
    ] as const
    expect(judgeReport({ ...report, disconnections }, 0).slice(1)).toEqual([
      {
        name: 'sessions',
        verdict: 'warn',
        text: '3A is not connected: The cause.',
        cure: 'The cure. Then: recado instance reconnect 3A',
      },
      expect.objectContaining({ cure: 'The cure. Then: recado pair 3B' }),
    ])
  })

  test('nothing while it may be back in a moment', () => {
    const disconnections = [{ ...away, instanceId: '3A', remedy: 'wait' }] as const
    expect(judgeReport({ ...report, disconnections }, 30_000)).toHaveLength(1)
    expect(judgeReport({ ...report, disconnections }, 31_000)).toMatchObject([
      { verdict: 'ok' },
      { verdict: 'warn', cure: 'The cure.' },
    ])
  })

  test('no more than twenty times', () => {
    const one = { ...away, instanceId: '3A', remedy: 'wait' } as const
    const disconnections = Array.from({ length: 25 }, () => one)
    const findings = judgeReport({ ...report, disconnections }, 60_000)
    expect(findings).toHaveLength(22)
    expect(findings.at(-1)?.text).toBe('5 more are not connected')
  })
})

test('a running gateway names the receivers that answered 410, without their paths', () => {
  const figures = { sessions: {}, deadCallbacks: 0, oldestWaitingMs: 0 }
  const url = 'https://example.com/a-secret'
  const disabledCallbacks = [{ instanceId: '3A', url }]
  const nothing = { callbackUrls: [], disconnections: [] }
  const told = judgeReport({ version: '1', figures, ...nothing, disabledCallbacks }, 0)
  expect(told[1]).toMatchObject({
    name: 'callbacks',
    verdict: 'warn',
    text: '3A tells nothing to https://example.com any more: it answered 410',
  })
})
