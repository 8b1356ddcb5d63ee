/** What happens to time: pacing with its own defaults, typing, expiry, and a line that outlives its process. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { pair } from '../../../sandbox/src/sandbox.js'
import { Journey, shown } from '../support/journey.js'

/** A timer that fires late makes a gap longer. The clock that measures is another one, and a busy machine tells it late. */
const toleranceMs = 500

let journey: Journey

beforeAll(async () => {
  // An empty setting counts as not set: what is measured here are the defaults.
  journey = await Journey.start({
    settings: { RECADO_PACING_MIN_MS: '', RECADO_PACING_MAX_MS: '' },
  })
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

/** When WhatsApp's server saw each message of this number, by its id. */
function timesOf(phone: string): Map<string, number> {
  const times = new Map<string, number>()
  journey.simulator.network.on('stanza', ({ from, stanza }) => {
    const id = stanza.attrs['id'] ?? ''
    if (from.account.phone === phone && !times.has(id)) times.set(id, Date.now())
  })
  return times
}

async function sendAll(
  instance: SandboxInstance,
  phone: string,
  changes: readonly object[],
): Promise<string[]> {
  const ids: string[] = []
  for (const [index, change] of changes.entries()) {
    const body = { phone, message: `Nº ${index + 1}`, code: journey.newCode(), ...change }
    ids.push((await journey.sendOtp(instance, body)).messageId)
  }
  return ids
}

describe.concurrent('a line', () => {
  test('keeps a second or more between two messages, or what was asked for', async () => {
    const { instance, phone } = await journey.pairedInstance()
    const person = await journey.newPhone()
    const times = timesOf(phone.phone)
    const ids = await sendAll(instance, person.phone, [{}, { delayMessage: 5 }, {}])
    for (const id of ids) await shown(person, id)

    const [first = 0, second = 0, third = 0] = ids.map((id) => times.get(id))
    expect(second - first).toBeGreaterThanOrEqual(1_000 - toleranceMs)
    expect(third - second).toBeGreaterThanOrEqual(5_000 - toleranceMs)
    // The load of this machine is unknown, but a gap of three seconds does not take half a minute.
    expect(second - first).toBeLessThan(30_000)
    expect(third - second).toBeLessThan(35_000)
  })

  test('keeps the gap that was set for its number, others keep theirs', async () => {
    const { instance, phone } = await journey.pairedInstance()
    const other = await journey.pairedInstance()
    const gap = { minGapMs: 6_000, maxGapMs: 6_000 }
    await journey.client.onInstance(instance, 'PUT', 'update-pacing', gap)
    const person = await journey.newPhone()
    const times = timesOf(phone.phone)
    const timesOfOther = timesOf(other.phone.phone)
    const ids = await sendAll(instance, person.phone, [{}, {}])
    const idsOfOther = await sendAll(other.instance, person.phone, [{}, {}])
    for (const id of [...ids, ...idsOfOther]) await shown(person, id)

    const [first = 0, second = 0] = ids.map((id) => times.get(id))
    expect(second - first).toBeGreaterThanOrEqual(6_000 - toleranceMs)
    const [one = 0, two = 0] = idsOfOther.map((id) => timesOfOther.get(id))
    expect(two - one).toBeGreaterThanOrEqual(1_000 - toleranceMs)
  })

  test('shows "typing" before the message leaves', async () => {
    const { instance, phone } = await journey.pairedInstance()
    const person = await journey.newPhone()
    const times = timesOf(phone.phone)
    const typing: { readonly state: string; readonly at: number }[] = []
    person.events.on('typing', ({ state }) => typing.push({ state, at: Date.now() }))
    const [id = ''] = await sendAll(instance, person.phone, [{ delayTyping: 2 }])
    await shown(person, id)
    expect(typing.map(({ state }) => state)).toEqual(['composing', 'paused'])
    const [begun = { at: 0 }] = typing
    expect((times.get(id) ?? 0) - begun.at).toBeGreaterThanOrEqual(2_000 - toleranceMs)
  })

  test('tells that a message expired while there was no connection, and never sends it', async () => {
    const instance = await journey.newInstance()
    const phone = await journey.newPhone()
    const person = await journey.newPhone()
    const calledAt = Date.now()
    const { zaapId, messageId } = await journey.sendOtp(instance, {
      phone: person.phone,
      message: 'Tarde demais',
      code: journey.newCode(),
      expiresIn: 30,
    })
    const { body, at } = await journey.callbacks.next(
      ({ body: { type, zaapId: of } }) => type === 'DeliveryCallback' && of === zaapId,
      90_000,
    )
    expect(body).toMatchObject({ messageId, error: expect.stringContaining('expired') as string })
    expect(at - calledAt).toBeGreaterThanOrEqual(30_000 - toleranceMs)

    await pair(journey.client, instance, phone)
    const [next = ''] = await sendAll(instance, person.phone, [{}])
    await shown(person, next)
    expect(person.messages.map(({ id }) => id)).toEqual([next])
  })
})

describe('a line of an instance that is not connected', () => {
  test('keeps its order over the death of the process, and moves once it is paired', async () => {
    const own = await Journey.start()
    const instance = await own.newInstance()
    const phone = await own.newPhone()
    const person = await own.newPhone()
    const ids: string[] = []
    for (let n = 1; n <= 6; n += 1) {
      if (n === 4) {
        await own.killGateway()
        await own.restartGateway()
      }
      const body = { phone: person.phone, message: `Nº ${n}`, code: own.newCode() }
      ids.push((await own.sendOtp(instance, body)).messageId)
    }
    await pair(own.client, instance, phone)
    for (const id of ids) await shown(person, id)
    expect(person.messages.map(({ id }) => id)).toEqual(ids)
    await own[Symbol.asyncDispose]()
  })
})
