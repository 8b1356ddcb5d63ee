import type { BinaryNode } from 'baileys'
import { expect, it } from 'vitest'
import { presenceOf } from './presence.js'

const typing = (tag: string, attrs: BinaryNode['attrs'] = {}): BinaryNode => ({
  tag: 'chatstate',
  attrs: { from: '200@lid' },
  content: [{ tag, attrs }],
})

it.each([
  [{ tag: 'presence', attrs: { from: '200@lid' } }, 'available'],
  [{ tag: 'presence', attrs: { from: '200@lid', type: 'unavailable' } }, 'unavailable'],
  [typing('composing'), 'composing'],
  [typing('composing', { media: 'audio' }), 'recording'],
  [typing('paused'), 'paused'],
])('%j says %s', (node, presence) => {
  expect(presenceOf(node)).toMatchObject({ chat: { kind: 'person', lid: '200' }, presence })
})

it('tells since when a person is away, where they show it', () => {
  const away = { from: '200@lid', type: 'unavailable' }
  const last = (value: string) =>
    presenceOf({ tag: 'presence', attrs: { ...away, last: value } })?.lastSeenAt
  expect([last('1700000000'), last('deny'), last('none')]).toEqual([
    1_700_000_000_000,
    undefined,
    undefined,
  ])
})

it('names who types in a group', () => {
  const node = { ...typing('composing'), attrs: { from: '12@g.us', participant: '200@lid' } }
  expect(presenceOf(node)).toMatchObject({
    chat: { kind: 'group', group: '12' },
    participant: { lid: '200' },
  })
})

it.each([
  { tag: 'presence', attrs: { from: '200@lid', type: 'subscribe' } },
  { tag: 'presence', attrs: { from: 'status@broadcast' } },
  { tag: 'chatstate', attrs: { from: '200@lid' } },
  typing('dancing'),
])('nothing is told of %j', (node) => {
  expect(presenceOf(node)).toBeUndefined()
})
