import { afterAll, beforeAll, expect, it } from 'vitest'
import { openZapiStage, type ZapiStage } from '../../../test/support/zapi-stage.js'
import { whatsappIdOf } from '../../../test/support/outgoing-message.js'
import { createVault } from '../../db/encryption.js'
import { messageFrom } from '../../outbox/message-row.js'

const masterKey = new Uint8Array(32)
const phone = '5511999999999'
const group = '120363019502650977-group'
const image = 'https://example.com/a.png'
let stage: ZapiStage

beforeAll(async () => {
  stage = await openZapiStage({ masterKey })
  const original = { bytes: Buffer.from('x') }
  const chat = { kind: 'group', group: '120363019502650977' } as const
  const kept = { chat, fromMe: false, at: 1, original }
  const author = { phone: '5511777777777', lid: '164354629388413' }
  const own = { ...kept, author: {}, fromMe: true, whatsappId: whatsappIdOf('3EB0OWN') }
  await stage.keptMessages.keep(stage.instance.id, own)
  const theirs = { ...kept, author, whatsappId: whatsappIdOf('3EB0BIA') }
  await stage.keptMessages.keep(stage.instance.id, theirs)
})
afterAll(() => stage[Symbol.asyncDispose]())

async function stored() {
  const rows = stage.database.query.selectFrom('message').selectAll().orderBy('sequence', 'desc')
  const row = await rows.limit(1).executeTakeFirstOrThrow()
  return messageFrom(row as Parameters<typeof messageFrom>[0], createVault(masterKey))
}

const post = (action: string, payload: object) => stage.call('POST', action, { payload })
const read = (body: object) => post('read-message', body)
const path = (query: string) => `messages?messageId=3EB0A&${query}`
const count = () => stage.database.query.selectFrom('message').select('id').execute()
const answerPrivately = (messageId: string) =>
  post('send-text', { phone: group, message: 'Olá', messageId, privateAnswer: true })
const text = { kind: 'text', text: 'Olá' }

it.each([
  [
    'send-text',
    { phone, messageId: '3EB0A' },
    { ...text, context: { answers: { whatsappId: '3EB0A' } } },
  ],
  [
    'send-text',
    { phone, editMessageId: '3EB0A' },
    { kind: 'edit', target: '3EB0A', text: 'Olá', part: 'text' },
  ],
  [
    'send-text',
    { phone: group, mentioned: [5511888888888, '+55 11 97777-7777', '818@lid'] },
    {
      ...text,
      context: {
        mentions: [{ phone: '5511888888888' }, { phone: '5511977777777' }, { lid: '818' }],
      },
    },
  ],
  [
    'send-text',
    { phone: group, mentionedPhones: ['5511888888888'] },
    { ...text, context: { mentions: [{ phone: '5511888888888' }] } },
  ],
  ['send-text', { phone: group, mentionAll: true }, { ...text, context: { mentionsAll: true } }],
  [
    'send-text',
    { phone: group, groupMentioned: [{ phone: '1203634230225498-group', subject: 'Vendas' }] },
    { ...text, context: { groupMentions: [{ group: '1203634230225498', subject: 'Vendas' }] } },
  ],
  [
    'send-image',
    { phone, image, caption: 'Nova', editImageMessageId: '3EB0A' },
    { kind: 'edit', target: '3EB0A', text: 'Nova', part: 'caption' },
  ],
  [
    'send-document/pdf',
    { phone, document: image, editDocumentMessageId: '3EB0A' },
    { kind: 'edit', target: '3EB0A', text: '', part: 'caption' },
  ],
  [
    'send-reaction',
    { phone, reaction: '👩🏽‍🚀', messageId: '3EB0A' },
    { kind: 'reaction', target: '3EB0A', emoji: '👩🏽‍🚀' },
  ],
  [
    'send-remove-reaction',
    { phone, messageId: '3EB0A' },
    { kind: 'reaction', target: '3EB0A', emoji: '' },
  ],
  [
    'pin-message',
    { phone, messageId: '3EB0A', messageAction: 'pin', pinMessageDuration: '7_days' },
    { kind: 'pin', target: '3EB0A', seconds: 604_800 },
  ],
  [
    'pin-message',
    { phone, messageId: '3EB0A', messageAction: 'unpin' },
    { kind: 'pin', target: '3EB0A', seconds: 0 },
  ],
  [
    'forward-message',
    { phone, messageId: '3EB0A', messagePhone: group },
    { kind: 'forward', target: '3EB0A', from: { kind: 'group', group: '120363019502650977' } },
  ],
] as const)('%s with %j is stored as it was meant', async (action, body, content) => {
  const answer = await post(action, { message: 'Olá', ...body })
  expect([answer.statusCode, answer.body]).toEqual([200, expect.stringContaining('zaapId')])
  expect((await stored()).content).toEqual(content)
})

