/** A number that another gateway has linked: plain Baileys over its own multi-file store, stopped or running. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { useMultiFileAuthState } from 'baileys'
import type { Phone, Simulator } from '@recado/simulator'
import { onTestFinished } from 'vitest'
import { Client } from '../../../simulator/test/support/client.js'

export interface DonorGateway {
  /** Its multi-file store. */
  readonly folder: string
  readonly client: Client
  /** From now on it connects again when it is replaced, as Evolution API does. Resolves once it has. */
  comesBack(): Promise<Client>
  /** Ends it as an operator does who stops the program: nothing is logged out. */
  stop(): Promise<void>
}

/** A folder that goes with the test. */
export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'recado-donor-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Links it to the phone and leaves it running. */
export async function linkDonor(simulator: Simulator, phone: Phone): Promise<DonorGateway> {
  const folder = await testFolder()
  const { state, saveCreds } = await useMultiFileAuthState(folder)
  const first = new Client(simulator, { auth: state })
  await phone.scan(await first.until(() => first.qr))
  await first.untilClosed()
  const client = await new Client(simulator, { auth: state }).untilSettled()
  await saveCreds()
  const running = [client]
  const comesBack = async (): Promise<Client> => {
    await client.untilClosed()
    const successor = new Client(simulator, { auth: state })
    running.push(successor)
    return successor.untilOpen()
  }
  const stop = async (): Promise<void> => {
    for (const each of running) await each.end()
    await saveCreds()
  }
  onTestFinished(stop)
  return { folder, client, comesBack, stop }
}
