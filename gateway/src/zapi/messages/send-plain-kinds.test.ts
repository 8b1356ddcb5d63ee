import { afterAll, beforeAll, expect, it } from 'vitest'
import { createVault } from '../../db/encryption.js'
import { openZapiStage, type ZapiStage } from '../../../test/support/zapi-stage.js'
import { messageFrom } from '../../outbox/message-row.js'

const masterKey = new Uint8Array(32)
const phone = '5511999999999'
const poll = [{ name: 'Manhã' }, { name: 'Tarde' }]
const place = { title: 'Loja', address: 'Rua A, 1', latitude: '-23.5', longitude: '-46.6' }
const event = { name: 'Festa', dateTime: '2026-12-18T19:00:00-03:00' }
let stage: ZapiStage

beforeAll(async () => {
  stage = await openZapiStage({ masterKey })
})
afterAll(() => stage[Symbol.asyncDispose]())

const post = (action: string, payload: object) => stage.call('POST', action, { payload })

async function contents(): Promise<object[]> {
  const rows = await stage.database.query
    .selectFrom('message')
    .selectAll()
    .orderBy('sequence')
    .execute()
  return rows.map(
    (row) => messageFrom(row as Parameters<typeof messageFrom>[0], createVault(masterKey)).content,
  )
}

it.each([
  [
    'send-location',
    place,
    { kind: 'location', title: 'Loja', address: 'Rua A, 1', latitude: -23.5, longitude: -46.6 },
  ],
  [
    'send-contact',
    { contactName: 'Ana', contactPhone: '+55 (11) 99999-0000', contactBusinessDescription: 'Pão' },
    {
      kind: 'contacts',
      contacts: [{ name: 'Ana', phones: ['5511999990000'], businessDescription: 'Pão' }],
    },
  ],
  [
    'send-contacts',
    { contacts: [{ name: 'Ana', phones: [5511999990000, '5511999990001'] }] },
    {
      kind: 'contacts',
      contacts: [{ name: 'Ana', phones: ['5511999990000', '5511999990001'] }],
    },
  ],
  [
    'send-poll',
    { message: 'Quando?', poll, pollMaxOptions: 1 },
    { kind: 'poll', question: 'Quando?', options: ['Manhã', 'Tarde'], mostChoices: 1 },
  ],
  [
    'send-event',
    { event: { ...event, location: { name: 'Casa' }, callLinkType: 'video', canceled: null } },
    {
      kind: 'event',
      name: 'Festa',
      description: '',
      startsAt: Date.UTC(2026, 11, 18, 22),
      place: 'Casa',
      call: 'video',
      isCanceled: false,
    },
  ],
] as const)('%s stores what its caller gave', async (action, body, content) => {
  const answer = await post(action, { phone, ...body })
  expect([answer.statusCode, Object.keys(answer.json())]).toEqual([
    200,
    ['zaapId', 'messageId', 'id'],
  ])
  expect((await contents()).at(-1)).toEqual(content)
})

it.each([
  ['send-location', { ...place, latitude: '' }, /^latitude is required$/u],
  ['send-location', { ...place, latitude: '-23,5' }, /^latitude must be a number from -90 to 90/u],
  ['send-location', { ...place, longitude: 181 }, /^longitude must be a number from -180 to 180/u],
  ['send-location', { ...place, address: undefined }, /^address is required$/u],
  ['send-contact', { contactName: 'Ana', contactPhone: 'x' }, /^contactPhone must be a number/u],
  ['send-contact', { contactPhone: '5511999990000' }, /^contactName is required$/u],
  ['send-contacts', { contacts: [] }, /^contacts /u],
  [
    'send-contacts',
    { contacts: [{ name: 'Ana', phones: ['5511999990000', 'ana'] }] },
    /^contacts\.0\.phones\.1 must be a number/u,
  ],
  ['send-poll', { message: 'Quando?', poll: [{ name: 'a' }] }, /^poll /u],
  [
    'send-poll',
    { message: 'Quando?', poll: [{ name: 'a' }, { name: 'a' }] },
    /^poll has the same name twice/u,
  ],
  ['send-poll', { message: 'Quando?', poll, pollMaxOptions: 3 }, /^pollMaxOptions /u],
  ['send-poll', { message: 'x'.repeat(256), poll }, /^message must be at most 255/u],
  ['send-event', { event: { ...event, dateTime: 'amanhã' } }, /^event\.dateTime must be as in/u],
  [
    'send-event',
    { event: { ...event, dateTime: '2026-12-18T19:00', timeZone: 'Mars/Base' } },
    /^event\.timeZone must be a name/u,
  ],
  ['send-event', { event: { dateTime: event.dateTime } }, /name is required/u],
  ['send-event', { event: { ...event, callLinkType: 'phone' } }, /^event\.callLinkType /u],
  ...['send-event', 'send-edit-event'].flatMap((action) => {
    const rest = action === 'send-event' ? {} : { eventMessageId: '3EB0' }
    const long = (change: object) => ({ ...rest, event: { ...event, ...change } })
    return [
      [action, long({ name: 'x'.repeat(101) }), /^event\.name must be at most 100/u],
      [
        action,
        long({ description: 'x'.repeat(2_049) }),
        /^event\.description must be at most 2048/u,
      ],
      [
        action,
        long({ location: { name: 'x'.repeat(1_001) } }),
        /^event\.location.* must be at most 1000/u,
      ],
    ] as const
  }),
] as const)('%s with %j is refused by name, and nothing is stored', async (action, body, error) => {
  const before = (await contents()).length
  const answer = await post(action, { phone, ...body })
  expect(answer.statusCode).toBe(400)
  expect(answer.json().error).toMatch(error)
  expect((await contents()).length).toBe(before)
})
