/** What a stanza says of its content, right and wrong. */

import { type BinaryNode, proto } from 'baileys'
import { expect, test } from 'vitest'
import { showOnScreen } from '../screen.js'
import { changeFault } from './attributes.js'

const { MESSAGE_EDIT, REVOKE } = proto.Message.ProtocolMessage.Type
const key = { id: '3EB0', fromMe: true }
const text = { conversation: 'Oi' }

const stanzaWith = (edit: string | undefined, enc: BinaryNode['attrs'] = {}): BinaryNode => ({
  tag: 'message',
  attrs: { id: '3EB1', ...(edit === undefined ? {} : { edit }) },
  content: [{ tag: 'enc', attrs: { v: '2', type: 'msg', ...enc } }],
})

const changes: readonly (readonly [string, string | undefined, proto.IMessage])[] = [
  ['an edit', '1', { protocolMessage: { type: MESSAGE_EDIT, key, editedMessage: text } }],
  ['a deletion', '7', { protocolMessage: { type: REVOKE, key } }],
  ['a deletion without its type', '7', { protocolMessage: { key } }],
  ["a deletion by a group's admin", '8', { protocolMessage: { key: { id: '3EB0' } } }],
  ['a pin', '2', { pinInChatMessage: { key } }],
  ['a reaction', undefined, { reactionMessage: { key, text: '👍' } }],
  ['a removal of one', '7', { reactionMessage: { key, text: '' } }],
  ['a vote', undefined, { pollUpdateMessage: { pollCreationMessageKey: key } }],
  ['an answer to an event', undefined, { encEventResponseMessage: {} }],
  ['a sealed edit', '1', { secretEncryptedMessage: { targetMessageKey: key } }],
]

test.each(changes)('%s is taken under its own edit and under no other', (_, right, content) => {
  expect(changeFault(content, stanzaWith(right))).toBeUndefined()
  const isLenient = content.reactionMessage !== undefined
  const wrong = [...(isLenient ? [] : [undefined]), '1', '2', '7', '8']
  for (const each of wrong.filter((edit) => edit !== right))
    expect(changeFault(content, stanzaWith(each))).toMatch(/^its stanza says edit /u)
})

test('a removal without the edit is taken: Baileys writes it so', () => {
  expect(changeFault({ reactionMessage: { key, text: '' } }, stanzaWith(undefined))).toBeUndefined()
})

test.each([
  ['edit', stanzaWith('1')],
  ['decrypt-fail', stanzaWith(undefined, { 'decrypt-fail': 'hide' })],
])('a text whose stanza has the %s of a change shows nowhere', (name, stanza) => {
  const { shows } = showOnScreen({ message: text, stanza, numberOf: () => '' })
  expect(shows).toMatchObject({ android: false, ios: false, web: false })
  expect(shows.why).toContain(name)
})

test('a text without them shows', () => {
  const { shows } = showOnScreen({
    message: text,
    stanza: stanzaWith(undefined),
    numberOf: () => '',
  })
  expect(shows).toEqual({ android: true, ios: true, web: true })
})
