/** The files of a session that Baileys has linked, for tests that connect nothing. */

import { randomBytes } from 'node:crypto'
import { BufferJSON, Curve, initAuthCreds } from 'baileys'
import type { ImportFile } from '../../src/domain/session-import.js'

export interface DonorFiles {
  readonly creds: Record<string, unknown>
  /** Everything but creds, by the name of its file. */
  readonly keys: Record<string, unknown>
}

export function donorFiles(phone = '5511988880001'): DonorFiles {
  return {
    creds: {
      ...initAuthCreds(),
      nextPreKeyId: 31,
      firstUnuploadedPreKeyId: 31,
      me: { id: `${phone}:7@s.whatsapp.net`, lid: '99887766554433:7@lid', name: 'Loja' },
      account: {
        details: randomBytes(12).toString('base64'),
        accountSignatureKey: randomBytes(32).toString('base64'),
        accountSignature: randomBytes(64).toString('base64'),
        deviceSignature: randomBytes(64).toString('base64'),
      },
      platform: 'android',
      routingInfo: Buffer.of(1),
    },
    keys: {
      'pre-key-3.json': Curve.generateKeyPair(),
      'pre-key-40.json': Curve.generateKeyPair(),
      'session-5511977770001.0.json': Buffer.from('ratchet'),
      'sender-key-1203630@g.us--5511977770001_1--0.json': Buffer.from('chain'),
      'sender-key-memory-1203630@g.us.json': { '5511977770001:0@s.whatsapp.net': true },
      'app-state-sync-key-AAAA__w==.json': {
        keyData: randomBytes(32).toString('base64'),
        timestamp: '1795600000000',
      },
      'app-state-sync-version-regular.json': { version: 3, hash: Buffer.of(1), indexValueMap: {} },
      'lid-mapping-5511977770001.json': '11223344556677',
      'lid-mapping-11223344556677_reverse.json': '5511977770001',
      'device-list-5511977770001.json': ['0', '4'],
      'tctoken-11223344556677@lid.json': { token: Buffer.of(7), timestamp: '1795600000' },
      'tctoken-__index.json': { token: Buffer.from('["11223344556677@lid"]') },
      'identity-key-5511977770001.0.json': randomBytes(33),
    },
  }
}

/** As they lie in a folder. */
export function inFolder({ creds, keys }: DonorFiles): ImportFile[] {
  return Object.entries({ 'creds.json': creds, ...keys }).map(([name, value]) => ({
    name,
    bytes: Buffer.from(JSON.stringify(value, BufferJSON.replacer)),
  }))
}
