/** Every documented attribute of every sent body ends where the table says. */

import type { Phone, PhoneMessage } from '@recado/simulator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { bodyFields, type BodyCase, type Place } from '../support/body-fields.js'
import { Journey, type SendAnswer, shown } from '../support/journey.js'
import type { Scene } from '../support/kind-case.js'
import { valuesAt } from '../support/values-at.js'
import { contract, leavesOf } from '../zapi/contract.js'

let journey: Journey
let instance: SandboxInstance
let own: Phone

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance, phone: own } = await journey.pairedInstance())
})

afterAll(() => journey[Symbol.asyncDispose]())

const pages = contract.filter(({ group, body }) => group === 'message' && body !== undefined)

test('the table has every call that has a body, and every attribute of it', () => {
  expect(Object.keys(bodyFields).toSorted()).toEqual(pages.map(({ page }) => page).toSorted())
  for (const { page, body } of pages) {
    const documented = leavesOf(body ?? {}).filter((name) => name !== 'phone')
    const told = Object.keys(bodyFields[page]?.fields ?? {})
    expect([page, told.toSorted()]).toEqual([page, documented.toSorted()])
  }
})

/** The message that the call makes, or the earlier one as the call has changed it. */
async function sentBy(kind: BodyCase, scene: Scene, about: string, body: object) {
  const answer = (await journey.client.onInstance(instance, 'POST', kind.action, {
    phone: scene.person.phone,
    ...body,
  })) as SendAnswer | undefined
  if (kind.changes !== true) {
    // Forwarding answers with the gateway's id alone.
    const sentAs =
      answer?.messageId ?? (await journey.delivery(answer?.zaapId ?? '')).body['messageId']
    return shown(scene.person, String(sentAs))
  }
  const isAsTold = (message: PhoneMessage) =>
    message.id === about &&
    Object.entries(kind.fields).every(([name, place]) => isAt(name, place, body, message))
  return scene.person.untilMessage(isAsTold)
}

function isAt(name: string, place: Place, body: object, message: PhoneMessage): boolean {
  const { expected, found } = compared(name, place, body, message)
  return expected.every((each) => found.includes(each))
}

/** Both as texts. What is not on the wire is compared with nothing. */
function compared(name: string, place: Place, body: object, message: PhoneMessage) {
  if (place.in === 'nothing') return { expected: [], found: [] }
  const given = valuesAt(body, name).flat()
  const there = valuesAt(place.in === 'phone' ? message : message.content, place.path)
  const expected = [...new Set(given.map((each) => String(place.as ? place.as(each) : each)))]
  const values = place.as?.(given[0]) === true ? there.map(() => true) : there
  const found = values.map(String)
  if (place.within !== true) return { expected, found }
  return { expected, found: expected.filter((each) => found.some((text) => text.includes(each))) }
}

test.each(Object.entries(bodyFields))('%s', async (_page, kind) => {
  const scene = { journey, instance, own, person: await journey.newPhone() }
  const about = (await kind.about?.(scene)) ?? ''
  const body = kind.body(about, scene)
  const message = await sentBy(kind, scene, about, body)
  expect(message.chat).toBe(own.phone)
  for (const [name, place] of Object.entries(kind.fields)) {
    const { expected, found } = compared(name, place, body, message)
    expect([name, expected.length > 0 || place.in === 'nothing']).toEqual([name, true])
    expect([name, found]).toEqual([name, expect.arrayContaining([...expected])])
  }
})
