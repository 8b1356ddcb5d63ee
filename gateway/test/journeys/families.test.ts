/**
 * What each family of calls has changed stays so: over a kill and a restart, against a history that comes
 * later and tells of an earlier time, and, where it is kept here, without a connection.
 */

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { pair } from '../../../sandbox/src/sandbox.js'
import { Journey } from '../support/journey.js'

const day = 86_400_000
const lastTalk = Date.UTC(2026, 10, 1)

let journey: Journey
let instance: SandboxInstance
let own: Phone
let ana: Phone
let bia: Phone

type Body = Readonly<Record<string, unknown>>
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
const call = (method: Method, path: string, body?: object) =>
  journey.client.onInstance(instance, method, path, body) as Promise<Body>
const chatOfAna = () => call('GET', `chats/${ana.phone}`)

/** A business number whose history says what was long before; all but the newest messages wait at the media host. */
beforeAll(async () => {
  journey = await Journey.start()
  own = await journey.simulator.addPhone({ phone: '5511987650001', name: 'Loja', business: true })
  ;[ana, bia] = [await journey.newPhone(), await journey.newPhone()]
  own.past = {
    chats: [
      {
        with: ana.phone,
        name: 'Nome antigo',
        archived: true,
        pinned: true,
        unread: 5,
        mutedUntil: Date.now() + day,
        messages: [
          { text: 'antes', at: lastTalk - day },
          { text: 'depois', at: lastTalk },
        ],
      },
    ],
    pushNames: { [ana.phone]: 'apelido antigo' },
  }
  await journey.setFaults({ media: { delayMs: 120_000 } })
  instance = await journey.newInstance()
  await pair(journey.client, instance, own)
})
afterAll(() => journey[Symbol.asyncDispose]())

/** By family: what changes it, then what reads it. Those of `kept` answer without a connection. */
async function changeEverything() {
  for (const action of ['unarchive', 'unpin', 'unmute', 'read'])
    await call('POST', 'modify-chat', { phone: ana.phone, action })
  await call('POST', 'contacts/add', [{ firstName: 'Ana', lastName: 'Nova', phone: ana.phone }])
  const group = String(
    (await call('POST', 'create-group', { groupName: 'Antes', phones: [ana.phone] }))['phone'],
  )
  await call('POST', 'update-group-name', { groupId: group, groupName: 'Depois' })
  await call('POST', 'add-admin', { groupId: group, phones: [ana.phone] })
  const community = String((await call('POST', 'communities', { name: 'Prédio' }))['id'])
  const channel = String(
    (await call('POST', 'create-newsletter', { name: 'Avisos', description: 'Do prédio' }))['id'],
  )
  await call('POST', 'update-newsletter-name', { id: channel, name: 'Avisos novos' })
  await call('POST', 'privacy/last-seen', {
    visualizationType: 'CONTACT_BLACKLIST',
    contactsBlacklist: [{ action: 'add', phone: bia.phone }],
  })
  await call('POST', 'contacts/modify-blocked', { phone: bia.phone, action: 'block' })
  await call('POST', 'business/company-description', { value: 'Flores' })
  const { id: tag } = await call('POST', 'business/create-tag', { name: 'Cliente', color: 3 })
  await call('PUT', `chats/${ana.phone}/tags/${tag}/add`)
  await call('POST', `chats/${ana.phone}/notes`, { notes: 'Paga em dia' })
  await call('POST', 'broadcast', { name: 'Bairro', phones: [ana.phone, bia.phone] })
  await call('PUT', 'update-call-reject-auto', { value: true })
  return {
    kept: [
      `chats/${ana.phone}`,
      `contacts/${ana.phone}`,
      'groups?page=1&pageSize=50',
      'privacy',
      'privacy/disallowed-contacts?type=lastSeen',
      'tags',
      'broadcast',
      'communities',
      'newsletter',
      `light-group-metadata/${group}`,
      'me',
    ],
    asked: [
      `communities-metadata/${community}`,
      `newsletter/metadata/${channel}`,
      `business/profile?phone=${own.phone}`,
    ],
  }
}

async function answersTo(paths: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
  const answers = new Map<string, unknown>()
  for (const path of paths) answers.set(path, await call('GET', path))
  return answers
}

test('every family answers after a restart as before it, and an older history changes nothing', async () => {
  await expect.poll(chatOfAna).toMatchObject({ name: 'Nome antigo', archived: 'true' })
  const { id: first } = await ana.send(own.phone, 'oi')
  await journey.callbacks.next(({ body }) => body['messageId'] === first)
  const { kept, asked } = await changeEverything()
  await expect.poll(chatOfAna).toMatchObject({
    name: 'Ana Nova',
    archived: 'false',
    pinned: 'false',
    isMuted: '0',
    unread: '0',
    notes: { content: 'Paga em dia' },
  })
  await expect
    .poll(() => call('GET', 'groups?page=1&pageSize=50'))
    .toContainEqual(expect.objectContaining({ name: 'Depois' }))
  const before = [await answersTo(kept), await answersTo(asked)]
  await journey.killGateway()
  await journey.setFaults({ media: {} })
  await journey.restartGateway()
  const said = () => call('GET', `chat-messages/${ana.phone}`)
  await expect
    .poll(said, { timeout: 60_000 })
    .toMatchObject([
      { text: { message: 'antes' } },
      { text: { message: 'depois' } },
      { text: { message: 'oi' } },
    ])
  expect([await answersTo(kept), await answersTo(asked)]).toEqual(before)

  const { messageId } = await call('POST', 'send-text-status', { message: 'Aberto' })
  await ana.untilStatus(({ id }) => id === messageId, 60_000)
  await call('POST', 'modify-chat', { phone: ana.phone, action: 'archive' })
  await own.chats.until(ana.phone, ({ archived }) => archived)
  await call('POST', 'modify-chat', { phone: ana.phone, action: 'unarchive' })
  const last = await answersTo(kept)
  own.goOffline()
  await call('GET', 'disconnect')
  const { me: _, ...without } = Object.fromEntries(await answersTo(kept))
  const { me: __, ...with_ } = Object.fromEntries(last)
  expect(without).toEqual(with_)
})
