import { beforeEach, expect, test } from 'vitest'
import { eachDatabase } from '../../test/support/databases.js'
import { EventLog } from '../../test/support/event-log.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { addInstance } from '../../test/support/stored-instance.js'
import type { Call, CallId } from '../domain/call.js'
import type { GatewayEvent } from '../domain/gateway-event.js'
import type { InstanceId } from '../domain/instance.js'
import { Calls } from './calls.js'

const ana = { phone: '5511999999999', lid: '818966' }

function ringing(change: Partial<Call> = {}): Call {
  return {
    id: 'C1' as CallId,
    chat: { kind: 'person', ...ana },
    caller: ana,
    video: false,
    step: 'ringing',
    at: 500,
    over: false,
    ...change,
  }
}

eachDatabase('calls', (open) => {
  let instanceId: InstanceId
  let calls: Calls
  let log: EventLog
  let events: GatewayEvent[]
  let did: string[]
  let settings: { rejectCalls: boolean; rejectedCallText: string }
  let failure: Error | undefined

  const heard = (call: Call) => calls.heard(instanceId, '5511888888888', call)
  const toldSteps = () => events.map((event) => event.kind === 'call.changed' && event.call.step)

  beforeEach(async () => {
    const database = await open()
    instanceId = await addInstance(database)
    log = new EventLog()
    events = []
    did = []
    failure = undefined
    settings = { rejectCalls: true, rejectedCallText: 'Escreva' }
    calls = new Calls({
      database,
      log,
      clock: new ManualClock(1_000),
      settings: { settingsOf: async () => settings },
      events: {
        async publish(event, { afterCommit }) {
          if (failure) throw failure
          afterCommit(() => events.push(event))
        },
      },
      reject: async (_, { id }) => void did.push(`reject ${id}`),
      outbox: {
        async accept(_, { recipient, content }, { idempotencyKey }) {
          const text = content.kind === 'text' ? content.text : ''
          did.push(`${idempotencyKey}: ${text} to ${JSON.stringify(recipient)}`)
        },
      },
    })
  })

  test('tells each step once, whatever WhatsApp repeats', async () => {
    settings = { rejectCalls: false, rejectedCallText: 'Escreva' }
    for (const step of ['ringing', 'ringing', 'missed', 'missed'] as const)
      await heard(ringing({ step }))
    expect(toldSteps()).toEqual(['ringing', 'missed'])
    expect(did).toEqual([])
  })

  test('rejects, and writes to the caller under the name of the call', async () => {
    await heard(ringing())
    expect(did).toEqual([
      'reject C1',
      'call C1: Escreva to {"kind":"person","phone":"5511999999999"}',
    ])
    await heard(ringing({ step: 'missed' }))
    expect(did).toHaveLength(2)
  })

  test('has accepted the text before the call counts as told', async () => {
    failure = new Error('no space left')
    await expect(heard(ringing())).rejects.toThrow('no space left')
    failure = undefined
    await heard(ringing())
    expect(did.filter((deed) => deed.startsWith('call C1'))).toHaveLength(2)
    expect(toldSteps()).toEqual(['ringing'])
  })

  test('rejects nothing that is over, and writes nothing where no text is set', async () => {
    await heard(ringing({ over: true }))
    settings = { rejectCalls: true, rejectedCallText: '' }
    await heard(ringing({ id: 'C2' as CallId }))
    expect(did).toEqual([
      'call C1: Escreva to {"kind":"person","phone":"5511999999999"}',
      'reject C2',
    ])
  })

  test('writes to a caller without a number by LID, and to no group', async () => {
    await heard(ringing({ caller: { lid: '818966' } }))
    await heard(ringing({ id: 'C2' as CallId, chat: { kind: 'group', group: '12' } }))
    expect(did).toEqual([
      'reject C1',
      'call C1: Escreva to {"kind":"lid","lid":"818966"}',
      'reject C2',
    ])
  })
})
