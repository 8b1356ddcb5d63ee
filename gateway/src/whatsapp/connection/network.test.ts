import { WA_CERT_DETAILS } from 'baileys'
import { afterEach, describe, expect, it } from 'vitest'
import { ConfigError } from '../../domain/errors.js'
import { silentLog } from '../../runtime/telemetry.js'
import { openNetwork } from './network.js'

const realKey = WA_CERT_DETAILS.PUBLIC_KEY
const rootKey = Buffer.alloc(32, 7)

afterEach(() => {
  WA_CERT_DETAILS.PUBLIC_KEY = realKey
})

describe('the network', () => {
  it('is WhatsApp itself unless configured', () => {
    const warnings: string[] = []
    const log = { ...silentLog, warn: (event: string) => warnings.push(event) }
    expect(openNetwork({}, log).url).toMatch(/^wss:\/\/web\.whatsapp\.com\//)
    expect(warnings).toEqual([])
  })

  it('may be a simulator on this machine, with a key of its own and a warning', () => {
    for (const url of [
      'ws://127.0.0.1:9000',
      'ws://localhost:9000/ws',
      'ws://[::1]:9000',
      'ws://127.8.8.8',
    ]) {
      const warnings: unknown[] = []
      const log = { ...silentLog, warn: (...line: unknown[]) => warnings.push(line) }
      WA_CERT_DETAILS.PUBLIC_KEY = realKey
      expect(openNetwork({ url, rootKey }, log)).toEqual({ url })
      expect(WA_CERT_DETAILS.PUBLIC_KEY).toEqual(rootKey)
      expect(warnings).toEqual([['whatsapp.is-not-the-real-one', { address: new URL(url).host }]])
    }
  })

  it('keeps the real key where a foreign one would be a danger', () => {
    for (const url of [
      undefined,
      'wss://web.whatsapp.com/ws/chat',
      'wss://127.0.0.1.example.com',
      'wss://example.com',
      'wss://localhost.example.com',
    ]) {
      expect(() => openNetwork({ url, rootKey }, silentLog)).toThrow(ConfigError)
      expect(WA_CERT_DETAILS.PUBLIC_KEY).toBe(realKey)
    }
    expect(() =>
      openNetwork({ url: 'ws://127.0.0.1', rootKey: Buffer.alloc(31) }, silentLog),
    ).toThrow(ConfigError)
    expect(WA_CERT_DETAILS.PUBLIC_KEY).toBe(realKey)
  })

  it('never leaves the machine without TLS', () => {
    for (const url of ['ws://web.whatsapp.com', 'ws://10.0.0.1', 'http://127.0.0.1', 'nonsense'])
      expect(() => openNetwork({ url }, silentLog)).toThrow(ConfigError)
  })
})
