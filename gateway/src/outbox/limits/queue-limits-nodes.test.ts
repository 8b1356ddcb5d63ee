/** Two nodes accept messages of one instance: what waits is bounded over both. */

import { expect, onTestFinished, test } from 'vitest'
import { temporaryPostgres } from '../../../test/support/databases.js'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { anOtp } from '../../../test/support/outgoing-message.js'
import { anOutboxWorld, type OutboxWorld } from '../../../test/support/outbox-world.js'
import { openDatabase } from '../../db/open-database.js'
import { OutboxFullError, WaitingBytesError } from '../../domain/errors.js'

const recipient = { kind: 'person', phone: '5511999990001' } as const

test.each([
  ['messages', { maxWaiting: 4 }, OutboxFullError],
  ['bytes', { maxWaitingBytes: 18_000 }, WaitingBytesError],
])('of %s, as far as a node counted them in the last 5 seconds', async (_, bounds, refusal) => {
  const database = await openDatabase({ url: await temporaryPostgres() })
  onTestFinished(() => database[Symbol.asyncDispose]())
  const clock = new ManualClock()
  const aNode = () => anOutboxWorld(database, { clock, ...bounds })
  const [one, other] = [aNode(), aNode()]
  const instanceId = await one.anInstance('closed')
  const image = { kind: 'base64', base64: 'A'.repeat(4_000) } as const
  const acceptOn = ({ outbox }: OutboxWorld) =>
    outbox.accept(instanceId, { recipient, content: { ...anOtp('845201'), image } })

  await acceptOn(other)
  for (let count = 0; count < 3; count += 1) await acceptOn(one)
  clock.jump(5_000)
  await expect(acceptOn(other)).rejects.toThrow(refusal)
})
