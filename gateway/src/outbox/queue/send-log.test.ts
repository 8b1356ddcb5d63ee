import { expect, it } from 'vitest'
import { whatsappIdOf } from '../../../test/support/outgoing-message.js'
import { begun, ended, type Send } from './send-log.js'

const id = whatsappIdOf('3EB0000000000000000001')

it('remembers the last twenty sends', () => {
  let sends: readonly Send[] = []
  for (let at = 1; at <= 30; at += 1)
    sends = ended(begun(sends, id, at), { kind: 'not-sent', cause: 'x' }, at)
  expect(sends.map(({ claimedAt }) => claimedAt)).toEqual(
    Array.from({ length: 20 }, (_none, index) => index + 11),
  )
})

it('keeps no code of what was not refused, and nothing of a send that never began', () => {
  const [send] = ended(begun([], id, 1), { kind: 'not-sent', cause: 'x' }, 2)
  expect(send).toStrictEqual({ whatsappId: id, claimedAt: 1, endedAt: 2, outcome: 'not-sent' })
  expect(ended([], { kind: 'not-sent', cause: 'x' }, 2)).toEqual([])
})

it('keeps of a result its kind and its code', () => {
  const [send] = ended(begun([], id, 1), { kind: 'refused', code: 473 }, 2)
  expect(send).toEqual({
    whatsappId: id,
    claimedAt: 1,
    endedAt: 2,
    outcome: 'refused',
    refusalCode: 473,
  })
})
