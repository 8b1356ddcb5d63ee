import { setImmediate as nextTurn } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import {
  type AlertStage,
  memoryMark,
  setWebhook,
  startAlerts,
} from '../../test/support/alert-stage.js'
import { eachDatabase } from '../../test/support/databases.js'
import { EndpointServer } from '../../test/support/endpoint-server.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import type { Database } from '../db/database.js'
import type { InstanceId } from '../domain/instance.js'
import type { NumberStanding } from './faults.js'

const minuteMs = 60_000

eachDatabase('alerts', (open) => {
  test('a number that is down is told once, signed, and its recovery after a restart', async () => {
    const database = await open()
    const clock = clockOf(database)
    await using receiver = await EndpointServer.start()
    const secret = await setWebhook(database, receiver.url())
    {
      await using stage = startAlerts({ database, clock })
      stage.numbers = [down('a', clock.now())]
      await later(clock, 4 * minuteMs - 20_000)
      expect(receiver.hits).toEqual([])
      await later(clock, minuteMs)
      await taken(receiver, 1, stage)
      await later(clock, 30 * minuteMs)
    }
    const [told] = receiver.hits
    expect(kindsOf(told)).toEqual({ opened: ['number-down'], recovered: [] })
    expect(told?.text).toContain('Loja a is not connected')
    const { 'webhook-id': id = '', 'webhook-timestamp': at = '' } = told?.headers ?? {}
    const signed = new Webhook(secret).sign(id, new Date(Number(at) * 1_000), told?.text ?? '')
    expect(told?.headers['webhook-signature']).toBe(signed)

    await using again = startAlerts({ database, clock })
    // As after a start: it connects, and nothing is known yet.
    again.numbers = [{ ...down('a', clock.now()), disconnection: undefined }]
    await later(clock, minuteMs)
    expect(receiver.hits).toHaveLength(1)
    again.numbers = [{ ...down('a', clock.now()), isOpen: true }]
    await clock.advance(10_000)
    await taken(receiver, 2, again)
    await later(clock, 30 * minuteMs)
    expect(receiver.hits).toHaveLength(2)
    expect(kindsOf(receiver.hits[1])).toEqual({ opened: [], recovered: ['number-down'] })
  })

  test('two nodes that decide at the same moment tell it once, and 50 numbers in one notice', async () => {
    const database = await open()
    const clock = clockOf(database)
    await using receiver = await EndpointServer.start()
    await setWebhook(database, receiver.url())
    await using one = startAlerts({ database, clock })
    await using other = startAlerts({ database, clock })
    const numbers = Array.from({ length: 50 }, (_, at) => down(`n${at}`, clock.now() + at * 100))
    one.numbers = numbers
    other.numbers = numbers
    await later(clock, 5 * minuteMs)
    await taken(receiver, 1, one)
    await later(clock, 5 * minuteMs)
    expect(receiver.hits).toHaveLength(1)
    expect(kindsOf(receiver.hits[0]).opened).toHaveLength(50)
    expect((await one.alerts.list()).open).toHaveLength(50)
  })

  test('a receiver that is away gets the alert and then the recovery, in order', async () => {
    const database = await open()
    const clock = clockOf(database)
    await using receiver = await EndpointServer.start()
    await setWebhook(database, receiver.url())
    receiver.answer = () => 500
    await using stage = startAlerts({ database, clock })
    stage.numbers = [down('a', clock.now() - 10 * minuteMs)]
    await clock.advance(20_000)
    await receiver.hit(1)
    stage.numbers = [{ ...down('a', 0), isOpen: true }]
    while (receiver.hits.length < 3) await later(clock, 60_000)
    expect(await stage.alerts.channels()).toMatchObject([{ channel: 'webhook', status: 'pending' }])
    receiver.answer = () => 200
    const failed = receiver.hits.length
    while (receiver.hits.length < failed + 2) await later(clock, 5 * minuteMs)
    const [first, second] = receiver.hits.slice(failed)
    expect(first?.headers['webhook-id']).toBe(receiver.hits[0]?.headers['webhook-id'])
    expect([kindsOf(first), kindsOf(second)]).toEqual([
      { opened: ['number-down'], recovered: [] },
      { opened: [], recovered: ['number-down'] },
    ])
  })

  test('a database that is away is told at once without it, and its return after a restart', async () => {
    const database = await open()
    const clock = clockOf(database)
    await using receiver = await EndpointServer.start()
    await setWebhook(database, receiver.url())
    const mark = memoryMark()
    {
      await using stage = startAlerts({ database, clock, mark })
      await clock.advance(10_000)
      stage.isDatabaseThere = false
      await clock.advance(15_000)
      expect(receiver.hits).toEqual([])
      await clock.advance(20_000)
      await receiver.hit(1)
      await later(clock, 10 * minuteMs)
      expect(receiver.hits).toHaveLength(1)
    }
    expect(kindsOf(receiver.hits[0]).opened).toEqual(['database-away'])
    await using again = startAlerts({ database, clock, mark })
    await clock.advance(10_000)
    await receiver.hit(2)
    expect(kindsOf(receiver.hits[1]).recovered).toEqual(['database-away'])
    expect((await again.alerts.list()).open).toEqual([])
  })
})

const clockOf = (database: Database) =>
  new ManualClock(undefined, () => database.transaction(async () => {}))

const kindsOf = (hit: { readonly body: Readonly<Record<string, unknown>> } | undefined) => ({
  opened: kindsIn(hit?.body['opened']),
  recovered: kindsIn(hit?.body['recovered']),
})

/** The receiver has it, and that is stored. */
async function taken(
  receiver: EndpointServer,
  count: number,
  { alerts }: AlertStage,
): Promise<void> {
  await receiver.hit(count)
  while ((await alerts.channels())[0]?.status !== 'done') await nextTurn()
}

/** Passes the time at once, and then lets them look. */
async function later(clock: ManualClock, ms: number): Promise<void> {
  clock.jump(ms)
  await clock.advance(20_000)
}

function kindsIn(alerts: unknown): readonly unknown[] {
  return Array.isArray(alerts) ? alerts.map(({ kind }) => kind) : []
}

function down(name: string, since: number): NumberStanding {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const instanceId = `3A5B7C9D1E2F3A4B${name}` as InstanceId
  return {
    instanceId,
    name: `Loja ${name}`,
    isOpen: false,
    disconnection: { reason: 'network', since },
  }
}
