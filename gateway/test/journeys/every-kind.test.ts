/** Every kind of content: what the phone shows, its receipts, and its shape when a device asks for it again. */

import type { Phone } from '@recado/simulator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { everyForm, refusalsBeforeText } from '../support/every-kind.js'
import { Journey } from '../support/journey.js'
import { type KindCase, type Scene, sendCase } from '../support/kind-case.js'
import { plansOf } from '../support/kind-on-stage.js'

let journey: Journey
let instance: SandboxInstance
let own: Phone

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance, phone: own } = await journey.pairedInstance())
})

afterAll(() => journey[Symbol.asyncDispose]())

async function newScene(): Promise<Scene> {
  return { journey, instance, own, person: await journey.newPhone() }
}

/** Waits for the callback of what goes after `about`. Made before that is sent. */
function delivery({ person }: Scene, about: string) {
  const earlier = new Set(journey.callbacks.received)
  return () =>
    journey.callbacks.next(
      (callback) =>
        !earlier.has(callback) &&
        callback.body['type'] === 'DeliveryCallback' &&
        callback.body['phone'] === person.phone &&
        callback.body['messageId'] !== about,
    )
}

const until = async ({ person }: Scene, { shows, changes }: KindCase, about: string) =>
  person.untilMessage(
    (message) => (changes ? message.id === about : message.id !== about) && shows(message),
    30_000,
  )

describe.each(Object.entries(everyForm))('%s', (name, kind) => {
  test('shows on Android, iOS and Web, and its receipt is told', async () => {
    const scene = await newScene()
    const about = (await kind.about?.(scene)) ?? ''
    const told = delivery(scene, about)
    await sendCase(scene, kind, about)
    const message = await until(scene, kind, about)
    expect(message.shows).toEqual({ android: true, ios: true, web: true })
    const { body } = await told()
    expect(body).not.toHaveProperty('error')
    const id = String(body['messageId'])
    await journey.status(id, 'RECEIVED')
    if (kind.changes) return
    expect(id).toBe(message.id)
    await scene.person.read(id)
    await journey.status(id, 'READ')
  })

  test('is the same stanza again when a device asks for it once more', async () => {
    const scene = await newScene()
    const about = (await kind.about?.(scene)) ?? ''
    const plans = plansOf(journey, scene.person)
    scene.person.failNextDecryption()
    await sendCase(scene, kind, about)
    await until(scene, kind, about)
    expect(plans()).toHaveLength(2)
    expect(plans()[1]).toEqual(plans()[0])
  })

  test('a refusal of WhatsApp ends in plain text, or in a callback that says why', async () => {
    const scene = await newScene()
    const about = (await kind.about?.(scene)) ?? ''
    const { person } = scene
    const before = person.messages.length
    const times = refusalsBeforeText[name]
    const acks = [{ kind: 'error', code: 473, to: person.phone, times: times ?? 1 }]
    await journey.setFaults({ acks })
    const told = delivery(scene, about)
    await sendCase(scene, kind, about)
    const { body } = await told()
    const hasText = times !== undefined
    const why: unknown = expect.stringMatching(/473/u)
    expect(body).toMatchObject(hasText ? { fallback: { code: 473 } } : { error: why })
    const texts = hasText
      ? [await person.untilMessage(({ id }) => id === body['messageId'])]
      : person.messages.slice(before)
    const onAll = { android: true, ios: true, web: true }
    const plain = texts.map(({ buttons, shows }) => ({ buttons, shows }))
    expect(plain).toEqual(hasText ? [{ buttons: [], shows: onAll }] : [])
  })
})
