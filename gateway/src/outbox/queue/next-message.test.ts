import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  morePreparingIfHigh,
  mostPreparing,
  mostUnacknowledged,
  nextMessage,
  type QueueState,
  type WaitingChat,
} from './next-message.js'
import { priorities } from '../../domain/priority.js'

const now = 1_000_000
const free: WaitingChat = {
  place: 1,
  priority: 'normal',
  isBusy: false,
  isPrepared: false,
  notBefore: 0,
  owesGap: true,
}
const idle: QueueState = {
  now,
  turns: priorities,
  gapOverAt: 0,
  isOneLeaving: false,
  unacknowledged: 0,
  preparing: 0,
  beginNotBefore: 0,
  longestWaitMs: 60_000,
}

const moment = fc.integer({ min: now - 5_000, max: now + 60_000 })
const aPriority = fc.constantFrom(...priorities)
const aChat = fc.record({
  priority: aPriority,
  isBusy: fc.boolean(),
  isPrepared: fc.boolean(),
  notBefore: fc.oneof(fc.constant(0), moment),
  owesGap: fc.boolean(),
})
/** One message waits at each place. */
const chatsOf = (chats: readonly Omit<WaitingChat, 'place'>[]): readonly WaitingChat[] =>
  chats.map((chat, place) => ({ ...chat, place }))
const someChats = fc.array(aChat, { maxLength: 12 }).map(chatsOf)
const aState: fc.Arbitrary<QueueState> = fc.record({
  now: fc.constant(now),
  turns: fc.shuffledSubarray([...priorities], { minLength: 3 }),
  gapOverAt: fc.oneof(fc.constant(0), moment),
  isOneLeaving: fc.boolean(),
  unacknowledged: fc.constantFrom(0, 1, mostUnacknowledged - 1, mostUnacknowledged),
  preparing: fc.constantFrom(0, 1, mostPreparing - 1, mostPreparing),
  beginNotBefore: fc.oneof(fc.constant(0), moment),
  longestWaitMs: fc.constant(60_000),
})

describe('the next message', () => {
  it('is the first one accepted whose chat can go, whatever holds up the others', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 30 }), fc.nat(), (heldUp, seed) => {
        const chats = chatsOf(
          heldUp.map((isHeldUp, place) => {
            if (!isHeldUp) return free
            return (place + seed) % 2 === 0
              ? { ...free, isBusy: true }
              : { ...free, notBefore: now + 1 + ((place * 31 + seed) % 60_000) }
          }),
        )
        const next = nextMessage(chats, idle)
        const first = heldUp.indexOf(false)
        expect(next.kind === 'message' ? next.chat.place : -1).toBe(first)
      }),
    )
  })

  it('does not depend on the order in which the chats are looked at', () => {
    fc.assert(
      fc.property(someChats, aState, (chats, state) => {
        expect(nextMessage(chats.toReversed(), state)).toEqual(nextMessage(chats, state))
      }),
    )
  })

  it('never leaves a chat that could go for one of a later turn, or one accepted later', () => {
    fc.assert(
      fc.property(someChats, aState, (chats, state) => {
        const next = nextMessage(chats, state)
        if (next.kind === 'wait') return
        const turnOf = ({ priority }: WaitingChat) => state.turns.indexOf(priority)
        const before = (chat: WaitingChat) =>
          turnOf(chat) < turnOf(next.chat) ||
          (turnOf(chat) === turnOf(next.chat) && chat.place < next.chat.place)
        for (const chat of chats.filter(before))
          expect(nextMessage([chat], state).kind).toBe('wait')
      }),
    )
  })

  it('keeps the gap of the instance, whichever chat comes next', () => {
    fc.assert(
      fc.property(someChats, aState, (chats, state) => {
        const next = nextMessage(chats, { ...state, gapOverAt: now + 1 })
        expect(next.kind === 'wait' || !next.chat.owesGap).toBe(true)
      }),
    )
  })

  it('is none while another one leaves, or while too many wait for their ack', () => {
    fc.assert(
      fc.property(someChats, aState, (chats, state) => {
        for (const change of [{ isOneLeaving: true }, { unacknowledged: mostUnacknowledged }])
          expect(nextMessage(chats, { ...state, ...change })).toEqual({ kind: 'wait' })
      }),
    )
  })

  it('is one that is prepared when no more may be begun', () => {
    const chats = [free, { ...free, place: 2, isPrepared: true }]
    for (const change of [{ preparing: mostPreparing }, { beginNotBefore: now + 500 }])
      expect(nextMessage(chats, { ...idle, ...change })).toMatchObject({ chat: { place: 2 } })
  })

  it('is a code when 16 others are being prepared, but not when 20 are', () => {
    const chats = [{ ...free, priority: 'high' } as const]
    const full = { ...idle, preparing: mostPreparing }
    expect(nextMessage(chats, full)).toMatchObject({ kind: 'message' })
    const more = { ...idle, preparing: mostPreparing + morePreparingIfHigh }
    expect(nextMessage(chats, more)).toEqual({ kind: 'wait' })
  })
})

describe('the wait', () => {
  it('ends exactly when something can go', () => {
    fc.assert(
      fc.property(someChats, aState, (chats, state) => {
        const next = nextMessage(chats, state)
        if (next.kind === 'message' || next.until === undefined) return
        expect(next.until).toBeGreaterThan(now)
        expect(nextMessage(chats, { ...state, now: next.until - 1 }).kind).toBe('wait')
        expect(nextMessage(chats, { ...state, now: next.until }).kind).toBe('message')
      }),
    )
  })

  it('has an end unless something that wakes the queue is going on', () => {
    fc.assert(
      fc.property(someChats, aState, (chats, state) => {
        const room = { isOneLeaving: false, unacknowledged: 0, preparing: 0 }
        const next = nextMessage(chats, { ...state, ...room })
        const hasNoEnd = next.kind === 'wait' && next.until === undefined
        expect(!hasNoEnd || chats.every(({ isBusy }) => isBusy)).toBe(true)
      }),
    )
  })

  it('is over when it is longer than any wait: the clock was set back', () => {
    const chats = [{ ...free, notBefore: now + 3_600_000 }]
    const state = { ...idle, gapOverAt: now + 3_600_000 }
    expect(nextMessage(chats, state)).toMatchObject({ kind: 'message' })
  })

  it('is not over before when it is the longest one', () => {
    const until = now + idle.longestWaitMs
    expect(nextMessage([{ ...free, notBefore: until }], idle)).toEqual({ kind: 'wait', until })
  })
})
