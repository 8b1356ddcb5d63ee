import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Past } from '@recado/simulator'
import { beforeAll, afterAll, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { pair } from '../../../sandbox/src/sandbox.js'
import { Journey } from '../support/journey.js'

const day = 86_400_000
const lastTalk = Date.UTC(2026, 10, 1)
const group = '120363019502650977@g.us'

let journey: Journey
let instance: SandboxInstance
let ana: string

const get = (path: string) => journey.client.onInstance(instance, 'GET', path)

function pastWith(person: string): Past {
  return {
    chats: [
      {
        with: person,
        name: 'Ana Souza',
        pinned: true,
        unread: 3,
        messages: [
          { text: 'bom dia', at: lastTalk - day },
          { text: 'tudo bem?', at: lastTalk, fromMe: true },
        ],
      },
      {
        with: group,
        name: 'Condomínio',
        archived: true,
        mutedUntil: Date.now() + day,
        messages: [{ text: 'aviso', at: lastTalk - 2 * day, from: person }],
      },
    ],
    pushNames: { [person]: 'aninha' },
  }
}

beforeAll(async () => {
  journey = await Journey.start()
  const phone = await journey.newPhone()
  const friend = await journey.newPhone()
  ana = friend.phone
  phone.past = pastWith(ana)
  instance = await journey.newInstance()
  await pair(journey.client, instance, phone)
})
afterAll(() => journey[Symbol.asyncDispose]())

const chats = () => get('chats?page=1&pageSize=10')
const contacts = () => get('contacts?page=1&pageSize=10')

test('the history after the linking is in the lists of chats and contacts', async () => {
  await expect.poll(chats).toMatchObject([
    {
      phone: ana,
      name: 'Ana Souza',
      pinned: 'true',
      archived: 'false',
      unread: '3',
      lastMessageTime: String(lastTalk / 1_000),
      isMuted: '0',
    },
    {
      phone: '120363019502650977-group',
      name: 'Condomínio',
      archived: 'true',
      isMuted: '1',
      isGroup: true,
    },
  ])
  await expect
    .poll(contacts)
    .toMatchObject([{ phone: ana, name: 'Ana Souza', short: 'Ana', notify: 'aninha' }])
})

test('both lists are the same after a restart and without a connection', async () => {
  const before = [await chats(), await contacts()]
  await journey.killGateway()
  await journey.restartGateway()
  expect([await chats(), await contacts()]).toEqual(before)
  await journey.client.onInstance(instance, 'GET', 'disconnect')
  expect([await chats(), await contacts()]).toEqual(before)
})

test('nothing of it stands in clear in the files', async () => {
  for (const name of ['recado.sqlite', 'recado.sqlite-wal'])
    expect(await readFile(join(journey.dataDir, name), 'latin1').catch(() => '')).not.toContain(
      'Ana Souza',
    )
})
