/** A number and the LID that WhatsApp has for it: none, one that comes later, another one, and one without an account. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { arrivedFrom, atOnceSeconds, codeOn, endOfCode } from '../support/codes.js'
import { Journey } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
let own: Phone
let made = 0

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance, phone: own } = await journey.pairedInstance())
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

const noNumber = 'Phone number does not exist'

async function withoutLid(): Promise<Phone> {
  made += 1
  return journey.simulator.addPhone({ phone: `35191000000${made}`, showsLid: false })
}

describe('a number without a LID', () => {
  test('gets the code by its number, and still does when it has one', async () => {
    const person = await withoutLid()
    expect(await codeOn(person, journey, instance)).toMatchObject(arrivedFrom(own.phone))
    expect(await codeOn(person, journey, instance)).toMatchObject(arrivedFrom(own.phone))
    const account = journey.simulator.network.byPhone(person.phone)
    if (account !== undefined) account.showsLid = true
    expect(await codeOn(person, journey, instance)).toMatchObject(arrivedFrom(own.phone))
  })

  test('whose LID is told by a message of theirs gets the code by LID', async () => {
    const person = await withoutLid()
    expect(await codeOn(person, journey, instance)).toMatchObject(arrivedFrom(own.phone))
    const account = journey.simulator.network.byPhone(person.phone)
    if (account !== undefined) account.showsLid = true
    await person.send(own.phone, 'Oi')
    await journey.callbacks.next(
      ({ body }) => body['type'] === 'ReceivedCallback' && body['phone'] === person.phone,
    )
    expect(await codeOn(person, journey, instance)).toMatchObject(arrivedFrom(own.phone))
    expect(await codeOn(person, journey, instance, `${person.lid}@lid`)).toMatchObject(
      arrivedFrom(own.phone),
    )
  })
})

describe('a number that was given up', () => {
  test('and registered again by another person gets the code on their phone', async () => {
    const before = await journey.newPhone()
    expect(await codeOn(before, journey, instance)).toMatchObject(arrivedFrom(own.phone))
    journey.simulator.giveUp(before.phone)
    const after = await journey.simulator.addPhone({ phone: before.phone })
    expect(after.lid).not.toBe(before.lid)
    expect(await codeOn(after, journey, instance)).toMatchObject(arrivedFrom(own.phone))
    expect(await codeOn(after, journey, instance)).toMatchObject(arrivedFrom(own.phone))
    // What is written to the LID is for the person and not for the number.
    expect(await endOfCode(`${before.lid}@lid`, journey, instance)).toMatchObject({
      error: noNumber,
    })
    expect(await codeOn(after, journey, instance)).toMatchObject(arrivedFrom(own.phone))
  })

  test('is said to be unknown', async () => {
    const person = await journey.newPhone()
    expect(await codeOn(person, journey, instance)).toMatchObject(arrivedFrom(own.phone))
    journey.simulator.giveUp(person.phone)
    const { error, seconds } = await endOfCode(person.phone, journey, instance)
    expect(error).toBe(noNumber)
    expect(seconds).toBeLessThan(2 * (await atOnceSeconds(journey, instance)))
  })
})

test('a LID without an account does not exist, at once', async () => {
  const { error, seconds } = await endOfCode('99999999999999@lid', journey, instance)
  expect(error).toBe(noNumber)
  expect(seconds).toBeLessThan(await atOnceSeconds(journey, instance))
})

test('a LID that WhatsApp’s answer does not mention is said to be unanswered', async () => {
  const person = await journey.newPhone()
  await journey.setFaults({ unmentioned: [person.phone] })
  const { error } = await endOfCode(`${person.lid}@lid`, journey, instance)
  expect(error).toMatch(/^WhatsApp was asked twice/u)
  await journey.setFaults({ unmentioned: [] })
  expect(await codeOn(person, journey, instance, `${person.lid}@lid`)).toMatchObject(
    arrivedFrom(own.phone),
  )
})

describe('a number that WhatsApp’s answer does not mention', () => {
  test('is said to be unanswered, at once, and is asked for again at the next message', async () => {
    const person = await journey.newPhone()
    await journey.setFaults({ unmentioned: [person.phone] })
    const { error, seconds } = await endOfCode(person.phone, journey, instance)
    expect(error).toMatch(/^WhatsApp was asked twice and did not say whether the number exists/u)
    expect(seconds).toBeLessThan(await atOnceSeconds(journey, instance))
    expect(
      await journey.client
        .onInstance(instance, 'GET', `phone-exists/${person.phone}`)
        .catch(String),
    ).toMatch(/did not say whether the number exists/u)
    await journey.setFaults({ unmentioned: [] })
    expect(await codeOn(person, journey, instance)).toMatchObject(arrivedFrom(own.phone))
  })
})
