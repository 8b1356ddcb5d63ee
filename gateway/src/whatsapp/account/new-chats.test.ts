import { expect, it } from 'vitest'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { askNewChats } from './new-chats.js'

type Answer = Awaited<ReturnType<Parameters<typeof askNewChats>[0]['fetchAccountReachoutTimelock']>>

const open = new AbortController().signal
const asked = (answer: () => Promise<Answer>, clock = new ManualClock()) =>
  askNewChats({ fetchAccountReachoutTimelock: answer }, clock, open)

it('tells whether the number is locked, and until when', async () => {
  expect(await asked(async () => ({ isActive: false }))).toEqual({ kind: 'free' })
  expect(await asked(async () => ({ isActive: true }))).toEqual({ kind: 'locked' })
  const timeEnforcementEnds = new Date(5_000)
  expect(await asked(async () => ({ isActive: true, timeEnforcementEnds }))).toEqual({
    kind: 'locked',
    until: 5_000,
  })
  const noDate = new Date(Number.NaN)
  expect(await asked(async () => ({ isActive: true, timeEnforcementEnds: noDate }))).toEqual({
    kind: 'locked',
  })
})

it('knows nothing when WhatsApp answers with an error, or not in time', async () => {
  expect(await asked(() => Promise.reject(new Error('no')))).toBeUndefined()
  const clock = new ManualClock()
  const answer = asked(() => new Promise(() => {}), clock)
  await clock.advance(5_000)
  expect(await answer).toBeUndefined()
})
