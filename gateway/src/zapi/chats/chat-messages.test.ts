import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { keptText } from '../../../test/support/kept-text.js'
import { whatsappIdOf } from '../../../test/support/outgoing-message.js'
import { clientToken, openZapiStage } from '../../../test/support/zapi-stage.js'
import type { ChatId } from '../../domain/chat.js'
import { encodeOriginal } from '../../whatsapp/send/original-message.js'

const stage = await openZapiStage()
afterAll(() => stage[Symbol.asyncDispose]())

const { instance, directory, keptMessages } = stage
const ana = { phone: '5511999999999', lid: '164354629388413' }
const anaChat: ChatId = { kind: 'person', ...ana }
const group: ChatId = { kind: 'group', group: '120363019502650977' }

interface ListedMessage {
  readonly messageId: string
  readonly [key: string]: unknown
}

async function get(path: string): Promise<{ readonly status: number; readonly body: unknown }> {
  const url = `/instances/${instance.id}/token/${stage.token}/chat-messages/${path}`
  const answer = await stage.app.inject({ url, headers: { 'client-token': clientToken } })
  return { status: answer.statusCode, body: answer.json() }
}

const saidIn = async (path: string) => (await get(path)).body as readonly ListedMessage[]
const idsIn = async (path: string) => (await saidIn(path)).map(({ messageId }) => messageId)
const keep = (...message: Parameters<typeof keptText>) =>
  keptMessages.keep(instance.id, keptText(...message))

beforeEach(async () => {
  await directory.erase(instance.id)
  await directory.take(instance.id, [
    { kind: 'chat', chat: anaChat, facts: { name: 'x', lastMessageAt: 1 } },
    { kind: 'chat', chat: group, facts: { name: 'Turma' } },
    { kind: 'contact', person: ana, facts: { name: 'Ana Souza' } },
  ])
})

describe('GET /chat-messages/{phone}', () => {
  test('tells each message as Z-API does', async () => {
    await keep(whatsappIdOf('A'), 1_700_000_000_000, { text: 'oi' })
    expect(await get(ana.phone)).toEqual({
      status: 200,
      body: [
        {
          instanceId: instance.id,
          messageId: 'A',
          phone: ana.phone,
          fromMe: false,
          momment: 1_700_000_000_000,
          status: 'RECEIVED',
          chatName: 'Ana Souza',
          senderName: 'Ana Souza',
          senderPhoto: '',
          photo: '',
          participantPhone: null,
          broadcast: false,
          isGroup: false,
          forwarded: false,
          text: { message: 'oi' },
        },
      ],
    })
  })

  test('goes back page by page, the oldest of each page first', async () => {
    for (const [id, at] of [
      ['C', 300_000],
      ['A', 100_000],
      ['D', 400_000],
      ['B', 200_000],
    ] as const)
      await keep(whatsappIdOf(id), at)
    expect(await idsIn(`${ana.phone}?amount=2`)).toEqual(['C', 'D'])
    expect(await idsIn(`${ana.phone}?amount=2&lastMessageId=C`)).toEqual(['A', 'B'])
    expect(await idsIn(`${ana.phone}?amount=2&lastMessageId=A`)).toEqual([])
    expect(await idsIn(`${ana.phone}?lastMessageId=`)).toEqual(['A', 'B', 'C', 'D'])
    expect(await idsIn(`${ana.lid}@lid?amount=1`)).toEqual(['D'])
    expect(await idsIn(`${ana.phone}?page=0&pageSize=3`)).toEqual(['B', 'C', 'D'])
    expect(await idsIn(`${ana.phone}?page=2&pageSize=3`)).toEqual(['A'])
    expect(await idsIn(`${ana.phone}?page=3&pageSize=3`)).toEqual([])
  })

  test('names the author in a group', async () => {
    await keep(whatsappIdOf('A'), 100_000, { chat: group })
    await keep(whatsappIdOf('B'), 200_000, {
      chat: group,
      fromMe: true,
      author: { phone: '551188' },
    })
    expect(await saidIn('120363019502650977-group')).toMatchObject([
      { chatName: 'Turma', senderName: 'Ana Souza', participantPhone: ana.phone, isGroup: true },
      { senderName: '551188', participantPhone: '551188', fromMe: true, status: 'SENT' },
    ])
  })

  test('links to a file under the same address each time', async () => {
    const image = {
      mimetype: 'image/jpeg',
      directPath: '/v/photo.enc',
      mediaKey: Buffer.alloc(32, 1),
      caption: 'foto',
    }
    const original = encodeOriginal({ imageMessage: image })
    await keep(whatsappIdOf('A'), 100_000, { original })
    const [first] = await saidIn(ana.phone)
    expect(first).toMatchObject({
      image: {
        caption: 'foto',
        imageUrl: expect.stringMatching(/^https:\/\/gateway\.example\/media\/[\w-]{32}$/u),
      },
    })
    expect(await saidIn(ana.phone)).toEqual([first])
  })

  test('shows no login code', async () => {
    const button = { name: 'cta_copy', buttonParamsJson: '{"copy_code":"739201"}' }
    const interactiveMessage = {
      body: { text: 'Seu código é 739201' },
      nativeFlowMessage: { buttons: [button] },
    }
    await keep(whatsappIdOf('A'), 100_000, { original: encodeOriginal({ interactiveMessage }) })
    const { body } = await get(ana.phone)
    expect(body).toMatchObject([
      { messageId: 'A', hydratedTemplate: { message: 'Seu código é ••••01' } },
    ])
    expect(JSON.stringify(body)).not.toContain('739201')
  })

  test('leaves out what was said before the chat was deleted', async () => {
    await keep(whatsappIdOf('A'), 100_000)
    await keep(whatsappIdOf('B'), 200_000)
    await directory.take(instance.id, [{ kind: 'chat-deleted', chat: anaChat, at: 150_000 }])
    expect(await idsIn(ana.phone)).toEqual(['B'])
  })

  test('is empty for a chat that is not known', async () => {
    expect(await get('5511900000000')).toEqual({ status: 200, body: [] })
  })

  test.each([
    ['?amount=0', 'amount'],
    ['?amount=x', 'amount'],
    ['?lastMessageId=Z', 'lastMessageId'],
  ])('refuses %s', async (query, named) => {
    const { status, body } = await get(ana.phone + query)
    expect(status).toBe(400)
    expect(JSON.stringify(body)).toContain(named)
  })
})
