import { expect, it } from 'vitest'
import type { MessageId, WhatsappId } from '../domain/message.js'
import { instanceIdOf } from '../../test/support/outgoing-message.js'
import type { MessageHistory } from '../outbox/history/message-history.js'
import { timelineOf } from './timeline.js'

const [first, second] = [instanceIdOf('first'), instanceIdOf('second')]

// The parts that the timeline reads.
const history = {
  id: 'A1' as MessageId,
  instanceId: second,
  whatsappId: '3EB0' as WhatsappId,
  recipient: { kind: 'person', phone: '5511999990001' },
  status: 'sent',
  priority: 'high',
  acceptedAt: 1,
  sentAt: 5,
  attempts: [
    { whatsappId: '3EB0' as WhatsappId, claimedAt: 2, outcome: 'refused', refusalCode: 463 },
    { whatsappId: '3EB0' as WhatsappId, claimedAt: 4, outcome: 'sent' },
  ],
  pool: {
    id: instanceIdOf('pool'),
    onUnknown: 'wait',
    moves: [{ at: 3, from: first, to: second, why: 'refused' }],
  },
} as unknown as MessageHistory

it('shows from which member of a pool a message went to which, when and why', () => {
  const names = new Map([[first, 'Loja 1']])
  expect(timelineOf(history, (id) => names.get(id) ?? id)).toEqual([
    { kind: 'accepted', at: 1 },
    { kind: 'attempt', at: 2, outcome: 'refused', refusalCode: 463 },
    { kind: 'moved', at: 3, from: 'Loja 1', to: second, cause: 'refused' },
    { kind: 'attempt', at: 4, outcome: 'sent' },
    { kind: 'sent', at: 5 },
  ])
})
