/** Devices that are linked already: the dance of pairing takes a second each, and is not what is measured. */

import { getNextPreKeysNode, initAuthCreds, type AuthenticationCreds } from 'baileys'
import type { Simulator } from '@recado/simulator'
import { memoryKeyStore } from '../simulator/src/phone/memory-keys.js'
import { readKeyUpload } from '../simulator/src/server/key-bundle.js'

/** WhatsApp's numbers for devices end below 99. */
const devicesAnAccount = 50
/** As many as keep a client from uploading 812 new ones. */
const oneTimeKeys = 30

export async function linkDevices(
  simulator: Simulator,
  count: number,
): Promise<readonly AuthenticationCreds[]> {
  const found: AuthenticationCreds[] = []
  for (let index = 0; index < count; index += devicesAnAccount) {
    const phone = `55118${String(80_000_000 + index)}`
    await simulator.addPhone({ phone, name: 'Loja' })
    for (let more = index; more < Math.min(count, index + devicesAnAccount); more += 1)
      found.push(await linkOne(simulator, phone))
  }
  return found
}

async function linkOne(simulator: Simulator, phone: string): Promise<AuthenticationCreds> {
  const account = simulator.network.byPhone(phone)
  if (account === undefined) throw new Error('nobody has this number')
  const creds = initAuthCreds()
  const number = account.nextDeviceNumber()
  const device = account.addCompanion({
    platform: 'desktop',
    linkedAt: Date.now(),
    noiseKey: creds.noiseKey.public,
    number,
  })
  const { node, update } = await getNextPreKeysNode({ creds, keys: memoryKeyStore() }, oneTimeKeys)
  const { bundle, keys } = readKeyUpload(node)
  bundle.add(keys)
  device.keys = bundle
  return {
    ...creds,
    ...update,
    registered: true,
    platform: 'android',
    me: {
      id: `${phone}:${number}@s.whatsapp.net`,
      lid: `${account.lid.replace(/@.*/u, '')}:${number}@lid`,
      name: 'Loja',
    },
    // Nobody looks at the signatures of a device that says nothing.
    account: {
      details: new Uint8Array(8),
      accountSignatureKey: new Uint8Array(32),
      accountSignature: new Uint8Array(64),
      deviceSignature: new Uint8Array(64),
    },
  }
}
