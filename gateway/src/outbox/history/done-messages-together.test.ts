/** Every node purges: two at the same moment count no message twice, and take none that is new. */

import { expect, test } from 'vitest'
import { temporaryPostgres } from '../../../test/support/databases.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld } from '../../../test/support/outbox-world.js'
import { openDatabase } from '../../db/open-database.js'
import { DoneMessages } from './done-messages.js'

const monthMs = 30 * 24 * 3_600_000
const messages = 60

test('two nodes that purge at once take each message once, while one of them accepts', async () => {
  const url = await temporaryPostgres()
  await using one = await openDatabase({ url, leaseMs: 12_000 })
  await using two = await openDatabase({ url, leaseMs: 12_000 })
  const world = anOutboxWorld(one)
  const instanceId = await world.anInstance('closed')
  const recipient = { kind: 'person', phone: '5511999990001' } as const
  const accept = () => world.outbox.accept(instanceId, { recipient, content: anOtp() })
  for (let n = 0; n < messages; n += 1) await accept()
  await one.query.updateTable('message').set({ status: 'delivered', sent_at: 0 }).execute()
  await world.clock.advance(monthMs)

  const { clock } = world
  const [first, second, accepted] = await Promise.all([
    new DoneMessages({ database: one, clock }).purge(),
    new DoneMessages({ database: two, clock }).purge(),
    accept(),
  ])
  expect(first + second).toBe(messages)
  const left = await two.query.selectFrom('message').select('id').execute()
  expect(left).toEqual([{ id: accepted.id }])
})
