/** What a queue that nothing leaves says of the wait in it. */

import type { Database } from '../../src/db/database.js'
import type { Vault } from '../../src/db/encryption.js'
import type { InstanceId } from '../../src/domain/instance.js'
import type { QueuePort } from '../../src/outbox/outbox.js'
import { OutboxStore } from '../../src/outbox/outbox-store.js'
import { Forecast } from '../../src/outbox/queue/forecast.js'
import type { SendingHolds } from '../../src/outbox/limits/sending-holds.js'
import type { Clock } from '../../src/runtime/clock.js'

/** Counts what waits each time. With a gap of 2 seconds. */
export function queueForecast({
  database,
  vault,
  clock,
  holds,
  isOpen,
}: {
  readonly database: Database
  readonly vault: Vault
  readonly clock: Clock
  readonly holds: Pick<SendingHolds, 'turns'>
  readonly isOpen: (instanceId: InstanceId) => boolean
}): QueuePort['forecast'] {
  const store = new OutboxStore({ vault, database })
  const policy = { minGapMs: 1_000, maxGapMs: 3_000 }
  return (instanceId, query = database.query) =>
    new Forecast({
      store,
      clock,
      pacing: async () => policy,
      holds,
      isOpen,
      isTold: () => true,
      gapOverAt: () => 0,
    }).of(instanceId, query)
}
