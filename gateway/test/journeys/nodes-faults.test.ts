/** What a bad network between nodes and PostgreSQL does: nothing is lost or doubled, and no session ends that need not. */

import { afterEach, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import { shown } from '../support/journey.js'
import { NodeJourney, type NodeOfJourney } from '../support/node-journey.js'

let journey: NodeJourney

afterEach(async () => {
  await journey[Symbol.asyncDispose]()
})

/** On the phone once, and told once. */
async function arrivesOnce(
  person: Phone,
  { messageId, zaapId }: { readonly messageId: string; readonly zaapId: string },
): Promise<void> {
  await shown(person, messageId)
  await journey.delivery(zaapId)
  expect(person.messages.filter(({ id }) => id === messageId)).toHaveLength(1)
  expect(journey.deliveries(zaapId)).toBe(1)
}

const told = (type: string) =>
  journey.callbacks.received.filter(({ body }) => body['type'] === type).length

test('a node keeps its sessions while the database is away for longer than its lease counts', async () => {
  journey = await NodeJourney.start(0)
  const { proxy, url } = await journey.databaseLink()
  const node = await journey.addNode({ RECADO_DATABASE_URL: url })
  const instance = await journey.pairedInstance(node)
  const person = await journey.newPhone()
  await arrivesOnce(person, await journey.sendOtp(node, instance, person))
  const connected = told('ConnectedCallback')
  proxy.refuse()
  await journey.logged(node, 'instances-paused')
  await expect(journey.sendOtp(node, instance, person)).rejects.toThrow('503')
  proxy.heal()
  await journey.logged(node, 'instances-resumed')
  await arrivesOnce(person, await journey.sendOtp(node, instance, person))
  expect(told('ConnectedCallback')).toBe(connected)
  expect(told('DisconnectedCallback')).toBe(0)
  expect(node.process.output.join('\n')).not.toContain('"instances-lost"')
})

test('a node that the database cannot hear is replaced, and doubles nothing when it is back', async () => {
  journey = await NodeJourney.start(0)
  const { proxy, url } = await journey.databaseLink()
  // No NOTIFY comes through to it, so it finds by polling alone what the other one accepts.
  proxy.cutBefore = (bytes) => bytes.includes('listen recado')
  const cutOff = await journey.addNode({ RECADO_DATABASE_URL: url })
  const instance = await journey.pairedInstance(cutOff)
  const person = await journey.newPhone()
  const other: NodeOfJourney = await journey.addNode()
  const acceptedAt = performance.now()
  const byPolling = await journey.sendOtp(other, instance, person)
  await shown(person, byPolling.messageId)
  const byPollingMs = performance.now() - acceptedAt
  await arrivesOnce(person, byPolling)
  await journey.logged(cutOff, 'signals-not-heard')
  expect(await journey.ownerOf(instance)).toBe(cutOff)
  expect(byPollingMs / (await journey.slowness(cutOff, instance))).toBeLessThan(5_000)

  proxy.blackHole()
  const meanwhile = await journey.sendOtp(other, instance, person)
  await arrivesOnce(person, meanwhile)
  expect(await journey.ownerOf(instance)).toBe(other)
  proxy.heal()
  await journey.logged(cutOff, 'instances-lost')
  const later = await journey.sendOtp(cutOff, instance, person)
  await arrivesOnce(person, later)
  expect(journey.deliveries(meanwhile.zaapId)).toBe(1)
})
