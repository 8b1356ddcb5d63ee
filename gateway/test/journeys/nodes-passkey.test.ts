/** A link for the passkey step is opened through any node, and the linking goes on where it began. */

import { afterEach, beforeEach, expect, test } from 'vitest'
import { NodeJourney, type NodeOfJourney } from '../support/node-journey.js'
import { confirmOnPhone } from '../support/passkey-phone.js'
import { shown } from '../support/journey.js'

let journey: NodeJourney

beforeEach(async () => {
  journey = await NodeJourney.start(2)
})

afterEach(async () => {
  await journey[Symbol.asyncDispose]()
})

async function asVisitor({ process }: NodeOfJourney, path: string, body: object) {
  const response = await fetch(`${process.url}/console/api/passkey-link/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-recado-console': '1' },
    body: JSON.stringify(body),
  })
  return (await response.json()) as Record<string, unknown>
}

test('the person answers it on the node without the session, and a code goes out', async () => {
  const [one, two] = journey.nodes as unknown as readonly [NodeOfJourney, NodeOfJourney]
  const instance = await one.client.createInstance('journey')
  const value = journey.callbacks.url
  await one.client.onInstance(instance, 'PUT', 'update-every-webhooks', { value })
  const phone = await journey.newPhone({ asksForPasskey: 'on' })
  phone.scan((await two.client.qrText(instance)) ?? '').catch(() => undefined)
  await journey.callbacks.next(({ body }) => body['type'] === 'PasskeyCallback')
  const owner = await journey.ownerOf(instance)
  const other = owner === one ? two : one

  const made = await other.client.onInstance(instance, 'POST', 'passkey-link')
  const token = (made as { url: string }).url.split('#')[1] ?? ''
  const state = await asVisitor(other, 'state', { token })
  expect(state).toMatchObject({ state: 'passkey' })
  const answer = phone.signWithPasskey((state['options'] as { challenge: string }).challenge)
  expect(await asVisitor(other, 'answer', { token, answer })).toEqual({ done: true })
  expect(await asVisitor(other, 'state', { token })).toMatchObject({ state: 'phone' })
  await confirmOnPhone(phone)
  await journey.callbacks.next(({ body }) => body['type'] === 'ConnectedCallback')
  for (const node of [one, two])
    expect(await asVisitor(node, 'state', { token })).toMatchObject({ state: 'linked' })

  const person = await journey.newPhone()
  await shown(person, (await journey.sendOtp(other, instance, person)).messageId)
}, 120_000)
