import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { clientToken, openZapiStage } from '../../../test/support/zapi-stage.js'
import type { ChatId } from '../../domain/chat.js'
import { WhatsappSilentError } from '../../domain/errors.js'

const stage = await openZapiStage()
afterAll(() => stage[Symbol.asyncDispose]())

const { instance, directory, profiles, sessions } = stage
const ana = { phone: '5511999999999', lid: '164354629388413' }
const anaChat: ChatId = { kind: 'person', ...ana }
const group: ChatId = { kind: 'group', group: '120363019502650977' }

async function get(path: string): Promise<{ readonly status: number; readonly body: unknown }> {
  const url = `/instances/${instance.id}/token/${stage.token}/${path}`
  const answer = await stage.app.inject({ url, headers: { 'client-token': clientToken } })
  return { status: answer.statusCode, body: answer.json() }
}

beforeEach(async () => {
  await directory.erase(instance.id)
  sessions.connected.delete(instance.id)
  profiles.failure = undefined
  await directory.take(instance.id, [
    {
      kind: 'chat',
      chat: anaChat,
      facts: { name: 'x', pinnedAt: 5, unread: 2, lastMessageAt: 1_730_918_668_123 },
    },
    { kind: 'chat', chat: group, facts: { name: 'Turma', isArchived: true, mutedUntil: 'always' } },
    { kind: 'contact', person: ana, facts: { name: 'Ana Souza', pushName: 'aninha' } },
  ])
})

const anaRow = {
  phone: ana.phone,
  name: 'Ana Souza',
  unread: '2',
  messagesUnread: 2,
  lastMessageTime: '1730918668',
  archived: 'false',
  pinned: 'true',
  isMuted: '0',
  isMarkedSpam: 'false',
  isGroup: false,
  isGroupAnnouncement: false,
}

describe('GET /chats', () => {
  test('tells each chat as Z-API does, the last one that was talked in first', async () => {
    expect(await get('chats')).toEqual({
      status: 200,
      body: [
        anaRow,
        {
          ...anaRow,
          phone: '120363019502650977-group',
          name: 'Turma',
          unread: '0',
          messagesUnread: 0,
          lastMessageTime: '0',
          archived: 'true',
          pinned: 'false',
          isMuted: '1',
          muteEndTime: -1,
          isGroup: true,
        },
      ],
    })
  })

  test('comes in pages, the last of which are empty', async () => {
    for (const [page, names] of [
      [0, ['Ana Souza']],
      [1, ['Ana Souza']],
      [2, ['Turma']],
      [3, []],
    ] as const)
      expect((await get(`chats?page=${page}&pageSize=1`)).body).toMatchObject(
        names.map((name) => ({ name })),
      )
  })

  test.each(['page=00', 'page=-1', 'page=x', 'pageSize=1.5', 'page=99999999999'])(
    'refuses %s',
    async (query) => {
      const { status, body } = await get(`chats?${query}`)
      expect(status).toBe(400)
      expect(JSON.stringify(body)).toMatch(/page(Size)?/u)
    },
  )
})

describe.each(['chats', 'chat'])('GET /%s/{phone}', (path) => {
  test.each(['5511999999999', '+55 11 99999-9999', '164354629388413@lid'])(
    'finds a person as %s without a connection',
    async (phone) => {
      const { body } = await get(`${path}/${encodeURIComponent(phone)}`)
      expect(body).toEqual({ ...anaRow, profileThumbnail: '', about: '' })
    },
  )

  test('asks WhatsApp for picture and about text, and keeps the text', async () => {
    sessions.connected.add(instance.id)
    const shown = {
      about: 'Disponível',
      profileThumbnail: 'https://pps.whatsapp.net/v/picture.jpg',
    }
    expect((await get(`${path}/${ana.phone}`)).body).toMatchObject(shown)
    profiles.failure = new WhatsappSilentError('no answer')
    expect((await get(`${path}/${ana.phone}`)).body).toMatchObject({
      about: 'Disponível',
      profileThumbnail: '',
    })
  })

  test('says that a chat is unknown, and that an id is none', async () => {
    expect(await get(`${path}/5511988887777`)).toMatchObject({ status: 404 })
    expect(await get(`${path}/123@newsletter`)).toMatchObject({ status: 404 })
    expect(await get(`${path}/abc`)).toMatchObject({ status: 400 })
  })
})
