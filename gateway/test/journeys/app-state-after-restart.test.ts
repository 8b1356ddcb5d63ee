/** What a call writes to the app state arrives on the phone of the number, also over a connection that came later. */

import { chatModificationToAppPatch } from 'baileys'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { pair } from '../../../sandbox/src/sandbox.js'
import { writesFirst } from '../support/faster-device.js'
import { Journey } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
let phone: Phone
let person: Phone

beforeAll(async () => {
  journey = await Journey.start()
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

beforeEach(async () => {
  ;({ instance, phone } = await journey.pairedInstance())
  person = await journey.newPhone()
  await change('Antes', 'Ana')
  await seenOn(phone, 'Antes', 'Ana')
})

const call = (method: 'GET' | 'POST' | 'PUT', path: string, body?: object) =>
  journey.client.onInstance(instance, method, path, body)
const done = { value: true }

/** One call for each of the three collections that a chat, a person and a setting stand in. */
async function change(name: string, firstName: string, action = 'pin'): Promise<void> {
  const chat = { phone: person.phone, action }
  expect(await call('POST', 'modify-chat', chat)).toEqual(done)
  const saved = await call('POST', 'contacts/add', [{ firstName, phone: person.phone }])
  expect(saved).toEqual({ success: true, errors: [] })
  expect(await call('PUT', 'profile-name', { value: name })).toEqual(done)
}

async function seenOn(on: Phone, name: string, firstName: string): Promise<void> {
  await expect.poll(() => on.name).toBe(name)
  await expect.poll(() => on.contacts).toEqual([{ phone: person.phone, name: firstName }])
}

/** Sets a name to which another device is faster, which is what it answers. */
async function nameOverAnother(): Promise<boolean> {
  const isFirst = await writesFirst(journey.simulator, phone, { pushNameSetting: 'De outro' })
  expect(await call('PUT', 'profile-name', { value: 'Depois' })).toEqual(done)
  await expect.poll(() => phone.name).toBe('Depois')
  return isFirst()
}

async function open(): Promise<void> {
  await expect.poll(() => call('GET', 'status')).toMatchObject({ connected: true })
}

/** What the phone writes while the instance may be away. */
async function meanwhile(): Promise<void> {
  const muted = chatModificationToAppPatch({ mute: Date.now() + 3_600_000 }, `${person.lid}@lid`)
  const named = chatModificationToAppPatch({ pushNameSetting: 'Entretanto' }, '')
  for (const written of [muted, named]) await phone.appState.write(written)
}

/** Ways to another connection of the same link. */
const ways: Record<string, () => Promise<void>> = {
  'a restart of the instance': async () => {
    await meanwhile()
    expect(await call('GET', 'restart')).toEqual(done)
  },
  'a restart of a gateway that was killed': async () => {
    await journey.killGateway()
    await meanwhile()
    await journey.restartGateway()
  },
  'a session that was replaced and restored': async () => {
    const { connections } = journey.simulator
    connections.find((each) => each.phone === phone.phone)?.sendStreamError('replaced')
    await expect.poll(() => call('GET', 'status')).toMatchObject({ connected: false })
    await meanwhile()
    expect(await call('GET', 'restore-session')).toEqual(done)
  },
}

describe.each(Object.entries(ways))('after %s', (_, takeWay) => {
  test('a chat, a person and the name are changed on the phone', async () => {
    await takeWay()
    await open()
    await change('Depois', 'Aninha', 'archive')
    const chat = await phone.chats.until(person.phone, ({ archived }) => archived)
    expect(chat.mutedUntil).toBeGreaterThan(Date.now())
    await seenOn(phone, 'Depois', 'Aninha')
  })

  test('the name is written over one that another device was faster to write', async () => {
    await takeWay()
    await open()
    expect(await nameOverAnother()).toBe(true)
  })
})

test('linked to another phone, an instance changes that phone and leaves the earlier one', async () => {
  await call('GET', 'disconnect')
  const earlier = phone
  phone = await journey.newPhone()
  await pair(journey.client, instance, phone)
  expect(await nameOverAnother()).toBe(true)
  await change('Fim', 'Aninha', 'archive')
  await phone.chats.until(person.phone, ({ archived }) => archived)
  await seenOn(phone, 'Fim', 'Aninha')
  await seenOn(earlier, 'Antes', 'Ana')
})
