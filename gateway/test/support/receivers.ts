/** What looks after receivers of callbacks, without a courier. */

import type { Database } from '../../src/db/database.js'
import type { Vault } from '../../src/db/encryption.js'
import type { Instances } from '../../src/instances/instances.js'
import type { Clock } from '../../src/runtime/clock.js'
import { createGuardedFetch } from '../../src/runtime/guarded-fetch.js'
import { DeadLetters } from '../../src/webhooks/dead-letters.js'
import { Receivers } from '../../src/webhooks/receivers.js'
import { testCallback } from '../../src/zapi/callbacks.js'
import { maskedAnswer } from '../../src/zapi/masked-body.js'

export function receiverModules(base: {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Clock
  readonly instances: Instances
}) {
  const quiet = { hurry: () => undefined, takeAgain: () => undefined }
  return {
    deadLetters: new DeadLetters({ ...base, ...quiet }),
    receivers: new Receivers({
      ...base,
      ...quiet,
      tokens: base.instances,
      fetch: createGuardedFetch({
        allowedNetworks: ['127.0.0.0/8'],
        // No name is known, so that no test asks the network.
        lookup: async () => [],
      }),
      version: '1.2.3',
      maskAnswer: maskedAnswer,
      testBody: testCallback,
    }),
  }
}
