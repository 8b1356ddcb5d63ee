import { afterAll, beforeAll, expect, it } from 'vitest'
import { createVault } from '../../db/encryption.js'
import { openZapiStage, type ZapiStage } from '../../../test/support/zapi-stage.js'
import { messageFrom } from '../../outbox/message-row.js'

const masterKey = new Uint8Array(32)
const phone = '5511999999999'
const url = 'https://example.com/a'
const source = { kind: 'url', url }
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

const video = { kind: 'video', video: source, caption: '', viewOnce: false }

it.each([
  [
    'send-audio',
    { audio: url, waveform: true, async: true },
    { kind: 'audio', audio: source, waveform: true, viewOnce: false },
  ],
  [
    'send-audio',
    { audio: 'data:audio/ogg;base64,T2dnUw==', viewOnce: true },
    {
      kind: 'audio',
      audio: { kind: 'base64', base64: 'T2dnUw==' },
      waveform: false,
      viewOnce: true,
    },
  ],
  [
    'send-video',
    { video: url, caption: 'Veja', viewOnce: true },
    { ...video, caption: 'Veja', shownAs: 'video', viewOnce: true },
  ],
  ['send-gif', { gif: url, caption: '' }, { ...video, shownAs: 'gif' }],
  ['send-ptv', { ptv: url }, { ...video, shownAs: 'round-video' }],
  [
    'send-sticker',
    { sticker: url, stickerAuthor: 'Padaria' },
    { kind: 'sticker', sticker: source, author: 'Padaria' },
  ],
  [
    'send-image',
    { image: url, viewOnce: true },
    { kind: 'image', image: source, caption: '', viewOnce: true },
  ],
] as const)('%s with %j stores what its caller gave', async (action, body, content) => {
  expect((await post(action, { phone, ...body })).statusCode).toBe(200)
  expect((await contents()).at(-1)).toEqual(content)
})

it.each([
  ['send-audio', {}, /^audio is required$/u],
  ['send-audio', { audio: '@@@' }, /^The audio is not valid base64/u],
  ['send-audio', { audio: 'http://10.0.0.1/a.ogg' }, /^audio: /u],
  ['send-audio', { audio: url, viewOnce: 'yes' }, /^viewOnce /u],
  ['send-video', { video: url, caption: 'x'.repeat(1_025) }, /^caption must be at most 1024/u],
  ['send-gif', {}, /^gif is required$/u],
  ['send-ptv', { video: url }, /^ptv is required$/u],
  ['send-sticker', { sticker: url, stickerAuthor: 'x'.repeat(129) }, /^stickerAuthor /u],
] as const)('%s with %j is refused by name, and nothing is stored', async (action, body, error) => {
  const before = (await contents()).length
  const answer = await post(action, { phone, ...body })
  expect(answer.statusCode).toBe(400)
  expect(answer.json().error).toMatch(error)
  expect((await contents()).length).toBe(before)
})
