import { beforeEach, expect, it } from 'vitest'
import { EventLog } from '../../test/support/event-log.js'
import { ManualClock } from '../../test/support/manual-clock.js'
import { instanceIdOf } from '../../test/support/outgoing-message.js'
import type { Database } from '../db/database.js'
import type { ChatId } from '../domain/chat.js'
import { nothingMuted } from '../domain/muting.js'
import { Presences, type PresencesOptions } from './presences.js'

const instanceId = instanceIdOf('3A')
const person = (phone: number): ChatId => ({ kind: 'person', phone: String(phone) })

let watched: ChatId[]
let listens: boolean
let ownPhone: string
let muted: typeof nothingMuted
let presences: Presences
let failure: Error | undefined
const log = new EventLog()

beforeEach(() => {
  watched = []
  listens = true
  ownPhone = '5511900000001'
  muted = nothingMuted
  failure = undefined
  const options: Omit<PresencesOptions, 'database'> = {
    clock: new ManualClock(1_000),
    log,
    events: { publish: async () => {}, hasEndpoint: async () => listens },
    settings: { settingsOf: async () => ({ muted }) },
    ownPhone: () => ownPhone,
    watch: async (_, chat) => {
      if (failure) throw failure
      watched.push(chat)
    },
  }
  // Nothing is stored here.
  presences = new Presences({ ...options, database: {} as Database })
})

it('is asked for in the chats that we talk with, of people only', async () => {
  await presences.talked(instanceId, person(1))
  await presences.talked(instanceId, { kind: 'group', group: '12' })
  expect(watched).toEqual([person(1)])
})

it('asks only when a receiver listens', async () => {
  listens = false
  await presences.talked(instanceId, person(1))
  listens = true
  muted = { topics: ['presence'], messages: [] }
  await presences.talked(instanceId, person(1))
  expect(watched).toEqual([])
})

it('is asked for again on a new connection, the latest 200 chats', async () => {
  for (let n = 0; n < 201; n += 1) await presences.talked(instanceId, person(n))
  await presences.talked(instanceId, person(1))
  watched = []
  await presences.opened(instanceId)
  expect(watched).toHaveLength(200)
  expect([watched[0], watched.at(-1)]).toEqual([person(2), person(1)])
})

it('is asked for of no chat of another number that was linked before', async () => {
  await presences.talked(instanceId, person(1))
  ownPhone = '5511900000002'
  watched = []
  await presences.opened(instanceId)
  expect(watched).toEqual([])
})

it('is missed without harm when the connection is gone', async () => {
  failure = new Error('not connected')
  await presences.talked(instanceId, person(1))
  expect(log.count('presence-not-watched')).toBe(1)
})
