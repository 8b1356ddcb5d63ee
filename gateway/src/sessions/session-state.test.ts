import { expect, test } from 'vitest'
import { mayBecome, type SessionState } from './session-state.js'

const states = {
  idle: { kind: 'idle' },
  connecting: { kind: 'connecting' },
  pairing: { kind: 'pairing' },
  open: { kind: 'open', since: 0, phone: '5511999999999', business: false },
  waiting: { kind: 'waiting', until: 0 },
  ended: { kind: 'ended' },
} as const satisfies Record<string, SessionState>

const kinds = ['idle', 'connecting', 'pairing', 'open', 'waiting', 'ended'] as const

test.each([
  ['idle', ['connecting']],
  ['connecting', ['idle', 'pairing', 'open', 'waiting', 'ended']],
  ['pairing', ['idle', 'open', 'waiting', 'ended']],
  ['open', ['idle', 'waiting', 'ended']],
  ['waiting', ['idle', 'connecting', 'ended']],
  ['ended', ['idle', 'connecting']],
] as const)('what is %s may become %j and nothing else', (from, successors) => {
  expect(kinds.filter((kind) => mayBecome(states[from], states[kind]))).toEqual(successors)
})
