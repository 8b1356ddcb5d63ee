import { expect, test } from 'vitest'
import { failureKinds, play, playing, undo } from './failures.js'
import { Faults } from './faults.js'

const PHONE = '5511999990001'
const OTHER = '5511999990002'
const lasting = failureKinds.filter((kind) => kind !== 'replaced')

test.each(lasting)('%s holds for its phone until it is undone', (kind) => {
  const faults = new Faults()
  play(kind, PHONE, { faults, now: 1_000 })
  expect(playing(PHONE, faults)).toEqual([kind])
  expect(playing(OTHER, faults)).toEqual([])
  undo(kind, PHONE, faults)
  expect(faults.state).toEqual(new Faults().state)
})

test('one that is played twice is there once, and counts from the second time', () => {
  const faults = new Faults()
  play('restricted', PHONE, { faults, now: 1_000 })
  play('restricted', PHONE, { faults, now: 601_000 })
  expect(faults.state.acks).toHaveLength(1)
  expect(faults.state.newChatLocks).toEqual([{ phone: PHONE, until: 901 }])
})

test('what others have set stays, after a play and after its undoing', () => {
  const faults = new Faults()
  const theirs = { kind: 'late' as const, delayMs: 5 }
  faults.set({ acks: [theirs], notOnWhatsApp: [OTHER] })
  play('button-refused', PHONE, { faults, now: 0 })
  play('not-on-whatsapp', PHONE, { faults, now: 0 })
  undo('button-refused', PHONE, faults)
  undo('not-on-whatsapp', PHONE, faults)
  expect(faults.state).toMatchObject({ acks: [theirs], notOnWhatsApp: [OTHER] })
})

test.each([
  ['link-cut', 'drop'],
  ['banned', 'drop'],
  ['replaced', 'replace'],
] as const)('%s hits the connections that are open', (kind, action) => {
  expect(play(kind, PHONE, { faults: new Faults(), now: 0 })).toEqual([{ phone: PHONE, action }])
})

test('a refused button leaves messages without buttons alone', () => {
  const faults = new Faults()
  play('button-refused', PHONE, { faults, now: 0 })
  const message = { from: OTHER, to: PHONE, id: '3EB0', device: 1, stranger: false }
  expect(faults.ackFor({ ...message, buttons: true })).toEqual({ kind: 'error', code: 473 })
  expect(faults.ackFor({ ...message, buttons: false })).toEqual({ kind: 'normal' })
})
