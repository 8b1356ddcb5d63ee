import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type Browser,
  type ConsoleStage,
  openConsoleStage,
} from '../../test/support/console-stage.js'
import type { InstanceId } from '../domain/instance.js'

let stage: ConsoleStage
let browser: Browser
let shop: InstanceId
let bank: InstanceId

beforeAll(async () => {
  stage = await openConsoleStage()
  browser = await stage.loggedIn()
  shop = (await stage.instances.create({ name: 'Loja' })).instance.id
  bank = (await stage.instances.create({ name: 'Banco' })).instance.id
})

afterAll(() => stage[Symbol.asyncDispose]())

async function accept(of: InstanceId, kind: 'code' | 'text'): Promise<string> {
  const code = { kind: 'otp-button', text: 'Código 845201', code: '845201', buttonText: 'Copiar' }
  const content = kind === 'code' ? (code as never) : ({ kind: 'text', text: 'Oi' } as const)
  const recipient = { kind: 'person', phone: '5511999990001' } as const
  return (await stage.outbox.accept(of, { recipient, content })).id
}

const set = (id: string, change: object) =>
  stage.database.query.updateTable('message').set(change).where('id', '=', id).execute()

async function home(since = 0) {
  const { instances } = await browser.get(`home?since=${since}`)
  const of = (id: InstanceId) => instances.find((each: { id: string }) => each.id === id)
  return { shop: of(shop), bank: of(bank) }
}

it('counts what became of the messages since the day began, for each instance', async () => {
  const before = await accept(shop, 'text')
  await set(before, { accepted_at: 5, status: 'read', sent_at: 6 })
  const sent = await accept(shop, 'code')
  await set(sent, { accepted_at: 1_000, status: 'delivered', sent_at: 1_500 })
  const late = await accept(shop, 'code')
  await set(late, { accepted_at: 1_000, status: 'sent', sent_at: 21_001 })
  const slowText = await accept(shop, 'text')
  await set(slowText, { accepted_at: 1_000, status: 'sent', sent_at: 90_000 })
  for (const [status, failure] of [
    ['failed', 'refused'],
    ['expired', 'expired'],
    ['cancelled', 'cancelled'],
  ])
    await set(await accept(bank, 'code'), { accepted_at: 1_000, status, failure, ended_at: 90_000 })
  const found = await home(1_000)
  expect(found.shop).toMatchObject({
    today: { sent: 3, failed: 0, late: 1 },
    lastMessageAt: 90_000,
  })
  expect(found.bank).toMatchObject({ today: { sent: 0, failed: 2, late: 0 } })
  expect((await home(0)).shop.today.sent).toBe(4)
  expect((await browser.call('GET', 'home')).statusCode).toBe(400)
})

it('counts a code that still waits as late once it has waited for too long', async () => {
  const id = await accept(bank, 'code')
  await set(id, { accepted_at: stage.clock.now() })
  const since = stage.clock.now()
  expect((await home(since)).bank).toMatchObject({ waiting: 1, today: { late: 0 } })
  await stage.clock.advance(20_001)
  expect((await home(since)).bank).toMatchObject({ waiting: 1, today: { late: 1 } })
  await set(id, { status: 'failed', failure: 'refused', ended_at: 1 })
})

it('tells why a number is away, with cause and cure, on the home and on its own page', async () => {
  const since = stage.clock.now()
  stage.sessions.away.set(bank, { reason: 'banned', since })
  const trouble = {
    key: `number-banned ${bank}`,
    kind: 'number-banned',
    cause: { en: 'WhatsApp blocked this number.', pt: 'O WhatsApp bloqueou este número.' },
    since,
  }
  expect((await home()).bank.troubles).toMatchObject([trouble])
  expect((await home()).shop.troubles).toEqual([])
  expect((await browser.get(`instances/${bank}`)).troubles).toMatchObject([trouble])
  stage.sessions.away.set(bank, { reason: 'closed-by-us', since })
  expect((await home()).bank.troubles).toEqual([])
})

it('says nothing of a lost connection that is tried again, until it has lasted a minute', async () => {
  stage.sessions.away.set(bank, { reason: 'network', since: stage.clock.now() })
  await stage.clock.advance(59_000)
  expect((await home()).bank.troubles).toEqual([])
  expect((await browser.get(`instances/${bank}`)).troubles).toEqual([])
  await stage.clock.advance(1_000)
  expect((await home()).bank.troubles).toMatchObject([{ kind: 'number-down' }])
  expect((await browser.get(`instances/${bank}`)).troubles).toMatchObject([{ kind: 'number-down' }])
  stage.sessions.away.delete(bank)
})

it('tells until when a number is restricted', async () => {
  const until = stage.clock.now() + 3_600_000
  await stage.database.transaction(async ({ query, changes }) => {
    changes('restriction', shop)
    await query
      .insertInto('restriction')
      .values({
        instance_id: shop,
        own_phone_hash: null,
        until,
        suspect_hash: null,
        suspect_at: null,
      })
      .execute()
  })
  const [trouble] = (await home()).shop.troubles
  expect(trouble).toMatchObject({ kind: 'number-restricted', until })
  // When it began is not known.
  expect(trouble).not.toHaveProperty('since')
})

it('tells how the receivers of each instance stand', async () => {
  expect((await home()).bank.receivers).toBe('none')
  await stage.webhooks.setEndpoint(bank, ['message.sent'], 'https://example.com/hook')
  expect((await home()).bank.receivers).toBe('good')
  await stage.database.query
    .updateTable('callback_endpoint')
    .set({ disabled_at: stage.clock.now() })
    .where('instance_id', '=', bank)
    .execute()
  const { receivers, troubles } = (await home()).bank
  expect(receivers).toBe('failing')
  expect(troubles).toMatchObject([
    {
      kind: 'receiver-failing',
      host: 'example.com',
      cause: { en: expect.stringContaining('410') },
    },
  ])
})

it('keeps the tags of an instance, and refuses what cannot be one', async () => {
  const change = (tags: unknown) =>
    browser.call('PATCH', `instances/${shop}`, { settings: { tags } })
  expect((await change(['loja', 'São Paulo'])).json().tags).toEqual(['loja', 'São Paulo'])
  expect((await home()).shop.tags).toEqual(['loja', 'São Paulo'])
  const { instances } = await browser.get('instances')
  expect(instances.find((each: { id: string }) => each.id === shop).tags).toHaveLength(2)
  for (const wrong of [
    ['a,b'],
    [' '],
    [''],
    Array.from({ length: 11 }, (_, at) => `${at}`),
    'loja',
  ])
    expect({ wrong, status: (await change(wrong)).statusCode }).toEqual({ wrong, status: 400 })
})
