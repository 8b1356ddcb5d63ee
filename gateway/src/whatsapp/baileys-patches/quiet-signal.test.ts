import { Console } from 'node:console'
import { PassThrough } from 'node:stream'
import {
  Curve,
  DEFAULT_CONNECTION_CONFIG,
  generateSignalPubKey,
  initAuthCreds,
  type SignalDataSet,
  type SignalKeyStoreWithTransaction,
  addTransactionCapability,
} from 'baileys'
import { afterEach, describe, expect, it } from 'vitest'
import { silentLog } from '../../runtime/telemetry.js'
import type { InstanceId } from '../../domain/instance.js'
import { baileysLogger } from '../connection/baileys-logger.js'
import { keepSignalQuiet } from './quiet-signal.js'

const realConsole = globalThis.console
const logger = baileysLogger(silentLog, '3A' as InstanceId)

afterEach(() => {
  globalThis.console = realConsole
})

/** Replaces the console by one whose streams can be read. */
function captureConsole(): () => string {
  const streams = new PassThrough({ encoding: 'utf8' })
  globalThis.console = new Console({ stdout: streams, stderr: streams })
  return () => String(streams.read() ?? '')
}

function memoryKeys(): SignalKeyStoreWithTransaction {
  const stored = new Map()
  return addTransactionCapability(
    {
      get: (type, ids) =>
        Object.fromEntries(
          ids.flatMap((id) =>
            stored.has(`${type} ${id}`) ? [[id, stored.get(`${type} ${id}`)]] : [],
          ),
        ),
      set(data: SignalDataSet) {
        for (const [type, values] of Object.entries(data))
          for (const [id, value] of Object.entries(values)) stored.set(`${type} ${id}`, value)
      },
    },
    logger,
    { maxCommitRetries: 1, delayBetweenTriesMs: 1 },
  )
}

/** Makes a session with a stranger twice: the second closes the first, which libsignal prints. */
async function keyTwice(): Promise<void> {
  const creds = initAuthCreds()
  const signal = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(
    { creds, keys: memoryKeys() },
    logger,
  )
  const stranger = initAuthCreds()
  for (let round = 0; round < 2; round += 1) {
    const preKey = Curve.generateKeyPair()
    await signal.injectE2ESession({
      jid: '100200300@lid',
      session: {
        registrationId: stranger.registrationId,
        identityKey: generateSignalPubKey(stranger.signedIdentityKey.public),
        signedPreKey: {
          keyId: stranger.signedPreKey.keyId,
          publicKey: generateSignalPubKey(stranger.signedPreKey.keyPair.public),
          signature: stranger.signedPreKey.signature,
        },
        preKey: { keyId: round + 1, publicKey: generateSignalPubKey(preKey.public) },
      },
    })
    await signal.encryptMessage({ jid: '100200300@lid', data: Buffer.from('x') })
  }
}

describe('libsignal', () => {
  it('prints private keys without the patch', async () => {
    const output = captureConsole()
    await keyTwice()
    expect(output()).toMatch(/privKey/)
  })

  it('prints nothing at all when kept quiet, and others still do', async () => {
    const output = captureConsole()
    keepSignalQuiet()
    keepSignalQuiet()
    await keyTwice()
    globalThis.console.info('Closing session: of the day')
    globalThis.console.error('ours', { privKey: 'not of libsignal' })
    expect(output()).toBe("Closing session: of the day\nours { privKey: 'not of libsignal' }\n")
  })
})

describe('a session object', () => {
  it('is not printed', () => {
    const output = captureConsole()
    keepSignalQuiet()
    class SessionEntry {
      readonly privKey = 'secret'
    }
    globalThis.console.warn('look', new SessionEntry())
    globalThis.console.warn('end')
    expect(output()).toBe('end\n')
  })
})
