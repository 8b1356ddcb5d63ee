import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createVault } from '../../db/encryption.js'
import { openZapiStage, type ZapiStage } from '../../../test/support/zapi-stage.js'
import { messageFrom } from '../../outbox/message-row.js'

const masterKey = new Uint8Array(32)
const phone = '5511999999999'
const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='
let stage: ZapiStage

beforeAll(async () => {
  stage = await openZapiStage({ masterKey })
})
afterAll(() => stage[Symbol.asyncDispose]())

const post = (action: string, payload: object) => stage.call('POST', action, { payload })

/** The content that the outbox was given last. */
async function stored(): Promise<object> {
  const rows = stage.database.query.selectFrom('message').selectAll().orderBy('sequence', 'desc')
  const row = await rows.limit(1).executeTakeFirstOrThrow()
  return messageFrom(row as Parameters<typeof messageFrom>[0], createVault(masterKey)).content
}

async function count(): Promise<number> {
  return (await stage.database.query.selectFrom('message').select('id').execute()).length
}

describe('a send', () => {
  it.each([
    ['send-text', { message: 'Olá *mundo*' }, { kind: 'text', text: 'Olá *mundo*' }],
    [
      'send-image',
      { image: 'https://example.com/a.png', caption: 'Logo' },
      {
        kind: 'image',
        image: { kind: 'url', url: 'https://example.com/a.png' },
        caption: 'Logo',
      },
    ],
    [
      'send-image',
      { image: `data:image/png;base64,${png}` },
      { kind: 'image', image: { kind: 'base64', base64: png }, caption: '' },
    ],
    [
      'send-document/pdf',
      { document: 'https://example.com/x', fileName: 'Meu PDF' },
      {
        kind: 'document',
        document: { kind: 'url', url: 'https://example.com/x' },
        fileName: 'Meu PDF.pdf',
        mimeType: 'application/pdf',
        caption: '',
      },
    ],
    [
      'send-document',
      { document: 'data:text/plain;base64,b2k=', fileName: 'nota.txt', caption: 'Leia' },
      {
        kind: 'document',
        document: { kind: 'base64', base64: 'b2k=' },
        fileName: 'nota.txt',
        mimeType: 'text/plain',
        caption: 'Leia',
      },
    ],
    [
      'send-link',
      {
        message: 'Leia',
        linkUrl: 'https://example.com/a',
        title: 'Título',
        linkDescription: 'Descrição',
        image: 'https://example.com/a.png',
      },
      {
        kind: 'link',
        text: 'Leia\nhttps://example.com/a',
        url: 'https://example.com/a',
        title: 'Título',
        description: 'Descrição',
        image: { kind: 'url', url: 'https://example.com/a.png' },
      },
    ],
    [
      'send-link',
      { message: 'https://loja.example/a', linkUrl: 'https://loja.example/a', image: '' },
      {
        kind: 'link',
        text: 'https://loja.example/a',
        url: 'https://loja.example/a',
        title: 'loja.example',
        description: '',
      },
    ],
  ] as const)('by %s stores what its caller gave', async (action, body, content) => {
    const answer = await post(action, { phone, ...body })
    expect([answer.statusCode, Object.keys(answer.json())]).toEqual([
      200,
      ['zaapId', 'messageId', 'id'],
    ])
    expect(await stored()).toEqual(content)
  })

  it.each([
    ['as the recipient', { phone: '13135550002' }],
    ['mentioned in a group', { phone: '120363019502650977-group', mentioned: ['13135550002'] }],
  ])('with Meta AI %s says why that cannot be done, and sends nothing', async (_where, given) => {
    const before = await count()
    const answer = await post('send-text', { message: 'a', ...given })
    expect(answer.statusCode).toBe(400)
    expect(answer.json().error).toContain('Cannot be done: Meta AI')
    expect(await count()).toBe(before)
  })

  it('takes what asks for nothing', async () => {
    const image = 'https://example.com/a.png'
    const answer = await post('send-image', { phone, image, viewOnce: false, messageId: '' })
    expect(answer.statusCode).toBe(200)
  })

  it.each([
    ['send-text', {}, /^message is required$/u],
    ['send-text', { message: '' }, /^message is required$/u],
    ['send-text', { message: 'x'.repeat(65_537) }, /^message must be at most 65536 characters$/u],
    ['send-image', {}, /^image is required$/u],
    ['send-image', { image: 'data:text/plain;base64,b2k=' }, /data:image\//u],
    ['send-image', { image: 'http://10.0.0.1/a.png' }, /^image: /u],
    ['send-document/p.f', { document: 'https://example.com/x' }, /^extension /u],
    ['send-document', { document: '@@@' }, /base64/u],
    [
      'send-link',
      {
        message: 'a',
        linkUrl: 'example.com',
        title: 'a',
        linkDescription: 'b',
        image: 'https://example.com/a.png',
      },
      /^linkUrl must be an address/u,
    ],
  ] as const)('by %s with %j is refused, and nothing is stored', async (action, body, error) => {
    const before = await count()
    const answer = await post(action, { phone, ...body })
    expect(answer.statusCode).toBe(400)
    expect(answer.json().error).toMatch(error)
    expect(await count()).toBe(before)
  })
})
