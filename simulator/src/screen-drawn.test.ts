import { type BinaryNode, proto } from 'baileys'
import { expect, test } from 'vitest'
import type { Hindrance } from './draw/hindrance.js'
import { hindrancesOf } from './draw/rules.js'
import { drawnWith, showOnScreen } from './screen.js'
import { evidence } from './evidence.js'

const flow: proto.IMessage = {
  interactiveMessage: {
    body: { text: 'Seu código' },
    nativeFlowMessage: {
      messageVersion: 1,
      buttons: [
        { name: 'cta_copy', buttonParamsJson: '{"display_text":"Copiar","copy_code":"1"}' },
      ],
    },
  },
}
const biz: BinaryNode = {
  tag: 'biz',
  attrs: {},
  content: [
    {
      tag: 'interactive',
      attrs: { type: 'native_flow', v: '1' },
      content: [{ tag: 'native_flow', attrs: { v: '9', name: 'mixed' } }],
    },
  ],
}
const stanzaWith = (...content: BinaryNode[]): BinaryNode => ({
  tag: 'message',
  attrs: {},
  content,
})
const withoutVersion = proto.Message.fromObject(flow)
if (withoutVersion.interactiveMessage?.nativeFlowMessage) {
  withoutVersion.interactiveMessage.nativeFlowMessage.messageVersion = null
}

const whole = { android: 'whole', ios: 'whole', web: 'whole' }

test.each<[string, proto.IMessage, BinaryNode, object]>([
  ['the right shape is drawn whole', flow, stanzaWith(biz), whole],
  ['a message without buttons is drawn whole', { conversation: 'Oi' }, stanzaWith(), whole],
  [
    'without <biz> phones show nothing, Web its excuse',
    flow,
    stanzaWith(),
    { android: 'nothing', ios: 'nothing', web: 'placeholder' },
  ],
  [
    'two <biz> cost the button',
    flow,
    stanzaWith(biz, biz),
    { android: 'without-button', ios: 'without-button', web: 'without-button' },
  ],
  [
    'without a version Web alone gives up',
    withoutVersion,
    stanzaWith(biz),
    { ...whole, web: 'placeholder' },
  ],
  [
    'a wrapper costs iOS the button and Web the message',
    { viewOnceMessage: { message: flow } },
    stanzaWith(biz),
    { android: 'whole', ios: 'without-button', web: 'placeholder' },
  ],
])('%s', (_what, message, stanza, drawn) => {
  const hindrances = hindrancesOf(message, stanza)
  expect(drawnWith(hindrances)).toEqual(drawn)
  const { android, ios, web } = showOnScreen({ message, stanza }).shows
  const shown = Object.entries({ android, ios, web })
  expect(shown).toEqual(
    Object.entries(drawn).map(([client, drawing]) => [client, drawing === 'whole']),
  )
})

function hindrance(web: 'without-button' | 'placeholder' | 'nothing'): Hindrance {
  return { draws: { web }, why: web, evidence: evidence.ours }
}

test('of several hindrances the one that hides most decides', () => {
  const found = [hindrance('placeholder'), hindrance('without-button')]
  expect(drawnWith(found).web).toBe('placeholder')
  expect(drawnWith([...found, hindrance('nothing')]).web).toBe('nothing')
})
