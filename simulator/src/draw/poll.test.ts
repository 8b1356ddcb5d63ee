import { expect, test } from 'vitest'
import { changeOf, drawnOf, throughWire } from '../../test/support/drawn.js'
import { hindrancesOf } from './rules.js'

const poll = {
  name: 'Qual dia?',
  options: [{ optionName: 'Sexta' }, { optionName: 'Sábado' }],
}

test.each([
  ['any number', { pollCreationMessage: poll }, 0],
  ['one', { pollCreationMessageV3: { ...poll, selectableOptionsCount: 1 } }, 1],
])('a poll has its options, of which a voter takes %s', (_, message, selectable) => {
  expect(drawnOf(message).view).toEqual({
    kind: 'poll',
    parts: [{ type: 'poll', question: 'Qual dia?', options: ['Sexta', 'Sábado'], selectable }],
  })
})

test('a vote changes the poll that it names', () => {
  const change = changeOf({
    pollUpdateMessage: {
      pollCreationMessageKey: { id: '3EB0P' },
      vote: { encPayload: Uint8Array.of(1), encIv: Uint8Array.of(2) },
    },
  })
  expect(change).toMatchObject({ changes: '3EB0P', by: { change: 'vote' } })
})

const options = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ optionName: `${index}` }))
const secret = { messageContextInfo: { messageSecret: new Uint8Array(32).fill(1) } }

test.each([
  ['twelve options', { ...poll, options: options(12) }, secret, /^$/u],
  ['no secret', poll, {}, /no messageSecret/u],
  ['thirteen options', { ...poll, options: options(13) }, secret, /13 options/u],
  ['one option', { ...poll, options: options(1) }, secret, /1 options/u],
  ['an option twice', { ...poll, options: [...options(2), ...options(1)] }, secret, /twice/u],
  ['a long option', { ...poll, options: [{ optionName: 'a'.repeat(101) }] }, secret, /too long/u],
  ['a long question', { ...poll, name: 'a'.repeat(256) }, secret, /question of the poll/u],
])('a poll with %s', (_, pollCreationMessage, beside, why) => {
  const found = hindrancesOf(throughWire({ pollCreationMessage, ...beside }), {
    tag: 'message',
    attrs: {},
  })
  expect(found.map((each) => each.why).join('; ')).toMatch(why)
})
