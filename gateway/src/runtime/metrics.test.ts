import { expect, test } from 'vitest'
import { type CurrentFigures, Metrics, mostPools } from './metrics.js'

const quiet: CurrentFigures = {
  waiting: { queued: 0, sending: 0, unknown: 0 },
  oldestWaitingMs: 0,
  pendingCallbacks: 0,
  oldestPendingCallbackMs: 0,
  deadCallbacks: 0,
  sessions: { open: 0, ended: 0 },
  pools: [],
  node: undefined,
}

const linesOf = async (metrics: Metrics) => (await metrics.text()).split('\n')

test('tells how long each step took, in seconds', async () => {
  const metrics = new Metrics(async () => quiet, '1.2.3')
  metrics.messageAccepted()
  metrics.messageSent(1_500, 'high')
  metrics.messageAdvanced('delivered', 400)
  metrics.messageAdvanced('read', 90_000)
  metrics.callbackTaken(20)
  const lines = await linesOf(metrics)
  expect(lines).toContain('recado_messages_accepted_total 1')
  expect(lines).toContain('recado_message_accepted_to_sent_seconds_sum{priority="high"} 1.5')
  expect(lines).toContain(
    'recado_message_accepted_to_sent_seconds_bucket{le="1",priority="high"} 0',
  )
  expect(lines).toContain(
    'recado_message_accepted_to_sent_seconds_bucket{le="2",priority="high"} 1',
  )
  expect(lines).toContain('recado_message_sent_to_delivered_seconds_sum 0.4')
  expect(lines).toContain('recado_message_delivered_to_read_seconds_sum 90')
  expect(lines).toContain('recado_callback_lag_seconds_sum 0.02')
})

test('counts endings by reason, and what expired by itself', async () => {
  const metrics = new Metrics(async () => quiet, '1.2.3')
  metrics.messageEnded('refused')
  metrics.messageEnded('expired')
  metrics.messageEnded('expired')
  metrics.callbackAttempted('unanswered')
  metrics.callbackDead()
  const lines = await linesOf(metrics)
  expect(lines).toContain('recado_messages_failed_total{reason="refused"} 1')
  expect(lines).toContain('recado_messages_expired_total 2')
  expect(lines).toContain('recado_callback_attempts_total{outcome="unanswered"} 1')
  expect(lines).toContain('recado_callbacks_dead_total 1')
})

test('no number that WhatsApp invents makes a series of its own', async () => {
  const metrics = new Metrics(async () => quiet, '1.2.3')
  for (const code of [463, 463, 5511999999999, -1, Number.NaN, 0.5]) metrics.sendRefused(code)
  const refused = (await linesOf(metrics)).filter((line) => line.startsWith('recado_sends_refused'))
  expect(refused).toEqual([
    'recado_sends_refused_total{code="463"} 2',
    'recado_sends_refused_total{code="other"} 4',
  ])
})

test('reads the current values for each scrape', async () => {
  let now: CurrentFigures = {
    ...quiet,
    waiting: { queued: 3, sending: 1, unknown: 0 },
    oldestWaitingMs: 65_000,
    deadCallbacks: 2,
    sessions: { open: 7, ended: 1 },
  }
  const metrics = new Metrics(async () => now, '1.2.3')
  const first = await linesOf(metrics)
  expect(first).toContain('recado_messages_waiting{status="queued"} 3')
  expect(first).toContain('recado_oldest_waiting_message_seconds 65')
  expect(first).toContain('recado_callbacks_dead 2')
  expect(first).toContain('recado_sessions{state="open"} 7')

  now = quiet
  const second = await linesOf(metrics)
  expect(second).toContain('recado_messages_waiting{status="queued"} 0')
  expect(second).toContain('recado_oldest_waiting_message_seconds 0')
  expect(second).toContain('recado_sessions{state="open"} 0')
})

test('of several nodes one alone gives the figures of the database', async () => {
  const node = { instances: 3, nodes: 2, isLead: true }
  let now: CurrentFigures = { ...quiet, waiting: { queued: 3 }, node }
  const metrics = new Metrics(async () => now, '1.2.3')
  const seriesOf = async () => (await linesOf(metrics)).filter((line) => !line.startsWith('#'))
  const first = await seriesOf()
  for (const line of ['recado_messages_waiting{status="queued"} 3', 'recado_nodes 2'])
    expect(first).toContain(line)

  now = { ...now, node: { ...node, isLead: false } }
  metrics.instanceTaken('silent', 12_500)
  const second = await seriesOf()
  expect(second).toContain('recado_node_instances 3')
  expect(second).toContain('recado_node_handover_seconds_sum{cause="silent"} 12.5')
  const ofDatabase = /^recado_(nodes|messages_waiting|oldest|callbacks_(pending|dead) )/u
  expect(second.filter((line) => ofDatabase.test(line))).toEqual([])
  expect(second).toContain('recado_sessions{state="open"} 0')

  now = quiet
  const alone = await seriesOf()
  expect(alone).toContain('recado_callbacks_pending 0')
  expect(alone.filter((line) => /^recado_node(s|_instances)/u.test(line))).toEqual([])
})

test('tells how the process is', async () => {
  const lines = await linesOf(new Metrics(async () => quiet, '1.2.3'))
  expect(lines).toContain('recado_build_info{version="1.2.3"} 1')
  expect(lines.some((line) => line.startsWith('process_resident_memory_bytes '))).toBe(true)
})

test('tells of each pool what its members can do and how long a code would wait', async () => {
  let pools: CurrentFigures['pools'] = [
    { id: 'A1', members: { ready: 2, away: 1 }, codeWaitMs: 1_500 },
    { id: 'B2', members: { ready: 0, away: 3 }, codeWaitMs: undefined },
  ]
  const metrics = new Metrics(async () => ({ ...quiet, pools }), '1.2.3')
  metrics.messageMoved('A1', 'disconnected')
  const lines = await linesOf(metrics)
  expect(lines).toContain('recado_pool_members{pool="A1",state="ready"} 2')
  expect(lines).toContain('recado_pool_members{pool="B2",state="away"} 3')
  expect(lines).toContain('recado_pool_code_wait_seconds{pool="A1"} 1.5')
  expect(lines.join()).not.toContain('recado_pool_code_wait_seconds{pool="B2"}')
  expect(lines).toContain('recado_pool_moves_total{pool="A1",reason="disconnected"} 1')
  pools = []
  expect((await linesOf(metrics)).join()).not.toContain('recado_pool_members{')
})

test('the moves of more pools than have series of their own count together', async () => {
  const metrics = new Metrics(async () => quiet, '1.2.3')
  for (let n = 0; n < mostPools + 20; n += 1) metrics.messageMoved(`pool${n}`, 'full')
  const moves = (await linesOf(metrics)).filter((line) => line.startsWith('recado_pool_moves'))
  expect(moves).toHaveLength(mostPools + 1)
  expect(moves).toContain('recado_pool_moves_total{pool="other",reason="full"} 20')
})
