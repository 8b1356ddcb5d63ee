/** What clients ask of buttons by their kind and their number. */

import type { BinaryNode } from 'baileys'
import { expect, test } from 'vitest'
import { showOnScreen } from '../screen.js'

const flow: BinaryNode = { tag: 'native_flow', attrs: { v: '9', name: 'mixed' } }
const interactive: BinaryNode = { tag: 'interactive', attrs: {}, content: [flow] }
const biz: BinaryNode = { tag: 'biz', attrs: {}, content: [interactive] }
const stanza: BinaryNode = { tag: 'message', attrs: { id: '3EB0' }, content: [biz] }

function shows(name: string, count: number) {
  const buttonParamsJson = JSON.stringify({ display_text: 'a', id: '1', title: 'b', sections: [] })
  const buttons = Array.from({ length: count }, () => ({ name, buttonParamsJson }))
  const nativeFlowMessage = { buttons, messageVersion: 1 }
  const message = { interactiveMessage: { body: { text: 'a' }, nativeFlowMessage } }
  const { why: _, ...clients } = showOnScreen({ message, stanza }).shows
  return clients
}

const onAll = { android: true, ios: true, web: true }
const notOnWeb = { ...onAll, web: false }

test.each([
  ['quick_reply', 10, onAll],
  ['quick_reply', 11, notOnWeb],
  ['cta_url', 3, onAll],
  ['cta_url', 4, notOnWeb],
  ['single_select', 1, { android: true, ios: false, web: false }],
])('%s, %i of them', (name, count, clients) => {
  expect(shows(name, count)).toEqual(clients)
})
