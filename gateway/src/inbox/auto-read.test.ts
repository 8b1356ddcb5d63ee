import { beforeEach, expect, it } from 'vitest'
import { EventLog } from '../../test/support/event-log.js'
import { instanceIdOf, whatsappIdOf } from '../../test/support/outgoing-message.js'
import type { MessageMark } from '../domain/engine.js'
import type { IncomingMessage } from '../domain/incoming-message.js'
import { AutoRead } from './auto-read.js'

const instanceId = instanceIdOf('3A')
const message: IncomingMessage = {
  whatsappId: whatsappIdOf('3EB0A'),
  chat: { kind: 'group', group: '12' },
  sender: { lid: '200' },
  fromMe: false,
  at: 500,
  forwarded: false,
  content: { kind: 'text', text: 'oi' },
}
const mark = { whatsappId: message.whatsappId, chat: message.chat, sender: message.sender }
const status: MessageMark = { ...mark, chat: { kind: 'status' } }

let marked: MessageMark[]
let settings: { readMessages: boolean; readStatuses: boolean }
let failure: Error | undefined
let log: EventLog
let autoRead: AutoRead

beforeEach(() => {
  marked = []
  settings = { readMessages: true, readStatuses: false }
  failure = undefined
  log = new EventLog()
  autoRead = new AutoRead({
    log,
    settings: { settingsOf: async () => settings },
    markRead: async (_, each) => {
      if (failure) throw failure
      marked.push(each)
    },
  })
})

it('reads messages and statuses each by their own setting', async () => {
  await autoRead.stored(instanceId, message)
  await autoRead.statusPosted(instanceId, status)
  expect(marked).toEqual([mark])
  settings = { readMessages: false, readStatuses: true }
  await autoRead.stored(instanceId, message)
  await autoRead.statusPosted(instanceId, status)
  expect(marked).toEqual([mark, status])
})

it('reads neither our own messages nor those without an author', async () => {
  await autoRead.stored(instanceId, { ...message, fromMe: true })
  const content = { kind: 'group-change', change: 'subject', people: [], value: 'x' } as const
  await autoRead.stored(instanceId, { ...message, content })
  expect(marked).toEqual([])
})

it('lets the message be when the mark fails', async () => {
  failure = new Error('not connected')
  await autoRead.stored(instanceId, message)
  expect(log.count('message-not-marked-read')).toBe(1)
})
