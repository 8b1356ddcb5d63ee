/** A stage for the pages' pictures: phones of a running simulator, and clients linked to them. */

import type { Simulator } from '../../simulator/src/simulator.js'
import { Client, newStore } from '../../simulator/test/support/client.js'
import type { Stage } from '../test/phone-world.js'

export function openStage(simulator: Simulator): Stage & { readonly end: () => Promise<void> } {
  const clients: Client[] = []
  return {
    simulator,
    phone: (phone, more) => simulator.addPhone({ phone, ...more }),
    linked: async (phone, config) => {
      const first = new Client(simulator, newStore(), config)
      clients.push(first)
      await phone.scan(await first.until(() => first.qr))
      await first.untilClosed()
      const client = new Client(simulator, first.store, config)
      clients.push(client)
      return client.untilSettled()
    },
    end: async () => {
      for (const client of clients) await client.end()
    },
  }
}
