/** Whether a phone takes a change: by its author, its time, and the secret of the message. */

import { proto } from 'baileys'
import { expect, test } from 'vitest'
import { throughWire } from '../../test/support/drawn.js'
import { Account } from '../account.js'
import { draw } from '../draw/index.js'
import { isChange } from '../draw/change.js'
import type { PhoneMessage } from '../model.js'
import { changed, type ChangeFrom, EDIT_WINDOW_MS, hashOf } from './changes.js'
import { seal } from './secrets.js'

const ana = new Account({ phone: '5511999990001', name: 'Ana', business: false })
const bia = new Account({ phone: '5511999990002', name: 'Bia', business: false })
const secret = new Uint8Array(32).fill(7)
const id = '3EB0'

function shown(content: proto.IMessage): PhoneMessage {
  const received = throughWire({ ...content, messageContextInfo: { messageSecret: secret } })
  const drawn = draw(received)
  if (isChange(drawn)) throw new Error('not a message')
  return {
    id,
    key: id,
    chat: ana.phone,
    from: ana.phone,
    fromMe: false,
    at: 0,
    text: '',
    view: drawn.view,
    files: new Map(),
    buttons: [],
    state: { reactions: [], votes: [], answers: [] },
    shows: { android: true, ios: true, web: true },
    status: 'delivered',
    stanza: { tag: 'message', attrs: {} },
    content: received,
  }
}

function by(account: Account, at = 0): ChangeFrom {
  const people = [ana, bia]
  return {
    from: account.phone,
    at,
    account: (digits) => people.find(({ phone }) => phone === digits),
    isAdmin: false,
  }
}

function change(content: proto.IMessage) {
  const drawn = draw(throughWire(content))
  if (!isChange(drawn)) throw new Error('not a change')
  return drawn
}

const poll = shown({
  pollCreationMessageV3: {
    name: 'Qual?',
    options: [{ optionName: 'Um' }, { optionName: 'Dois' }],
    selectableOptionsCount: 1,
  },
})

function vote(options: readonly string[], pair: { creator: string; sender: string }) {
  const selectedOptions = options.map(hashOf)
  const plaintext = proto.Message.PollVoteMessage.encode({ selectedOptions }).finish()
  return change({
    pollUpdateMessage: {
      pollCreationMessageKey: { id },
      vote: seal({ secret, id, use: 'Poll Vote' }, pair, plaintext),
    },
  })
}

test.each([
  ['lid', 'lid'],
  ['pn', 'pn'],
  ['lid', 'pn'],
  ['pn', 'lid'],
] as const)('a vote counts with the creator as %s and the voter as %s', (creator, voter) => {
  const pair = { creator: ana.jid(creator), sender: bia.jid(voter) }
  const outcome = changed(poll, vote(['Dois'], pair), by(bia))
  expect(outcome).toMatchObject({ state: { votes: [{ from: bia.phone, options: ['Dois'] }] } })
})

test('a second vote takes the place of the first, and an empty one takes it back', () => {
  const pair = { creator: ana.jid('lid'), sender: bia.jid('lid') }
  const once = changed(poll, vote(['Um'], pair), by(bia))
  if (once.kind !== 'state') throw new Error(once.kind)
  const voted = { ...poll, state: once.state }
  expect(changed(voted, vote(['Dois'], pair), by(bia))).toMatchObject({
    state: { votes: [{ options: ['Dois'] }] },
  })
  expect(changed(voted, vote([], pair), by(bia))).toMatchObject({ state: { votes: [] } })
})

test.each([
  ['of another person', ['Um'], { creator: ana.jid('lid'), sender: ana.jid('lid') }, 'opened'],
  ['for too many', ['Um', 'Dois'], { creator: ana.jid('lid'), sender: bia.jid('lid') }, 'too many'],
  ['for no option', ['Três'], { creator: ana.jid('lid'), sender: bia.jid('lid') }, 'not there'],
])('a vote %s is refused', (_, options, pair, why) => {
  expect(changed(poll, vote(options, pair), by(bia))).toEqual({
    kind: 'refused',
    why: expect.stringContaining(why),
  })
})

