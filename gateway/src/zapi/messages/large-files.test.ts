/** Files in base64 that are too large for the memory: stored while their call arrives. */

import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clientToken, openZapiStage, type ZapiStage } from '../../../test/support/zapi-stage.js'
import { createVault } from '../../db/encryption.js'
import { filesOf } from '../../domain/content/index.js'
import { isLarge } from '../../domain/content/files.js'
import { Media } from '../../media/media.js'
import { messageFrom } from '../../outbox/message-row.js'
import { createGuardedFetch } from '../../runtime/guarded-fetch.js'
import { silentLog } from '../../runtime/telemetry.js'

const masterKey = new Uint8Array(32)
const phone = '5511999999999'
let stage: ZapiStage

beforeAll(async () => {
  stage = await openZapiStage({ masterKey })
})
afterAll(() => stage[Symbol.asyncDispose]())

const send = (action: string, payload: object, headers = {}) =>
  stage.call('POST', action, {
    payload,
    headers: { 'client-token': clientToken, ...headers },
  })

async function rows() {
  return stage.database.query.selectFrom('message').selectAll().orderBy('sequence').execute()
}

/** The file of the message that was stored last, as it will be sent. */
async function prepared(): Promise<Buffer> {
  const row = (await rows()).at(-1)
  const { content } = messageFrom(row as Parameters<typeof messageFrom>[0], createVault(masterKey))
  const media = new Media({
    fetch: createGuardedFetch({ allowedNetworks: [] }),
    log: silentLog,
    stored: stage.files,
  })
  const [request] = filesOf(content)
  if (request === undefined) throw new TypeError('the message has no file')
  const { bytes } = await media.prepare(request, new AbortController().signal)
  if (!isLarge(bytes)) return Buffer.from(bytes)
  const parts: Uint8Array[] = []
  for await (const part of bytes.chunks()) parts.push(part)
  await bytes.discard()
  return Buffer.concat(parts)
}

const bytes = randomBytes(9_000_001)

it.each([
  ['bare', bytes.toString('base64')],
  ['with a prefix', `data:application/pdf;base64,${bytes.toString('base64')}`],
  ['in lines', bytes.toString('base64').replaceAll(/.{76}/gu, '$&\r\n')],
  ['for addresses', bytes.toString('base64url')],
])('a document of 9 MB, written %s, is sent as it was', async (_how, document) => {
  const answer = await send('send-document/pdf', { phone, document })
  expect(answer.statusCode).toBe(200)
  expect((await prepared()).equals(bytes)).toBe(true)
})

it('the same request again is accepted once', async () => {
  const body = { phone, document: bytes.toString('base64') }
  const before = (await rows()).length
  const headers = { 'idempotency-key': 'documento-1' }
  const [first, again] = [
    await send('send-document/pdf', body, headers),
    await send('send-document/pdf', body, headers),
  ]
  expect(again.json()).toEqual(first.json())
  expect((await rows()).length).toBe(before + 1)
  const other = { ...body, document: randomBytes(9_000_001).toString('base64') }
  expect((await send('send-document/pdf', other, headers)).statusCode).toBe(422)
})

it.each([
  ['send-audio', 'audio', 17_000_000, 'The audio is larger than 16 MB'],
  ['send-image', 'image', 17_000_000, 'The image is larger than 16 MB'],
] as const)('%s of too much is refused by name', async (action, attribute, size, text) => {
  const before = (await rows()).length
  const answer = await send(action, { phone, [attribute]: Buffer.alloc(size).toString('base64') })
  expect([answer.statusCode, answer.json().error]).toEqual([400, expect.stringContaining(text)])
  expect((await rows()).length).toBe(before)
})

it.each([
  ['a sign that is none of base64', `${'A'.repeat(5_000_000)}@${'A'.repeat(99)}`, 413],
  ['an end in the middle', `${'A'.repeat(5_000_000)}==${'A'.repeat(98)}`, 400],
  ['a missing character', 'A'.repeat(5_000_001), 400],
])('%s is refused, and nothing is stored', async (_what, document, statusCode) => {
  const before = (await rows()).length
  const answer = await send('send-document/pdf', { phone, document })
  expect(answer.statusCode).toBe(statusCode)
  expect(answer.json().error).toMatch(/base64/u)
  expect((await rows()).length).toBe(before)
})

it('the name of a stored file that a caller makes up is refused', async () => {
  const before = (await rows()).length
  const name = `\nstored-file:${'0'.repeat(32)}:4:0:${'0'.repeat(64)}`
  const answer = await send('send-document/pdf', { phone, document: `AAAA${name}` })
  expect([answer.statusCode, answer.json().error]).toEqual([
    400,
    'The file is not stored any more. Send it again.',
  ])
  expect((await rows()).length).toBe(before)
})
