/** Every kind of content while the gateway is killed in the middle: each stands on the phone exactly once. */

import type { PhoneMessage } from '@recado/simulator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everyForm } from '../support/every-kind.js'
import { Journey } from '../support/journey.js'
import { type KindCase, type Scene, sendCase } from '../support/kind-case.js'

/** So many numbers are linked at the same time. */
const atOnce = 8

let journey: Journey
let senders: readonly Sender[]

interface Sender extends Omit<Scene, 'person'> {
  readonly name: string
  readonly kind: KindCase
}

/** With a recipient, and the id of the earlier message that it is about. */
interface Prepared extends Sender, Scene {
  readonly about: string
}

beforeAll(async () => {
  journey = await Journey.start()
  const forms = Object.entries(everyForm)
  const all: Sender[] = []
  // An instance for each: of one, each message would wait for the ack before it.
  while (forms.length > 0) all.push(...(await Promise.all(forms.splice(0, atOnce).map(senderOf))))
  senders = all
})

async function senderOf([name, kind]: [string, KindCase]): Promise<Sender> {
  const { instance, phone: own } = await journey.pairedInstance()
  return { name, kind, journey, instance, own }
}

afterAll(() => journey[Symbol.asyncDispose]())

function prepared(): Promise<readonly Prepared[]> {
  return Promise.all(
    senders.map(async (sender) => {
      const scene = { ...sender, person: await journey.newPhone() }
      return { ...scene, about: (await sender.kind.about?.(scene)) ?? '' }
    }),
  )
}

/** Sends each. Gives how often it stands on its phone, to be called when they can read again. */
async function sendAll(all: readonly Prepared[]): Promise<() => Promise<object>> {
  await Promise.all(all.map((each) => sendCase(each, each.kind, each.about)))
  return async () => {
    const counts = all.map(async ({ name, kind, about, person }) => {
      const isIt = (message: PhoneMessage): boolean =>
        (message.id === about) === (kind.changes === true) && kind.shows(message)
      await person.untilMessage(isIt, 60_000)
      return [name, person.messages.filter(isIt).length]
    })
    return Object.fromEntries(await Promise.all(counts))
  }
}

const onceEach = Object.fromEntries(Object.keys(everyForm).map((name) => [name, 1]))
const userOf = (jid: string): string => jid.split(/[:@]/u)[0] ?? ''

/** Resolves when WhatsApp has taken a message to each of them. */
function takenForEach(all: readonly Prepared[]): Promise<void> {
  const missing = new Set(all.map(({ person }) => userOf(person.lid)))
  return new Promise((resolve) => {
    journey.simulator.network.on('stanza', ({ stanza }) => {
      if (missing.delete(userOf(stanza.attrs['to'] ?? '')) && missing.size === 0) resolve()
    })
  })
}

test('what WhatsApp took and never acknowledged stands there once after a kill', async () => {
  const all = await prepared()
  const acks = all.map(({ person }) => ({ kind: 'missing', to: person.phone, times: 1 }))
  await journey.setFaults({ acks })
  // Their receipts would say that it arrived.
  const phones = all.flatMap(({ person, own }) => [person, own])
  for (const phone of phones) phone.goOffline()
  const taken = takenForEach(all)
  const counts = await sendAll(all)
  await taken
  await journey.killGateway()
  const again = takenForEach(all)
  await journey.restartGateway()
  await again
  await Promise.all(phones.map((phone) => phone.comeOnline()))
  expect(await counts()).toEqual(onceEach)
})

test('what stopped on the way to WhatsApp stands there once after a kill', async () => {
  const all = await prepared()
  const connections = all.map(({ own }) => ({ phone: own.phone, action: 'freeze' }))
  await journey.setFaults({ acks: [], connections })
  const counts = await sendAll(all)
  await journey.killGateway()
  await journey.restartGateway()
  expect(await counts()).toEqual(onceEach)
})
