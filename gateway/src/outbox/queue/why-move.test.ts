import { expect, it } from 'vitest'
import { anOutgoingMessage, instanceIdOf } from '../../../test/support/outgoing-message.js'
import type { OnUnknown } from '../../domain/pool.js'
import { barred, refused, restricted } from './ending.js'
import { mayGoTwice, whyMove } from './moves.js'

const pooled = (onUnknown: OnUnknown, status: 'queued' | 'unknown' = 'queued') => ({
  ...anOutgoingMessage(),
  status,
  place: 1,
  pool: { id: instanceIdOf('3C'), onUnknown, moves: [] },
})

it('another member may send what the number may not', () => {
  expect(whyMove(pooled('wait'), restricted(463))).toBe('refused')
  expect(whyMove(pooled('wait'), barred(0))).toBe('restricted')
})

it('no other member sends what WhatsApp refused for its content', () => {
  expect(whyMove(pooled('wait'), refused(479))).toBeUndefined()
})

it('what may have arrived goes to another member only if its caller allows a second copy', () => {
  expect(whyMove(pooled('wait', 'unknown'), restricted(463))).toBeUndefined()
  expect(whyMove(pooled('resend-elsewhere', 'unknown'), restricted(463))).toBe('refused')
  expect(mayGoTwice(pooled('wait'))).toBe(false)
  expect(mayGoTwice(pooled('resend-elsewhere'))).toBe(true)
  expect(mayGoTwice({ ...pooled('wait'), pool: undefined })).toBe(false)
})
