/** The failures that the virtual phone plays by name, and what a caller is told of each: as docs/simulator-faults.md says. */

import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, shown } from '../support/journey.js'

const page = await readFile(new URL('../../../docs/simulator-faults.md', import.meta.url), 'utf8')
let journey: Journey
let instance: SandboxInstance
let shop: Phone
let person: Phone

beforeAll(async () => {
  journey = await Journey.start()
})

beforeEach(async () => {
  ;({ instance, phone: shop } = await journey.pairedInstance())
  person = await journey.newPhone()
})

afterAll(() => journey[Symbol.asyncDispose]())

async function call(method: 'PUT' | 'DELETE', { phone }: Phone, kind: string): Promise<void> {
  const url = `${journey.simulator.controlUrl}/phones/${phone}/failures/${kind}`
  const { status } = await fetch(url, { method })
  if (status !== 200) throw new Error(`${method} ${kind} was answered ${status}`)
}

const play = (phone: Phone, kind: string) => call('PUT', phone, kind)
const undo = (phone: Phone, kind: string) => call('DELETE', phone, kind)

/** What the page says about a failure. */
function rowOf(kind: string): string {
  return page.split('\n').find((line) => line.startsWith(`| \`${kind}\` |`)) ?? ''
}

const send = () =>
  journey.sendOtp(instance, { phone: person.phone, message: 'Código', code: journey.newCode() })

async function told() {
  const status = await journey.client.onInstance(instance, 'GET', 'status')
  return status as { disconnection?: { reason: string; cause: string } }
}

/** Why the instance is not connected, in the words of its status. */
async function causeOf(reason: string): Promise<string> {
  await expect.poll(told).toMatchObject({ disconnection: { reason } })
  return (await told()).disconnection?.cause ?? ''
}

describe('a failure of the recipient', () => {
  test('not-on-whatsapp: the callback says that the number does not exist', async () => {
    await play(person, 'not-on-whatsapp')
    const { zaapId } = await send()
    const { body } = await journey.delivery(zaapId)
    expect(rowOf('not-on-whatsapp')).toContain(`\`${String(body['error'])}\``)
  })

  test('button-refused: the code arrives as plain text, and the button is back once it is undone', async () => {
    await play(person, 'button-refused')
    const { zaapId } = await send()
    const { body } = await journey.delivery(zaapId)
    expect(body).toMatchObject({ fallback: expect.anything() })
    expect(rowOf('button-refused')).toContain('`fallback`')
    expect((await shown(person, String(body['messageId']))).buttons).toEqual([])

    await undo(person, 'button-refused')
    const { messageId } = await send()
    expect((await shown(person, messageId)).buttons).toHaveLength(1)
  })
})

describe('a failure of the sender', () => {
  test('restricted: the callback says shadow ban, and the next stranger is refused', async () => {
    await play(shop, 'restricted')
    const { zaapId } = await send()
    const { body } = await journey.delivery(zaapId)
    expect(rowOf('restricted')).toContain(`\`${String(body['errorCode'])}\``)
    await expect(send()).rejects.toThrow(/403/)
  })

  test('link-cut: the gateway keeps trying, and the code arrives once it is undone', async () => {
    await play(shop, 'link-cut')
    const { messageId } = await send()
    expect(rowOf('link-cut')).toContain(`\`${await causeOf('unavailable')}\``)
    await undo(shop, 'link-cut')
    await shown(person, messageId)
  })

  test('banned: the status says so, and a restart brings the number back once it is undone', async () => {
    await play(shop, 'banned')
    expect(rowOf('banned')).toContain(`\`${await causeOf('banned')}\``)
    await undo(shop, 'banned')
    const { messageId } = await send()
    await journey.client.onInstance(instance, 'GET', 'restart')
    await shown(person, messageId)
  })

  test('replaced: the status says so, and a restart brings the number back', async () => {
    await play(shop, 'replaced')
    const [cause = ''] = (await causeOf('replaced')).split(':')
    expect(rowOf('replaced')).toContain(`\`${cause}\``)
    const { messageId } = await send()
    await journey.client.onInstance(instance, 'GET', 'restart')
    await shown(person, messageId)
  })
})
