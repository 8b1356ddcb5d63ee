import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type Config, type Environment, readConfig } from './config.js'
import { ConfigError } from './domain/errors.js'
import { describeSettings, settingNames } from './settings.js'

const noFiles = (path: string): string => {
  throw new Error(`no ${path}`)
}

function config(environment: Environment, files: Record<string, string> = {}): Config {
  return readConfig(environment, (path) => files[path] ?? noFiles(path))
}

/** The message of the refusal. */
function refusal(environment: Environment, files: Record<string, string> = {}): string {
  try {
    config(environment, files)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  throw new Error('This configuration was accepted')
}

const key = randomBytes(32).toString('base64')

describe('with PostgreSQL', () => {
  const url = 'postgres://recado@127.0.0.1/recado'

  it('is a node that others may join, unless it is told otherwise', () => {
    const leases = { url: undefined, leaseMs: 12_000 }
    expect(config({ RECADO_DATABASE_URL: url }).nodes).toEqual(leases)
    expect(config({ RECADO_DATABASE_URL: url, RECADO_NODES: 'true' }).nodes).toEqual(leases)
    expect(config({ RECADO_DATABASE_URL: url, RECADO_NODES: 'false' }).nodes).toBeUndefined()
  })

  it('alone can be shared by nodes', () => {
    expect(config({}).nodes).toBeUndefined()
    expect(config({ RECADO_NODES: 'false' }).nodes).toBeUndefined()
    expect(refusal({ RECADO_NODES: 'true' })).toContain('RECADO_NODES needs RECADO_DATABASE_URL')
  })
})

describe('an empty environment', () => {
  it('is a complete configuration', () => {
    expect(config({ PATH: '/bin' })).toEqual({
      programs: '/bin',
      mediaLimits: {
        image: 16_000_000,
        audio: 16_000_000,
        video: 100_000_000,
        document: 100_000_000,
      },
      host: '127.0.0.1',
      port: 8080,
      clientTokenRequired: true,
      dataDir: './data',
      whatsapp: { buttonShape: 'full', mexIds: new Map(), wantsAllHistory: false },
      allowedNetworks: [],
      allowHttpCallbacks: false,
      apiDocs: true,
      pacing: { minGapMs: 1000, maxGapMs: 3000 },
      codeLimits: { per10Minutes: 5, perDay: 20 },
      undeliverableAfterMs: 20_000,
      codeLifeMs: 600_000,
      allowedCallers: [],
      trustedProxies: [],
      requestLimits: { requestsPerMinute: 600, refusalsPerMinute: 30 },
      maxConnections: 2000,
      maxConnectionsPerAddress: 500,
      maxBodyBytesInMemory: 64 * 1_024 * 1_024,
      maxWaitingBytes: 256 * 1_024 * 1_024,
      keepMessagesMs: 30 * 86_400_000,
      keepMediaLinksMs: 30 * 86_400_000,
      minFreeDiskBytes: 256 * 1_024 * 1_024,
      logLevel: 'info',
    })
  })

  it('returns a frozen object', () => {
    const frozen = config({})
    expect([
      frozen,
      frozen.whatsapp,
      frozen.pacing,
      frozen.codeLimits,
      frozen.allowedNetworks,
      frozen.allowedCallers,
      frozen.trustedProxies,
      frozen.requestLimits,
    ]).toSatisfy((parts: object[]) => parts.every((part) => Object.isFrozen(part)))
  })

  it('is what variables without text mean', () => {
    expect(config({ RECADO_PORT: '', RECADO_CLIENT_TOKEN: '' })).toEqual(config({}))
  })
})

describe('lists of addresses', () => {
  it.each(['RECADO_ALLOWED_CALLERS', 'RECADO_TRUSTED_PROXIES'])(
    '%s may hold both forms',
    (name) => {
      const read = config({ [name]: ' 10.0.0.0/8, 192.0.2.7,2001:db8::/32 ' })
      expect([read.allowedCallers, read.trustedProxies]).toContainEqual([
        '10.0.0.0/8',
        '192.0.2.7',
        '2001:db8::/32',
      ])
      expect(refusal({ [name]: '10.0.0.0/8,all-of-them' })).toContain(
        `${name}: all-of-them is neither a network such as 10.0.0.0/8 nor an address.`,
      )
    },
  )
})

describe('a full environment', () => {
  it('is read', () => {
    const read = config({
      RECADO_HOST: '0.0.0.0',
      RECADO_PORT: '0',
      RECADO_DATA_DIR: '/var/lib/recado',
      RECADO_DATABASE_URL: 'postgres://recado:pw@db/recado',
      RECADO_MASTER_KEY: key,
      RECADO_CLIENT_TOKEN: 'client',
      RECADO_PARTNER_TOKEN: 'partner',
      RECADO_WHATSAPP_URL: 'ws://127.0.0.1:9000/ws/chat',
      RECADO_WHATSAPP_ROOT_KEY: key,
      RECADO_BUTTON_SHAPE: 'minimal',
      RECADO_ALLOWED_NETWORKS: '127.0.0.0/8, ::1/128',
      RECADO_ALLOW_HTTP_CALLBACKS: 'true',
      RECADO_PACING_MIN_MS: '0',
      RECADO_PACING_MAX_MS: '0',
      RECADO_PUBLIC_URL: 'https://recado.example/',
      RECADO_LOG_LEVEL: 'debug',
    })
    expect(read).toMatchObject({
      host: '0.0.0.0',
      port: 0,
      dataDir: '/var/lib/recado',
      whatsapp: { url: 'ws://127.0.0.1:9000/ws/chat', buttonShape: 'minimal' },
      allowedNetworks: ['127.0.0.0/8', '::1/128'],
      allowHttpCallbacks: true,
      pacing: { minGapMs: 0, maxGapMs: 0 },
      publicUrl: 'https://recado.example',
      logLevel: 'debug',
    })
    expect(read.databaseUrl?.reveal()).toBe('postgres://recado:pw@db/recado')
    expect(read.masterKey?.reveal()).toBe(key)
    expect(read.clientToken?.reveal()).toBe('client')
    expect(Buffer.from(read.whatsapp.rootKey ?? []).toString('base64')).toBe(key)
    expect(JSON.stringify(read)).not.toContain(read.masterKey?.reveal())
  })

  it('is described, variable by variable', () => {
    const text = describeSettings()
    for (const name of settingNames)
      expect(text).toMatch(new RegExp(`^ {2}${name}( \\(.*\\))?\\n {6}\\S.*\\.$`, 'mu'))
    expect(text).not.toContain('undefined')
  })
})

describe('a secret in a file', () => {
  const file = { '/run/key': `${key}\n` }

  it('is read without its line break', () => {
    expect(config({ RECADO_MASTER_KEY_FILE: '/run/key' }, file).masterKey?.reveal()).toBe(key)
  })

  it('may also stand in its variable, if it is the same', () => {
    const both = { RECADO_MASTER_KEY_FILE: '/run/key', RECADO_MASTER_KEY: key }
    expect(config(both, file).masterKey?.reveal()).toBe(key)
  })

  it.each(['MASTER_KEY', 'CLIENT_TOKEN', 'PARTNER_TOKEN'])(
    'must not contradict its variable: %s',
    (name) => {
      const other = randomBytes(32).toString('base64')
      const text = refusal({ [`RECADO_${name}`]: other, [`RECADO_${name}_FILE`]: '/run/key' }, file)
      expect(text).toContain(`RECADO_${name} and RECADO_${name}_FILE`)
      expect(text).not.toContain(other)
      expect(text).not.toContain(key)
    },
  )

  it('must be readable and not empty', () => {
    expect(refusal({ RECADO_CLIENT_TOKEN_FILE: '/gone' })).toContain('RECADO_CLIENT_TOKEN_FILE')
    expect(refusal({ RECADO_CLIENT_TOKEN_FILE: '/run/empty' }, { '/run/empty': '\n' })).toContain(
      'empty file',
    )
  })
})

describe('a refusal', () => {
  it.each([
    ['RECADO_PROT', 'RECADO_PORT'],
    ['RECADO_CLIENTTOKEN', 'RECADO_CLIENT_TOKEN'],
    ['RECADO_PACING_MIN', 'RECADO_PACING_MIN_MS'],
  ])('of the unknown %s asks for %s', (name, nearest) => {
    expect(refusal({ [name]: 's3cret' })).toContain(
      `${name} is not known. Did you mean ${nearest}?`,
    )
  })

  it.each([
    ['RECADO_PORT', 's3cret'],
    ['RECADO_PORT', '65536'],
    ['RECADO_PORT', '80.5'],
    ['RECADO_PORT', '-1'],
    ['RECADO_DATABASE_URL', 'mysql://u:s3cret@h/d'],
    ['RECADO_CLIENT_TOKEN', 's3cret with spaces'],
    ['RECADO_BUTTON_SHAPE', 'round'],
    ['RECADO_ALLOW_HTTP_CALLBACKS', 'yes'],
    ['RECADO_PACING_MIN_MS', '-1'],
    ['RECADO_PUBLIC_URL', 'recado.example'],
    ['RECADO_PUBLIC_URL', 'http://'],
    ['RECADO_LOG_LEVEL', 'loud'],
  ])('names %s and does not repeat %s', (name, value) => {
    const text = refusal({ [name]: value })
    expect(text).toContain(name)
    expect(text).not.toContain(value)
  })

  it.each(['10.0.0.300/8', '10.0.0.1', 'localhost'])('shows %s, which is no network', (network) => {
    const text = refusal({ RECADO_ALLOWED_NETWORKS: `10.0.0.0/8,${network}` })
    expect(text).toContain(`RECADO_ALLOWED_NETWORKS: ${network} is not a network`)
  })

  it('tells everything at once', () => {
    const text = refusal({ RECADO_PORT: 'x', RECADO_LOG_LEVEL: 'y', RECADO_NOTHING: 'z' })
    for (const name of ['RECADO_PORT', 'RECADO_LOG_LEVEL', 'RECADO_NOTHING'])
      expect(text).toContain(name)
  })

  it('names both ends of a pacing that is upside down', () => {
    const text = refusal({ RECADO_PACING_MIN_MS: '5000' })
    expect(text).toContain('RECADO_PACING_MIN_MS (5000)')
    expect(text).toContain('RECADO_PACING_MAX_MS (3000)')
  })
})

describe("WhatsApp's address", () => {
  it.each(['ws://127.0.0.1:1', 'ws://localhost:1', 'ws://[::1]:1', 'wss://127.9.9.9/ws'])(
    'may be a simulator at %s',
    (url) => {
      const { whatsapp } = config({ RECADO_WHATSAPP_URL: url, RECADO_WHATSAPP_ROOT_KEY: key })
      expect(whatsapp.url).toBe(url)
    },
  )

  it.each([
    'wss://simulator.example/ws',
    'ws://10.0.0.1/ws',
    'ws://127.0.0.1.example/ws',
    'ws://localhost.example/ws',
    'wss://web.whatsapp.com.example/ws',
    'wss://notwhatsapp.com/ws',
    'ws://0.0.0.0/ws',
    'ws://user@10.0.0.1/ws',
  ])('never calls another service at %s', (url) => {
    expect(refusal({ RECADO_WHATSAPP_URL: url })).toContain('RECADO_WHATSAPP_URL')
    expect(refusal({ RECADO_WHATSAPP_URL: url, RECADO_WHATSAPP_ROOT_KEY: key })).toContain(
      'RECADO_WHATSAPP_URL',
    )
  })

  it.each([
    'wss://web.whatsapp.com/ws/chat',
    'wss://WEB.WhatsApp.com./ws',
    'wss://g.whatsapp.net/',
  ])('keeps its own root key at %s', (url) => {
    expect(config({ RECADO_WHATSAPP_URL: url }).whatsapp.url).toBeUndefined()
    const text = refusal({ RECADO_WHATSAPP_URL: url, RECADO_WHATSAPP_ROOT_KEY: key })
    expect(text).toContain('RECADO_WHATSAPP_ROOT_KEY')
  })

  it('takes no root key without an address', () => {
    expect(refusal({ RECADO_WHATSAPP_ROOT_KEY: key })).toContain('RECADO_WHATSAPP_URL')
  })

  it('takes a root key of 32 bytes only', () => {
    const text = refusal({
      RECADO_WHATSAPP_URL: 'ws://127.0.0.1:1',
      RECADO_WHATSAPP_ROOT_KEY: randomBytes(31).toString('base64'),
    })
    expect(text).toContain('RECADO_WHATSAPP_ROOT_KEY must be the base64 of exactly 32 bytes')
  })
})
