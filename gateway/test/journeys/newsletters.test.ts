/** Channels that are made, followed and changed by calls, as WhatsApp has them afterwards. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, shown } from '../support/journey.js'

const olderJoin = '7871414976211147'

let journey: Journey
let instance: SandboxInstance
let own: Phone
let ana: Phone

beforeAll(async () => {
  // The older id still answers: an operator who names it is served by it.
  const settings = { RECADO_MEX_IDS: `newsletter-join=${olderJoin}` }
  journey = await Journey.start({ settings })
  ;({ instance, phone: own } = await journey.pairedInstance())
  ana = await journey.newPhone()
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) =>
  journey.client.onInstance(instance, method, path, body) as Promise<Record<string, unknown>>
const done = { value: true }

const accountOf = ({ phone }: Phone) => {
  const account = journey.simulator.network.byPhone(phone)
  if (account === undefined) throw new Error('no such phone')
  return account
}
const newsletterAt = (id: string) => journey.simulator.network.newsletter(id)

async function newNewsletter(): Promise<string> {
  const made = await call('POST', 'create-newsletter', { name: 'Avisos', description: 'Do prédio' })
  return String(made['id'])
}

/** The ids of the GraphQL documents that are asked for from now on. */
function askedDocuments(): readonly unknown[] {
  const asked: unknown[] = []
  journey.simulator.network.on('question', ({ stanza: { attrs, content } }) => {
    if (attrs['xmlns'] !== 'w:mex' || !Array.isArray(content)) return
    asked.push(content[0]?.attrs['query_id'])
  })
  return asked
}

const newsletterOfAna = () =>
  journey.simulator.network.addNewsletter({ name: 'Receitas da Ana', owner: accountOf(ana) })

test('a channel that is made is told, listed and found by its text', async () => {
  const id = await newNewsletter()
  const told = {
    id,
    creationTime: expect.any(Number),
    state: 'ACTIVE',
    name: 'Avisos',
    description: 'Do prédio',
    subscribersCount: '1',
    inviteLink: `https://whatsapp.com/channel/${newsletterAt(id)?.invite}`,
    verification: 'UNVERIFIED',
    picture: null,
    preview: null,
    viewMetadata: { mute: 'OFF', role: 'OWNER' },
  }
  expect(await call('GET', `newsletter/metadata/${id}`)).toEqual(told)
  expect(await call('GET', 'newsletter')).toContainEqual(told)
  const search = { limit: 10, filters: {}, searchText: 'prédio' }
  expect(await call('POST', 'search-newsletter', search)).toContainEqual(told)
  const view = { limit: '1', filters: { countryCodes: ['BR'] }, view: 'TRENDING' }
  expect(await call('POST', 'search-newsletter', view)).toHaveLength(1)
})

test('name, description, picture and reactions of a channel change', async () => {
  const id = await newNewsletter()
  expect(await call('POST', 'update-newsletter-name', { id, name: 'Novo' })).toEqual(done)
  const described = { id, description: '' }
  expect(await call('POST', 'update-newsletter-description', described)).toEqual(done)
  const pictureUrl =
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='
  expect(await call('POST', 'update-newsletter-picture', { id, pictureUrl })).toEqual(done)
  const reactions = { reactionCodes: 'basic' }
  expect(await call('POST', `newsletter/settings/${id}`, reactions)).toEqual(done)
  const newsletter = newsletterAt(id)
  expect(newsletter).toMatchObject({ name: 'Novo', description: '', reactionCodes: 'BASIC' })
  expect([...(newsletter?.picture ?? [])].slice(0, 2)).toEqual([0xff, 0xd8])
  const told = await call('GET', `newsletter/metadata/${id}`)
  expect(told).toMatchObject({ name: 'Novo', description: '' })
  // The media host's address is in it.
  expect(new URL(String(told['picture'])).pathname).toBe(newsletter?.picturePath)
  expect(new URL(String(told['picture'])).hostname).toBe('127.0.0.1')
})

test('a channel is followed, muted, unmuted and left', async () => {
  const { id, followers, muted } = newsletterOfAna()
  const viewed = async () => (await call('GET', `newsletter/metadata/${id}`))['viewMetadata']
  expect(await viewed()).toEqual({ mute: 'OFF', role: 'GUEST' })
  const asked = askedDocuments()
  expect(await call('PUT', 'follow-newsletter', { id })).toEqual(done)
  expect(asked).toEqual([olderJoin])
  expect(followers.has(accountOf(own))).toBe(true)
  expect(await call('PUT', 'mute-newsletter', { id })).toEqual(done)
  expect(await viewed()).toEqual({ mute: 'ON', role: 'SUBSCRIBER' })
  expect(await call('PUT', 'unmute-newsletter', { id })).toEqual(done)
  expect(muted.size).toBe(0)
  expect(await call('PUT', 'unfollow-newsletter', { id })).toEqual(done)
  expect(followers.has(accountOf(own))).toBe(false)
})

