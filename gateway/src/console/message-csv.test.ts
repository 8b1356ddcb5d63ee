import { expect, it } from 'vitest'
import { loopTurns } from '../../test/support/loop-turns.js'
import type { FoundMessage } from '../outbox/history/message-search.js'
import { newInstanceId, newMessageId, newWhatsappId } from '../runtime/ids.js'
import { csvOf } from './message-csv.js'

const message: FoundMessage = {
  sequence: 1,
  id: newMessageId(),
  whatsappId: newWhatsappId(),
  instanceId: newInstanceId(),
  recipient: { kind: 'person', phone: '5511999990001' },
  kind: 'text',
  priority: 'normal',
  status: 'queued',
  code: undefined,
  acceptedAt: 0,
  sentAt: undefined,
  deliveredAt: undefined,
  readAt: undefined,
  endedAt: undefined,
  attempts: 0,
  failure: undefined,
  explanation: undefined,
  fellBack: false,
}

/** At once, as SQLite gives them. */
async function* many(count: number): AsyncGenerator<FoundMessage> {
  for (let at = 0; at < count; at += 1) yield message
}

it('gives other calls their turn while many messages are written', async () => {
  const { result: text, turns } = await loopTurns(async () => {
    let written = ''
    for await (const part of csvOf(many(1_000), new Map())) written += part
    return written
  })
  expect(text.split('\r\n')).toHaveLength(1_002)
  // Every 200 lines.
  expect(turns).toBeGreaterThanOrEqual(5)
})
