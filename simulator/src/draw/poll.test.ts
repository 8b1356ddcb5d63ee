import { expect, test } from 'vitest'
import { changeOf, drawnOf } from '../../test/support/drawn.js'

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
