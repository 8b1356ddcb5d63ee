/** What is counted, given out and remembered is one for all nodes: a second node gives no caller a second chance. */

import { afterEach, expect, test } from 'vitest'
import { NodeJourney, type NodeOfJourney } from '../support/node-journey.js'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { clientToken, shown } from '../support/journey.js'

let journey: NodeJourney

afterEach(async () => {
  await journey[Symbol.asyncDispose]()
})

type Two = readonly [NodeOfJourney, NodeOfJourney]

/** The id of the message; undefined while another call with the same key is answered. */
async function sendUnderKey(
  { process }: NodeOfJourney,
  { id, token }: SandboxInstance,
  phone: string,
): Promise<string | undefined> {
  const response = await fetch(`${process.url}/instances/${id}/token/${token}/send-text`, {
    method: 'POST',
    headers: {
      'client-token': clientToken,
      'content-type': 'application/json',
      'idempotency-key': 'one and the same',
    },
    body: JSON.stringify({ phone, message: 'Oi' }),
  })
  const answer = (await response.json()) as { messageId?: string }
  if (!response.ok && response.status !== 409) throw new Error(`answered ${response.status}`)
  return answer.messageId
}

test('codes, cooldowns, idempotency keys and expiry are those of both nodes together', async () => {
  journey = await NodeJourney.start(2, { RECADO_CODES_PER_10_MINUTES: '2' })
  const [one, two] = journey.nodes as unknown as Two
  const instance = await journey.pairedInstance(one)
  const call = ({ client }: NodeOfJourney, action: string, body: object) =>
    client.onInstance(instance, 'POST', action, body)

  const person = await journey.newPhone()
  for (const node of [one, two])
    await shown(person, (await journey.sendOtp(node, instance, person)).messageId)
  for (const node of [one, two])
    await expect(journey.sendOtp(node, instance, person)).rejects.toThrow('429')

  const { phone } = await journey.newPhone()
  await call(one, 'otp/start', { phone, cooldown: 600 })
  for (const node of [one, two])
    await expect(call(node, 'otp/start', { phone })).rejects.toThrow('429')

  const other = await journey.newPhone()
  const keyed = (node: NodeOfJourney) => sendUnderKey(node, instance, other.phone)
  const ids = new Set(await Promise.all([one, two, two, one].map(keyed)))
  ids.delete(undefined)
  expect(ids.size).toBe(1)
  const [id = ''] = ids
  expect([await keyed(one), await keyed(two)]).toEqual([id, id])
  await shown(other, id)
  expect(other.messages).toHaveLength(1)

  const unpaired = await one.client.createInstance('unpaired')
  const value = journey.callbacks.url
  await one.client.onInstance(unpaired, 'PUT', 'update-every-webhooks', { value })
  const code = { phone: other.phone, message: 'Seu código', code: 'QZX1', expiresIn: 30 }
  const late = await two.client.onInstance(unpaired, 'POST', 'send-button-otp', code)
  const { zaapId } = late as { zaapId: string }
  const told = () => journey.deliveries(zaapId)
  await expect.poll(told, { timeout: 90_000 }).toBe(1)
  const last = await journey.newPhone()
  for (const node of [one, two])
    await journey.delivery((await journey.sendOtp(node, instance, last)).zaapId)
  expect(told()).toBe(1)
}, 180_000)

/** Whether the node takes a token of the partner. */
async function accepts({ process }: NodeOfJourney, token: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` }
  return (await fetch(`${process.url}/instances`, { headers })).ok
}

/** What a gateway says at the terminal once. */
const printed = ({ process }: NodeOfJourney, form: RegExp): string | undefined =>
  form.exec(process.output.join('\n'))?.[1]

test('of two first starts at once one makes the secrets; what is changed on one counts on both', async () => {
  journey = await NodeJourney.start(0)
  const unset = { RECADO_CLIENT_TOKEN: '', RECADO_PARTNER_TOKEN: '' }
  const [one, two] = (await Promise.all([journey.addNode(unset), journey.addNode(unset)])) as Two
  const codes = [one, two].map((node) => printed(node, /set-up code[^\n]*\n\n? *(\S+)/u))
  expect(codes[0]).toEqual(expect.any(String))
  expect(codes[1]).toBe(codes[0])
  const made = [one, two].flatMap((node) => printed(node, /RECADO_PARTNER_TOKEN=(\S+)/u) ?? [])
  expect(made).toHaveLength(1)
  for (const node of [one, two]) expect(await accepts(node, made[0] ?? '')).toBe(true)

  const rotated = await journey.command(one, ['tokens', 'rotate', 'partner', '--overlap', '0'])
  const token = /RECADO_PARTNER_TOKEN=(\S+)/u.exec(rotated.text)?.[1] ?? rotated.text
  await expect.poll(() => accepts(two, token), { timeout: 30_000 }).toBe(true)
  expect(await accepts(two, made[0] ?? '')).toBe(false)

  expect(await journey.command(one, ['callers', 'set', '203.0.113.7'])).toMatchObject({ code: 0 })
  await expect.poll(() => accepts(two, token), { timeout: 30_000 }).toBe(false)
  expect(await journey.command(two, ['callers', 'set'])).toMatchObject({ code: 0 })
  await expect.poll(() => accepts(one, token), { timeout: 30_000 }).toBe(true)
}, 180_000)
