/**
 * The stage for tests of the engine alone: importing it gives the test file a
 * simulator of its own, without faults before each test.
 */

import { type Phone, type Simulator, startSimulator } from '@recado/simulator'
import { afterAll, afterEach, beforeAll, expect, onTestFinished } from 'vitest'
import type { InstanceId } from '../../src/domain/instance.js'
import { type Clock, systemClock } from '../../src/runtime/clock.js'
import { type EngineRig, engineRig, type otpTo, type Wire } from './engine-rig.js'
import type { EventLog } from './event-log.js'
import type { MemoryCredentials } from './memory-credentials.js'

const instanceId = '3A' as InstanceId

/** Lets ten seconds pass in half a second, so that a missing ack is noticed soon. */
export const hasty: Clock = {
  ...systemClock,
  sleep: (ms, signal) => systemClock.sleep(ms / 20, signal),
}

export let simulator: Simulator
let numbers = 0

beforeAll(async () => {
  simulator = await startSimulator()
})

afterEach(() => {
  simulator.faults.clear()
})

afterAll(async () => {
  await simulator[Symbol.asyncDispose]()
})

export function newPhone(
  change: { phone?: string; business?: boolean; asksForPasskey?: 'on' | 'by-iq' } = {},
): Promise<Phone> {
  numbers += 1
  return simulator.addPhone({ phone: `551190000${String(1000 + numbers)}`, ...change })
}

export function newRig(
  options: { credentials?: MemoryCredentials; clock?: Clock; log?: EventLog } = {},
): EngineRig {
  return engineRig({ url: simulator.url, rootKey: simulator.rootKey, instanceId, ...options })
}

export async function connected(rig: EngineRig): Promise<Wire> {
  const wire = await rig.connect()
  onTestFinished(() => wire[Symbol.asyncDispose]())
  await wire.next('opened')
  return wire
}

/** A phone and a rig whose device it has linked. */
export async function linked(options: { clock?: Clock; log?: EventLog; business?: boolean } = {}) {
  const own = await newPhone({ business: options.business ?? false })
  const rig = newRig(options)
  const pairing = await rig.connect()
  await own.scan((await pairing.next('qr')).text)
  expect((await pairing.next('closed')).reason).toBe('restart-required')
  return { own, rig }
}

/** The phone's message, as soon as it has it. */
export async function shown(phone: Phone, id: string) {
  return await until(() => phone.messages.find((message) => message.id === id))
}

/** The credentials as they are on disk right before the write. */
export async function diedWhileSending(
  rig: EngineRig,
  wire: Wire,
  message: ReturnType<typeof otpTo>,
) {
  let disk = rig.credentials
  const result = await wire.send(message, {
    kept() {
      disk = rig.credentials.copy()
    },
  })
  expect(result).toMatchObject({ kind: 'sent' })
  await wire.connection.close()
  return disk
}

/** The socket of the device that the phone has linked. */
export function connectionOf(own: Phone) {
  const found = simulator.connections.find(
    ({ phone, device }) => phone === own.phone && device !== 0,
  )
  if (found === undefined) throw new Error('not connected')
  return found
}

export async function until<T>(look: () => T | undefined): Promise<T> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const found = look()
    if (found !== undefined) return found
    if (Date.now() > deadline) throw new Error('it did not come')
    await systemClock.sleep(5)
  }
}