test('an answer to an event is read with its secret', () => {
  const event = shown({ eventMessage: { name: 'Festa' } })
  const answer = proto.Message.EventResponseMessage.encode({
    response: proto.Message.EventResponseMessage.EventResponseType.MAYBE,
  }).finish()
  const pair = { creator: ana.jid('lid'), sender: bia.jid('pn') }
  const sealed = seal({ secret, id, use: 'Event Response' }, pair, answer)
  const response = change({
    encEventResponseMessage: { eventCreationMessageKey: { id }, ...sealed },
  })
  expect(changed(event, response, by(bia))).toMatchObject({
    state: { answers: [{ from: bia.phone, answer: 'maybe' }] },
  })
})

test('an event is changed by its author alone', () => {
  const event = shown({ eventMessage: { name: 'Festa' } })
  const canceled = proto.Message.encode({ eventMessage: { name: 'Festa', isCanceled: true } })
  const pair = { creator: ana.jid('lid'), sender: ana.jid('lid') }
  const sealed = seal({ secret, id, use: 'Event Edit' }, pair, canceled.finish())
  const { EVENT_EDIT: secretEncType } = proto.Message.SecretEncryptedMessage.SecretEncType
  const edit = change({
    secretEncryptedMessage: { targetMessageKey: { id }, ...sealed, secretEncType },
  })
  expect(changed(event, edit, by(bia))).toMatchObject({ kind: 'refused', why: 'not its author' })
  expect(changed(event, edit, by(ana))).toMatchObject({
    kind: 'content',
    content: { eventMessage: { isCanceled: true } },
  })
})

test('a correction counts for 20 minutes', () => {
  const text = shown({ conversation: 'às 7' })
  const { MESSAGE_EDIT: type } = proto.Message.ProtocolMessage.Type
  const edit = change({
    protocolMessage: { key: { id }, type, editedMessage: { conversation: 'às 8' } },
  })
  expect(changed(text, edit, by(ana, EDIT_WINDOW_MS)).kind).toBe('content')
  expect(changed(text, edit, by(ana, EDIT_WINDOW_MS + 1))).toMatchObject({
    why: 'it is older than 20 minutes',
  })
  expect(changed(text, edit, by(bia))).toMatchObject({ why: 'not its author' })
})

const correction = (editedMessage: proto.IMessage) => {
  const { MESSAGE_EDIT: type } = proto.Message.ProtocolMessage.Type
  return change({ protocolMessage: { key: { id }, type, editedMessage } })
}

test('a correction is of the same kind, and there is none of what has no words', () => {
  const image = shown({ imageMessage: { mimetype: 'image/jpeg', caption: 'Antes' } })
  const sticker = shown({ stickerMessage: { mimetype: 'image/webp' } })
  const text = shown({ conversation: 'Oi' })
  const caption = correction({ imageMessage: { mimetype: 'image/jpeg', caption: 'Depois' } })
  expect(changed(image, caption, by(ana)).kind).toBe('content')
  expect(changed(text, correction({ extendedTextMessage: { text: 'Olá' } }), by(ana)).kind).toBe(
    'content',
  )
  for (const [message, edit] of [
    [text, caption],
    [image, correction({ conversation: 'Oi' })],
    [sticker, correction({ conversation: 'Oi' })],
  ] as const)
    expect(changed(message, edit, by(ana))).toMatchObject({ why: 'it is not of the same kind' })
})

test('a deleted message is corrected no more', () => {
  const text = shown({ conversation: 'Oi' })
  const deleted = { ...text, state: { ...text.state, deletedBy: ana.phone } }
  expect(changed(deleted, correction({ conversation: 'Olá' }), by(ana))).toMatchObject({
    why: 'it is deleted',
  })
})

test('a message is corrected as often as its author likes', () => {
  let message = shown({ conversation: '0' })
  for (const words of ['1', '2', '3']) {
    const outcome = changed(message, correction({ conversation: words }), by(ana))
    if (outcome.kind !== 'content') throw new Error(outcome.kind)
    message = shown(outcome.content)
  }
  expect(message.content.conversation).toBe('3')
})