it.each(['send-image', 'send-document/pdf', 'send-location'])(
  '%s can answer a message',
  async (action) => {
    const files = { image, document: image, title: 'A', address: 'B', latitude: 1, longitude: 2 }
    expect((await post(action, { phone, ...files, messageId: '3EB0A' })).statusCode).toBe(200)
    expect((await stored()).content).toMatchObject({
      context: { answers: { whatsappId: '3EB0A' } },
    })
  },
)

it('a private answer goes to the author of the message, and to the group where that is this number', async () => {
  expect((await answerPrivately('3EB0BIA')).statusCode).toBe(200)
  const chat = { kind: 'group', group: '120363019502650977' }
  expect(await stored()).toMatchObject({
    recipient: { kind: 'person', phone: '5511777777777' },
    content: { context: { answers: { whatsappId: '3EB0BIA', chat } } },
  })
  expect((await answerPrivately('3EB0OWN')).statusCode).toBe(200)
  expect(await stored()).toMatchObject({ recipient: { kind: 'group' } })
  expect((await answerPrivately('3EB0NO')).json().error).toMatch(
    /^messageId names no message of this group/u,
  )
})

it.each([
  ['send-text', { phone, mentionAll: true }, 'mentionAll can only be used in groups'],
  ['send-text', { phone: group, mentioned: [group] }, /^mentioned takes numbers/u],
  [
    'send-text',
    { phone: group, groupMentioned: [{ phone, subject: 'a' }] },
    /^groupMentioned takes/u,
  ],
  ['send-text', { phone, messageId: 'x'.repeat(129) }, /^messageId must be at most 128/u],
  ['send-reaction', { phone, reaction: 'ok', messageId: '3EB0A' }, 'reaction must be one emoji'],
  ['send-reaction', { phone, reaction: '❤️🎉', messageId: '3EB0A' }, 'reaction must be one emoji'],
  [
    'pin-message',
    { phone, messageId: '3EB0A', messageAction: 'pin' },
    'pinMessageDuration is required',
  ],
  ['pin-message', { phone, messageId: '3EB0A', messageAction: 'stick' }, /^messageAction /u],
  ['forward-message', { phone, messageId: '3EB0A' }, 'messagePhone is required'],
  ['forward-message', { phone, messageId: '3EB0A', messagePhone: 'x' }, 'Invalid phone'],
] as const)('%s with %j gets 400, and nothing is stored', async (action, body, error) => {
  const before = await count()
  const answer = await post(action, { message: 'Olá', ...body })
  expect(answer.statusCode).toBe(400)
  expect(answer.json().error).toMatch(error)
  expect(await count()).toEqual(before)
})

it('DELETE /messages is queued like a message and has no body', async () => {
  const answer = await stage.call('DELETE', path(`phone=${phone}&owner=true`))
  expect([answer.statusCode, answer.body]).toEqual([204, ''])
  expect((await stored()).content).toEqual({ kind: 'deletion', target: '3EB0A', isOwn: true })
  expect((await stage.call('DELETE', path(`phone=${group}&owner=false`))).statusCode).toBe(204)
  expect((await stored()).content).toMatchObject({ isOwn: false })
  const refused = await stage.call('DELETE', path(`phone=${phone}&owner=false`))
  expect(refused.statusCode).toBe(400)
  expect(refused.json()).toEqual({ error: expect.stringContaining('Use owner=true') })
  expect((await stage.call('DELETE', path(`phone=${phone}&owner=yes`))).statusCode).toBe(400)
  expect((await stage.call('DELETE', path(`phone=${phone}`))).statusCode).toBe(400)
})

it('read-message marks what others wrote, in a group under the name of its author', async () => {
  expect((await read({ phone, messageId: '3EB0A' })).json()).toEqual({
    error: 'You are not connected.',
  })
  stage.sessions.connected.add(stage.instance.id)
  expect((await read({ phone, messageId: '3EB0A' })).statusCode).toBe(204)
  expect((await read({ phone: group, messageId: '3EB0BIA' })).statusCode).toBe(204)
  const chat = { kind: 'group', group: '120363019502650977' }
  expect(stage.marks).toEqual([
    { whatsappId: '3EB0A', chat: { kind: 'person', phone }, sender: { phone } },
    { whatsappId: '3EB0BIA', chat, sender: { phone: '5511777777777', lid: '164354629388413' } },
  ])
  expect((await read({ phone: group, messageId: '3EB0NO' })).statusCode).toBe(400)
  expect((await read({ phone: group, messageId: '3EB0OWN' })).statusCode).toBe(400)
  stage.sessions.connected.delete(stage.instance.id)
})
