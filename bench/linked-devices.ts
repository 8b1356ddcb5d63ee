/** Devices that are linked already: the dance of pairing takes a second each, and is not what is measured. */

import {
  getNextPreKeysNode,
  initAuthCreds,
  type AuthenticationCreds,
  type BinaryNode,
  type KeyPair,
} from 'baileys'
import type { Simulator } from '@recado/simulator'
import { memoryKeyStore } from '../simulator/src/phone/memory-keys.js'
import { type KeyBundle, readKeyUpload } from '../simulator/src/server/key-bundle.js'

/** WhatsApp's numbers for devices end below 99. */
const devicesAnAccount = 50
/** More than the few at which a client uploads new ones. */
const oneTimeKeys = 30

export interface LinkedDevice {
  readonly creds: AuthenticationCreds
  /** By id. The device has them, too: one that misses its newest uploads others at every start. */
  readonly preKeys: Readonly<Record<string, KeyPair>>
}

export async function linkDevices(
  simulator: Simulator,
  count: number,
  anAccount = devicesAnAccount,
): Promise<readonly LinkedDevice[]> {
  const found: LinkedDevice[] = []
  for (let index = 0; index < count; index += anAccount) {
    const phone = `55118${String(80_000_000 + index)}`
    await simulator.addPhone({ phone, name: 'Loja' })
    for (let more = index; more < Math.min(count, index + anAccount); more += 1)
      found.push(await linkOne(simulator, phone))
  }
  return found
}

async function linkOne(simulator: Simulator, phone: string): Promise<LinkedDevice> {
  const account = simulator.network.byPhone(phone)
  if (account === undefined) throw new Error('no phone has this number')
  const creds = initAuthCreds()
  const number = account.nextDeviceNumber()
  const device = account.addCompanion({
    platform: 'desktop',
    linkedAt: Date.now(),
    noiseKey: creds.noiseKey.public,
    number,
  })
  const kept = memoryKeyStore()
  const { node, update } = await getNextPreKeysNode({ creds, keys: kept }, oneTimeKeys)
  device.keys = bundleIn(node)
  const ids = Array.from({ length: oneTimeKeys }, (_, index) => `${index + 1}`)
  const linked = {
    ...creds,
    ...update,
    registered: true,
    platform: 'android',
    me: {
      id: `${phone}:${number}@s.whatsapp.net`,
      lid: `${account.lid.replace(/@.*/u, '')}:${number}@lid`,
      name: 'Loja',
    },
    // The signatures of a silent device are not checked.
    account: {
      details: new Uint8Array(8),
      accountSignatureKey: new Uint8Array(32),
      accountSignature: new Uint8Array(64),
      deviceSignature: new Uint8Array(64),
    },
  }
  return { creds: linked, preKeys: await kept.get('pre-key', ids) }
}

/** What the server keeps of an upload. */
export function bundleIn(upload: BinaryNode): KeyBundle {
  const read = readKeyUpload(upload)
  if (read === undefined) throw new Error('the key upload is incomplete')
  read.bundle.add(read.keys)
  return read.bundle
}
