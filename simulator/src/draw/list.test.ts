import type { BinaryNode } from 'baileys'
import { expect, test } from 'vitest'
import { drawnOf, throughWire } from '../../test/support/drawn.js'
import { hindrancesOf } from './rules.js'

const message = {
  listMessage: {
    title: 'Cardápio',
    description: 'O que vai ser?',
    buttonText: 'Ver',
    sections: [
      { title: 'Doces', rows: [{ rowId: 'b', title: 'Bolo', description: 'de fubá' }] },
      { title: 'Salgados', rows: [{ rowId: 'c', title: 'Coxinha' }] },
    ],
  },
}

test('a list has its sections with their rows', () => {
  expect(drawnOf(message).view).toEqual({
    kind: 'list',
    parts: [
      { type: 'title', text: 'Cardápio' },
      { type: 'text', text: 'O que vai ser?' },
      {
        type: 'list',
        button: 'Ver',
        sections: [
          { title: 'Doces', rows: [{ id: 'b', title: 'Bolo', description: 'de fubá' }] },
          { title: 'Salgados', rows: [{ id: 'c', title: 'Coxinha' }] },
        ],
      },
    ],
  })
})

test('a list without its <biz> shows nowhere', () => {
  const list: BinaryNode = { tag: 'list', attrs: { type: 'product_list', v: '2' } }
  const biz: BinaryNode = { tag: 'biz', attrs: {}, content: [list] }
  const bare: BinaryNode = { tag: 'message', attrs: {}, content: [] }
  const received = throughWire(message)
  expect(hindrancesOf(received, { ...bare, content: [biz] })).toEqual([])
  expect(hindrancesOf(received, bare)).toMatchObject([
    { draws: { android: 'nothing', ios: 'nothing', web: 'placeholder' } },
  ])
})
