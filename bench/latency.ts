/** (c) From the POST to the phone's screen on an idle instance, against `relayMessage` to the same phone. */

import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import type { Phone } from '@recado/simulator'
import type { Burst } from './burst.js'
import { addPeople } from './people.js'
import { Stage } from './stage.js'
import { type Comparison, percentile } from './table.js'

const warmUps = 200
const messagesARun = 40
/** So that each finds the instance idle. */
const pauseMs = 30

export async function measureLatency({
  runs,
}: {
  readonly runs: number
}): Promise<readonly Comparison[]> {
  await using stage = await Stage.open()
  const [person] = await addPeople(stage.simulator, 1, 1)
  if (person === undefined) throw new Error('there is no phone')
  const ours: number[] = []
  const bare: number[] = []
  // The first is a stranger's, and an idle instance is not one that was just started.
  const codes = (count: number): Burst => ({
    kind: 'code',
    chats: Array.from({ length: count }, () => person.phone),
  })
  const warmUp = codes(warmUps)
  await stage.sendThroughBare(warmUp)
  await stage.sendThroughGateway(warmUp)
  for (let message = 0; message < runs * messagesARun; message += 1) {
    await delay(pauseMs)
    bare.push(await untilShown(person, () => stage.sendThroughBare(codes(1))))
    await delay(pauseMs)
    ours.push(await untilShown(person, () => stage.sendThroughGateway(codes(1))))
  }
  return [
    {
      name: 'latency to the screen, p50',
      unit: 'ms',
      ours,
      bare,
      goal: { better: 'less', above: 5 },
    },
    {
      name: 'p99 of it',
      unit: 'ms',
      ours: [percentile(ours, 0.99)],
      bare: [percentile(bare, 0.99)],
    },
  ]
}

/** How long until the phone shows the message, in milliseconds. */
async function untilShown(phone: Phone, send: () => Promise<void>): Promise<number> {
  const shown = once(phone.events, 'put')
  const startedAt = performance.now()
  const sent = send()
  await shown
  const ms = performance.now() - startedAt
  await sent
  return ms
}