test('an invitation to be an admin is accepted once, and not after it was taken back', async () => {
  const newsletter = newsletterOfAna()
  newsletter.inviteAdmin(accountOf(own), journey.simulator.network.now())
  const accept = `newsletter/accept-admin-invite/${newsletter.id}`
  expect(await call('POST', accept)).toBeUndefined()
  expect(newsletter.roleOf(accountOf(own))).toBe('ADMIN')
  await expect(call('POST', accept)).rejects.toThrow(/400.*no such channel, invitation or admin/u)

  const id = await newNewsletter()
  newsletterAt(id)?.inviteAdmin(accountOf(ana), journey.simulator.network.now())
  const revoke = `newsletter/revoke-admin-invite/${id}`
  expect(await call('POST', revoke, { phone: ana.phone })).toBeUndefined()
  expect(newsletterAt(id)?.invited.size).toBe(0)
})

test('an invitation that is sent is on the phone and at WhatsApp, or its callback says why not', async () => {
  const id = await newNewsletter()
  const invite = async (newsletterId: string) => {
    const adminInviteMessage = { newsletterId, caption: 'Quer ser admin?' }
    const body = { phone: ana.phone, adminInviteMessage }
    return String((await call('POST', 'send-newsletter-admin-invite', body))['messageId'])
  }
  const { text, view } = await shown(ana, await invite(id))
  expect(text).toContain('Quer ser admin?')
  expect(view).toMatchObject({ kind: 'channel-invite', parts: [{ id, name: 'Avisos' }, {}] })
  expect(newsletterAt(id)?.invited.has(accountOf(ana))).toBe(true)

  const refused = await invite(newsletterOfAna().id)
  const { body } = await journey.callbacks.next(
    (each) => each.body['messageId'] === refused && each.body['error'] !== undefined,
  )
  expect(body['error']).toMatch(/did not open the invitation.*not its owner/u)
})

test('a text is on the phones of the followers, and its callback says that it was sent', async () => {
  const id = await newNewsletter()
  newsletterAt(id)?.followers.add(accountOf(ana))
  const send = async (message: string) => {
    const body = { phone: id, message, delayTyping: 1 }
    return String((await call('POST', 'send-text', body))['messageId'])
  }
  const messageId = await send('Água às 9h')
  expect(await shown(ana, messageId)).toMatchObject({ chat: id, text: 'Água às 9h' })
  const told = await journey.callbacks.next(
    ({ body }) => body['messageId'] === messageId && body['type'] === 'DeliveryCallback',
  )
  expect(told.body).toMatchObject({ phone: id })
  expect(told.body['error']).toBeUndefined()
})

test('a text to a channel of another person ends in a callback with an error', async () => {
  const body = { phone: newsletterOfAna().id, message: 'Oi' }
  const { messageId } = await call('POST', 'send-text', body)
  const told = await journey.callbacks.next(
    (each) => each.body['messageId'] === messageId && each.body['type'] === 'DeliveryCallback',
  )
  expect(told.body['error']).toMatch(/403/u)
})

test('what channels do not take is refused before it is queued', async () => {
  const phone = await newNewsletter()
  const options = [{ name: 'A' }, { name: 'B' }]
  await expect(
    call('POST', 'send-poll', { phone, message: 'Qual?', poll: options }),
  ).rejects.toThrow(/400.*channels cannot receive this/u)
  const answer = { phone, message: 'Oi', messageId: '3EB0A' }
  await expect(call('POST', 'send-text', answer)).rejects.toThrow(/400.*messageId is not possible/u)
})

test('an admin is removed, and a channel given away with and without quitting', async () => {
  const id = await newNewsletter()
  const phone = ana.phone
  newsletterAt(id)?.admins.add(accountOf(ana))
  expect(await call('POST', `newsletter/remove-admin/${id}`, { phone })).toBeUndefined()
  expect(newsletterAt(id)?.admins.size).toBe(0)
  await expect(call('POST', `newsletter/transfer-ownership/${id}`, { phone })).rejects.toThrow(
    /400.*\(404\)/u,
  )
  for (const [quitAdmin, role] of [
    [false, 'ADMIN'],
    [true, 'SUBSCRIBER'],
  ] as const) {
    const given = await newNewsletter()
    newsletterAt(given)?.admins.add(accountOf(ana))
    const body = { phone, quitAdmin }
    expect(await call('POST', `newsletter/transfer-ownership/${given}`, body)).toEqual(done)
    expect(newsletterAt(given)?.owner).toBe(accountOf(ana))
    expect(newsletterAt(given)?.roleOf(accountOf(own))).toBe(role)
  }
})

test('a channel that is deleted is gone, and what is of others is refused', async () => {
  const id = await newNewsletter()
  expect(await call('DELETE', 'delete-newsletter', { id })).toEqual(done)
  await expect(call('GET', `newsletter/metadata/${id}`)).rejects.toThrow(/400.*no such channel/u)
  const foreign = newsletterOfAna()
  await expect(call('DELETE', 'delete-newsletter', { id: foreign.id })).rejects.toThrow(
    /400.*only the owner/u,
  )
})

test('bad input names the attribute', async () => {
  const phone = ana.phone
  for (const [method, path, body, error] of [
    ['PUT', 'follow-newsletter', { id: '999' }, /400.*id is no channel/u],
    ['POST', 'newsletter/remove-admin/x', { phone }, /400.*newsletterId is no channel/u],
    ['POST', 'search-newsletter', { limit: 0, filters: {} }, /400.*limit must be/u],
    ['POST', 'search-newsletter', { limit: 1, filters: {}, view: 'OLD' }, /400.*view/u],
    ['POST', 'create-newsletter', { name: ' ' }, /400.*name is empty/u],
  ] as const)
    await expect(call(method, path, body)).rejects.toThrow(error)
})
