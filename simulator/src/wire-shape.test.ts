/** What the server makes of the `<biz>` of lists, answers and payments, by what it sees of the message. */

import type { BinaryNode } from 'baileys'
import { expect, test } from 'vitest'
import { judge } from './wire-shape.js'

const list: BinaryNode = { tag: 'list', attrs: { type: 'product_list', v: '2' } }

function biz(attrs: BinaryNode['attrs'], ...content: BinaryNode[]): BinaryNode {
  return { tag: 'biz', attrs, content }
}

function flow(attrs: BinaryNode['attrs']): BinaryNode {
  const native: BinaryNode = { tag: 'native_flow', attrs }
  return { tag: 'interactive', attrs: { type: 'native_flow', v: '1' }, content: [native] }
}

function stanza(mediatype: string | undefined, ...nodes: BinaryNode[]): BinaryNode {
  const type = mediatype === undefined ? 'text' : 'media'
  const attrs = { v: '2', type: 'msg', ...(mediatype === undefined ? {} : { mediatype }) }
  const to: BinaryNode = { tag: 'to', attrs: { jid: '1@lid' }, content: [{ tag: 'enc', attrs }] }
  const participants: BinaryNode = { tag: 'participants', attrs: {}, content: [to] }
  return {
    tag: 'message',
    attrs: { id: '3EB0', to: '1@lid', type },
    content: [participants, ...nodes],
  }
}

test('media without a mediatype is not delivered', () => {
  const { attrs, ...rest } = stanza(undefined)
  expect(judge({ ...rest, attrs: { ...attrs, type: 'media' } })).toMatchObject({ kind: 'drop' })
  expect(judge(stanza('video'))).toMatchObject({ kind: 'accept' })
})

test.each([
  ['a list with its own <biz>', stanza('list', biz({}, list)), { kind: 'accept' }],
  ['a list without', stanza('list'), { kind: 'refuse', code: 479 }],
  [
    'a list under the <biz> of buttons',
    stanza('list', biz({}, flow({ v: '9', name: 'mixed' }))),
    { kind: 'refuse', code: 479 },
  ],
  ['an answer with <biz>', stanza('list_response', biz({}, list)), { kind: 'refuse', code: 479 }],
  ['an answer without', stanza('buttons_response'), { kind: 'accept' }],
  [
    'a Pix key as WhatsApp Web sends it',
    stanza(undefined, biz({}, flow({ name: 'payment_info' }))),
    { kind: 'accept' },
  ],
  [
    'a Pix key with the version of buttons',
    stanza(undefined, biz({}, flow({ v: '9', name: 'payment_info' }))),
    { kind: 'refuse', code: 473 },
  ],
  [
    'a Pix key with the attributes of buttons',
    stanza(undefined, biz({ host_storage: '2' }, flow({ name: 'payment_info' }))),
    { kind: 'refuse', code: 473 },
  ],
  [
    'an order in the flat form',
    stanza(undefined, biz({ native_flow_name: 'order_details' })),
    { kind: 'accept' },
  ],
])('%s', (_shape, message, verdict) => {
  expect(judge(message)).toMatchObject(verdict)
})

test.each<[string, BinaryNode['attrs'], BinaryNode['attrs'] | undefined, number | undefined]>([
  ['an edit', { type: 'text', edit: '1' }, undefined, undefined],
  ['the edit number of channels', { type: 'text', edit: '3' }, undefined, 479],
  ['a poll', { type: 'poll' }, { polltype: 'creation' }, undefined],
  ['a poll that is called a text', { type: 'text' }, { polltype: 'creation' }, 479],
  ['an event', { type: 'event' }, { event_type: 'response' }, undefined],
  ['an event that is called a poll', { type: 'poll' }, { event_type: 'creation' }, 479],
  ['a status', { type: 'text' }, { status_setting: 'contacts' }, undefined],
  ['a reaction to a status', { type: 'reaction' }, { status_setting: 'contacts' }, 479],
])('%s with its attributes', (_, attrs, meta, code) => {
  const content = meta === undefined ? [] : [{ tag: 'meta', attrs: meta }]
  const verdict = judge({ tag: 'message', attrs: { id: '3EB0', ...attrs }, content })
  expect(verdict).toMatchObject(code === undefined ? { kind: 'accept' } : { kind: 'refuse', code })
})
