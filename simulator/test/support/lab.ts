/**
 * A simulator for one test, and the clients of that test.
 *
 * When the test is over, nothing may have been unknown to the server, nothing
 * may have failed inside it, and no client may have logged a warning that the
 * test did not announce.
 */

import type { UserFacingSocketConfig } from 'baileys'
import { expect, test as base } from 'vitest'
import type { Phone } from '../../src/phone.js'
import { type NewPhone, type Simulator, startSimulator } from '../../src/simulator.js'
import { Client, type ClientStore, newStore } from './client.js'

type Config = Partial<UserFacingSocketConfig>

export class Lab {
  readonly simulator: Simulator
  readonly #clients: Client[] = []
  readonly #announced: RegExp[] = [
    // A client that is closed while it answers a message.
    /error in handling message .*Connection Closed/u,
    // Every close of a stream by the server is an error in Baileys' log, the restart after pairing too.
    /stream errored out/,
  ]

  constructor(simulator: Simulator) {
    this.simulator = simulator
  }

  async phone(phone: string, more: Omit<NewPhone, 'phone'> = {}): Promise<Phone> {
    return this.simulator.addPhone({ phone, ...more })
  }

  /** A client that is not linked yet, or with the store of an earlier one. */
  client(store: ClientStore = newStore(), config: Config = {}): Client {
    const client = new Client(this.simulator, store, config)
    this.#clients.push(client)
    return client
  }

  /** Links a new client by QR and waits until it works. */
  async linked(phone: Phone, config: Config = {}): Promise<Client> {
    const first = this.client(newStore(), config)
    await phone.scan(await first.until(() => first.qr))
    expect(await first.untilClosed()).toBe(515)
    return this.client(first.store, config).untilSettled()
  }

  /** The same client again, as after a restart of its program. */
  async again(client: Client, config: Config = {}): Promise<Client> {
    return this.client(client.store, config).untilOpen()
  }

  /** Says that clients will log this, and that it is right. */
  announce(complaint: RegExp): void {
    this.#announced.push(complaint)
  }

  async close(): Promise<void> {
    for (const client of this.#clients) await client.end()
    await this.simulator[Symbol.asyncDispose]()
  }

  expectNothingUnexpected(): void {
    const { network } = this.simulator
    expect(network.unknownNodes).toEqual([])
    expect(network.failures).toEqual([])
    const complaints = this.#clients.flatMap((client) => client.complaints)
    expect(complaints.filter((each) => !this.#announced.some((sign) => sign.test(each)))).toEqual(
      [],
    )
  }
}

export const test = base.extend<{ lab: Lab }>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads a fixture's needs from this pattern
  lab: async ({}, use) => {
    const lab = new Lab(await startSimulator())
    await use(lab)
    await lab.close()
    lab.expectNothingUnexpected()
  },
})
