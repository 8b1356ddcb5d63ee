/** What a number shows of itself after a call, seen from the other phone's side. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { BinaryNode } from 'baileys'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
let own: Phone
/** Another number of the gateway, which asks what the first one shows. */
let asker: { instance: SandboxInstance; phone: Phone }

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance, phone: own } = await journey.pairedInstance())
  asker = await journey.pairedInstance()
  const value = `data:image/png;base64,${pixel}`
  await call('PUT', 'profile-picture', { value })
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='
const call = (method: 'GET' | 'POST' | 'PUT', path: string, body?: object) =>
  journey.client.onInstance(instance, method, path, body)
const done = { success: true }

async function picture(): Promise<unknown> {
  const path = `profile-picture?phone=${own.phone}`
  const answer = await journey.client.onInstance(asker.instance, 'GET', path)
  return (answer as { link: unknown }).link
}

const privacyOf = (setting: string) => () =>
  journey.simulator.network.byPhone(own.phone)?.privacy.values.get(setting)

const list = async (type: string) =>
  (await call('GET', `privacy/disallowed-contacts?type=${type}`)) as object

test('the picture is shown to all, to none, to contacts, and to all of them but one', async () => {
  const show = (visualizationType: string, change?: object) =>
    call('POST', 'privacy/photo-visualization', { visualizationType, ...change })
  const exclude = (action: string) => ({
    contactsBlacklist: [{ action, phone: asker.phone.phone }],
  })
  expect(await show('ALL')).toEqual(done)
  expect(await picture()).toMatch(/^https:/u)
  expect(await show('NONE')).toEqual(done)
  expect(await picture()).toBeNull()
  expect(await show('CONTACTS')).toEqual(done)
  expect(await picture()).toBeNull()
  await call('POST', 'contacts/add', [{ firstName: 'Loja', phone: asker.phone.phone }])
  await expect.poll(picture).toMatch(/^https:/u)

  expect(await show('CONTACT_BLACKLIST', exclude('add'))).toEqual(done)
  expect(await picture()).toBeNull()
  expect(await list('photo')).toEqual({ disallowedContacts: [asker.phone.phone] })
  expect(await list('lastSeen')).toEqual({ disallowedContacts: [] })
  expect(await show('CONTACT_BLACKLIST', exclude('remove'))).toEqual(done)
  expect(await picture()).toMatch(/^https:/u)
  expect(await list('photo')).toEqual({ disallowedContacts: [] })
})

test('each of the other settings is what was set', async () => {
  for (const [path, setting] of [
    ['last-seen', 'last'],
    ['description', 'status'],
    ['photo', 'profile'],
  ] as const)
    for (const [visualizationType, value] of [
      ['NONE', 'none'],
      ['CONTACTS', 'contacts'],
      ['ALL', 'all'],
    ] as const) {
      expect(await call('POST', `privacy/${path}`, { visualizationType })).toEqual(done)
      expect(privacyOf(setting)()).toBe(value)
    }
  await call('POST', 'privacy/group-add', { type: 'CONTACTS' })
  expect(privacyOf('groupadd')()).toBe('contacts')
  await call('POST', 'privacy/online', { visualizationType: 'SAME_LAST_SEEN' })
  expect(privacyOf('online')()).toBe('match_last_seen')
  await call('POST', 'privacy/read-receipts?value=disable')
  expect(privacyOf('readreceipts')()).toBe('none')
  await call('POST', 'privacy/messages-duration?value=days7')
  expect(journey.simulator.network.byPhone(own.phone)?.defaultTimer).toBe(604_800)
})

test('a list that another device changes at the same moment keeps both changes', async () => {
  const [ana, bia] = [await journey.newPhone(), await journey.newPhone()]
  const { network } = journey.simulator
  const account = network.byPhone(own.phone)
  const other = network.byPhone(bia.phone)
  if (account === undefined || other === undefined) throw new Error('a phone has no account')
  const watch = ({ stanza }: { readonly stanza: BinaryNode }): void => {
    if (stanza.attrs['xmlns'] !== 'privacy' || stanza.attrs['type'] !== 'set') return
    network.off('question', watch)
    account.privacy.list('last').add(other)
  }
  network.on('question', watch)
  const contactsBlacklist = [{ action: 'add', phone: ana.phone }]
  const body = { visualizationType: 'CONTACT_BLACKLIST', contactsBlacklist }
  expect(await call('POST', 'privacy/last-seen', body)).toEqual(done)
  const { disallowedContacts } = (await list('lastSeen')) as { disallowedContacts: string[] }
  expect(disallowedContacts).toHaveLength(2)
  expect(disallowedContacts).toContain(ana.phone)
})

test('bad input is refused with its name', async () => {
  const post = (path: string, body?: object) => call('POST', `privacy/${path}`, body)
  const person = { action: 'add', phone: 'x' }
  await expect(post('last-seen', { visualizationType: 'SOME' })).rejects.toThrow(
    /400.*visualizationType/u,
  )
  await expect(post('group-add', { type: 'NONE' })).rejects.toThrow(/400.*type/u)
  await expect(post('messages-duration?value=days8')).rejects.toThrow(/400.*value/u)
  await expect(post('read-receipts')).rejects.toThrow(/400.*value/u)
  await expect(
    post('last-seen', { visualizationType: 'ALL', contactsBlacklist: [person] }),
  ).rejects.toThrow(/400.*contactsBlacklist/u)
  await expect(
    post('last-seen', { visualizationType: 'CONTACT_BLACKLIST', contactsBlacklist: [person] }),
  ).rejects.toThrow(/400.*contactsBlacklist\[0\]\.phone/u)
  await expect(call('GET', 'privacy/disallowed-contacts?type=online')).rejects.toThrow(/400.*type/u)
})

test('settings and lists are known at once, by hand too, and after a restart while disconnected', async () => {
  const ana = await journey.newPhone()
  const bia = await journey.newPhone()
  const all = async () => Object(await call('GET', 'privacy'))
  const excluded = [{ action: 'add', phone: ana.phone }]
  await call('POST', 'privacy/last-seen', {
    visualizationType: 'CONTACT_BLACKLIST',
    contactsBlacklist: excluded,
  })
  await call('POST', 'privacy/online', { visualizationType: 'SAME_LAST_SEEN' })
  await call('POST', 'privacy/read-receipts?value=disable')
  await call('POST', 'privacy/messages-duration?value=days7')
  await call('POST', 'contacts/modify-blocked', { phone: ana.phone, action: 'block' })
  const known = {
    lastSeen: 'CONTACT_BLACKLIST',
    online: 'SAME_LAST_SEEN',
    readReceipts: false,
    messagesDuration: 'days7',
  }
  expect(await all()).toMatchObject({ ...known, blocked: [ana.phone] })
  await call('POST', 'contacts/add', [{ firstName: 'Bia', phone: bia.phone }])
  await own.block(bia.phone, true)
  await own.block(ana.phone, false)
  await expect.poll(async () => (await all()).blocked).toEqual([bia.phone])
  const leftOut = await list('lastSeen')
  expect(JSON.stringify(leftOut)).toContain(ana.phone)

  await call('GET', 'disconnect')
  await journey.killGateway()
  await journey.restartGateway()
  expect(await all()).toMatchObject({ ...known, blocked: [bia.phone] })
  expect(await list('lastSeen')).toEqual(leftOut)
  await expect(list('description')).rejects.toThrow(/400.*not connected/u)
})
