/** `<notification type=mex>`: what WhatsApp tells as the answer of a GraphQL operation. */

import type { Account } from '../account.js'
import type { Network } from '../network.js'
import { SERVER_JID, stanza } from '../wire/stanza.js'

/** Every device of these people hears of it. */
export function tellByMex(
  network: Network,
  people: Iterable<Account>,
  operation: string,
  data: object,
): void {
  const content = Buffer.from(JSON.stringify({ data }))
  for (const account of people)
    for (const device of account.devices.values()) {
      const update = stanza('update', { op_name: operation }, content)
      device.deliver(network.notification('mex', { from: SERVER_JID }, [update]))
    }
}
