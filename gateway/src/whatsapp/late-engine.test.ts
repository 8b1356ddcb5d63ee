import { expect, test } from 'vitest'
import { ConfigError } from '../domain/errors.js'
import type { BaileysEngineOptions } from './baileys-engine.js'
import { LateEngine } from './late-engine.js'

test.each<[string, Partial<BaileysEngineOptions>]>([
  ['a foreign key for WhatsApp itself', { network: { rootKey: Buffer.alloc(32) } }],
  ['an address without TLS', { network: { url: 'ws://example.com' } }],
  ['an operation that is not known', { network: {}, mexIds: new Map([['nonsense', '1']]) }],
])('refuses %s at the start, before Baileys is loaded', (_what, wrong) => {
  // The check needs none of the ports.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  expect(() => new LateEngine(wrong as BaileysEngineOptions)).toThrow(ConfigError)
})
