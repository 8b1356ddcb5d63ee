/** Recipients in the pretend WhatsApp, with as many devices as a measurement asks for. */

import type { Phone, Simulator } from '@recado/simulator'
import { getNextPreKeysNode, initAuthCreds } from 'baileys'
import { memoryKeyStore } from '../simulator/src/phone/memory-keys.js'
import { bundleIn } from './linked-devices.js'

/** One-time keys of a device: one for each session that a sender opens with it. */
const oneTimeKeys = 10
let made = 0

/** No sender has written to them before. */
export async function addPeople(
  simulator: Simulator,
  count: number,
  devices: number,
): Promise<readonly Phone[]> {
  const people: Phone[] = []
  for (let index = 0; index < count; index += 1) {
    made += 1
    const phone = await simulator.addPhone({ phone: `55119${String(90_000_000 + made)}` })
    for (let more = 1; more < devices; more += 1) await addSwitchedOff(simulator, phone)
    people.push(phone)
  }
  return people
}

/** A companion that is not switched on: senders encrypt for it, and no process spends time on reading it. */
async function addSwitchedOff(simulator: Simulator, { phone }: Phone): Promise<void> {
  const account = simulator.network.byPhone(phone)
  if (account === undefined) throw new Error('no phone has this number')
  const creds = initAuthCreds()
  const device = account.addCompanion({
    platform: 'desktop',
    linkedAt: Date.now(),
    noiseKey: creds.noiseKey.public,
    number: account.nextDeviceNumber(),
  })
  const { node } = await getNextPreKeysNode({ creds, keys: memoryKeyStore() }, oneTimeKeys)
  device.keys = bundleIn(node)
}
