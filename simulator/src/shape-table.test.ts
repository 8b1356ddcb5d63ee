/** Each row of the table "shape → result": what the server answers, and what the clients show. */

import { type AnyMessageContent, type BinaryNode, generateWAMessageContent, proto } from 'baileys'
import { describe, expect, test } from 'vitest'
import type { Shows } from './model.js'
import type { Verdict } from './fault-port.js'
import { hindrancesOf } from './draw/rules.js'
import { showOnScreen } from './screen.js'
import { judge } from './wire-shape.js'

const nativeFlow: BinaryNode = { tag: 'native_flow', attrs: { v: '9', name: 'mixed' } }
const interactive: BinaryNode = {
  tag: 'interactive',
  attrs: { type: 'native_flow', v: '1' },
  content: [nativeFlow],
}
const qualityControl: BinaryNode = {
  tag: 'quality_control',
  attrs: { decision_id: '0'.repeat(40), source_type: 'third_party' },
  content: [{ tag: 'decision_source', attrs: { value: 'df' } }],
}
const fullBiz: BinaryNode = {
  tag: 'biz',
  attrs: { actual_actors: '2', host_storage: '2', privacy_mode_ts: '1763856000' },
  content: [interactive, qualityControl],
}
const minimalBiz: BinaryNode = { tag: 'biz', attrs: {}, content: [interactive] }
const bot: BinaryNode = { tag: 'bot', attrs: { biz_bot: '1' } }

function bizNaming(name: string): BinaryNode {
  const flow: BinaryNode = { tag: 'native_flow', attrs: { v: '9', name } }
  return { tag: 'biz', attrs: {}, content: [{ ...interactive, content: [flow] }] }
}

function stanzaWith(children: readonly BinaryNode[], attrs: BinaryNode['attrs'] = {}): BinaryNode {
  return {
    tag: 'message',
    attrs: { id: '3EB0', to: '1234@lid', type: 'text', ...attrs },
    content: [{ tag: 'enc', attrs: { v: '2', type: 'msg' } }, ...children],
  }
}

const copyButton = {
  name: 'cta_copy',
  buttonParamsJson: JSON.stringify({ display_text: 'Copiar código', copy_code: '123456' }),
}
const flow = { buttons: [copyButton], messageParamsJson: '{}', messageVersion: 1 }
const wholeImage = {
  url: 'https://127.0.0.1/mms/image/x',
  directPath: '/mms/image/x',
  mimetype: 'image/jpeg',
  mediaKey: new Uint8Array(32),
  fileSha256: new Uint8Array(32),
  fileEncSha256: new Uint8Array(32),
}

function copyCode(
  change: proto.Message.IInteractiveMessage = {},
  flowChange: proto.Message.InteractiveMessage.INativeFlowMessage = {},
): proto.IMessage {
  return {
    interactiveMessage: {
      body: { text: 'Seu código' },
      nativeFlowMessage: { ...flow, ...flowChange },
      ...change,
    },
  }
}

const template: proto.IMessage = {
  templateMessage: {
    hydratedTemplate: {
      hydratedContentText: 'Seu código',
      hydratedButtons: [
        {
          index: 0,
          urlButton: {
            displayText: 'Copiar código',
            url: 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp123456',
          },
        },
      ],
    },
  },
}

const onAll = { android: true, ios: true, web: true }
const nowhere = { android: false, ios: false, web: false }
const notOnWeb = { android: true, ios: true, web: false }
const onlyAndroid = { android: true, ios: false, web: false }
const onlyWeb = { android: false, ios: false, web: true }

interface Row {
  readonly shape: string
  readonly message: proto.IMessage
  readonly stanza: BinaryNode
  readonly verdict: Verdict
  /** Left out where the message does not reach the recipient. */
  readonly shows?: Omit<Shows, 'why'>
  /** What the explanation has to mention. */
  readonly why?: RegExp
  readonly evidence?: RegExp
}

const accept = { kind: 'accept' } as const
const refuse = (code: number) => ({ kind: 'refuse', code }) as const
const drop = { kind: 'drop' } as const

/** The rows of the table itself, in its order. */
const table: readonly Row[] = [
  {
    shape: 'the recommended shape, to a person',
    message: copyCode(),
    stanza: stanzaWith([fullBiz]),
    verdict: accept,
    shows: onAll,
    evidence: /evolution-go#204/,
  },
  {
    shape: 'the recommended shape, to a group',
    message: copyCode(),
    stanza: stanzaWith([fullBiz], { to: '120363@g.us' }),
    verdict: accept,
    shows: onAll,
  },
  {
    shape: 'a business sender',
    message: copyCode(),
    stanza: stanzaWith([fullBiz], { verified_name: '1' }),
    verdict: accept,
    shows: onAll,
  },
  {
    shape: 'an image header',
    message: copyCode({ header: { hasMediaAttachment: true, imageMessage: wholeImage } }),
    stanza: stanzaWith([fullBiz]),
    verdict: accept,
    shows: onAll,
  },
  {
    shape: 'a minimal biz',
    message: copyCode(),
    stanza: stanzaWith([minimalBiz]),
    verdict: accept,
    shows: onAll,
    evidence: /evolution-api#2526/,
  },
  {
    shape: 'with <bot biz_bot=1>',
    message: copyCode(),
    stanza: stanzaWith([fullBiz, bot]),
    verdict: accept,
    shows: onAll,
  },
  {
    shape: 'no biz',
    message: copyCode(),
    stanza: stanzaWith([]),
    verdict: accept,
    shows: nowhere,
    why: /no <biz>.*placeholder/,
    evidence: /whatsmeow#1235/,
  },
  {
    shape: '2x biz',
    message: copyCode(),
    stanza: stanzaWith([fullBiz, minimalBiz]),
    verdict: accept,
    shows: nowhere,
    why: /two <biz>/,
    evidence: /whatsapp-rust#1296/,
  },
  {
    shape: '<interactive/> without native_flow',
    message: copyCode(),
    stanza: stanzaWith([
      { tag: 'biz', attrs: {}, content: [{ tag: 'interactive', attrs: interactive.attrs }] },
    ]),
    verdict: refuse(479),
    evidence: /whatsmeow#1235/,
  },
  ...['cta_copy', 'quick_reply'].map((name) => ({
    shape: `native_flow name=${name}`,
    message: copyCode(),
    stanza: stanzaWith([bizNaming(name)]),
    verdict: drop,
    evidence: /whatsapp-rust#628/,
  })),
  ...['cta_url', 'call_permission_request', 'payment_info'].map((name) => ({
    shape: `its sibling, native_flow name=${name}`,
    message: copyCode(),
    stanza: stanzaWith([bizNaming(name)]),
    verdict: refuse(473),
    evidence: /whatsapp-rust#1132/,
  })),
  ...['open_webview', 'galaxy_message'].map((name) => ({
    shape: `its sibling, native_flow name=${name}`,
    message: copyCode(),
    stanza: stanzaWith([bizNaming(name)]),
    verdict: refuse(405),
    evidence: /whatsapp-rust#1132/,
  })),
  {
    shape: '<biz><buttons/></biz> with a buttonsMessage',
    message: { buttonsMessage: { contentText: 'Seu código' } },
    stanza: stanzaWith([{ tag: 'biz', attrs: {}, content: [{ tag: 'buttons', attrs: {} }] }]),
    verdict: refuse(405),
    evidence: /whatsmeow#1235/,
  },
  ...(
    [
      'viewOnceMessage',
      'viewOnceMessageV2',
      'viewOnceMessageV2Extension',
      'documentWithCaptionMessage',
    ] as const
  ).map((wrapper) => ({
    shape: `a ${wrapper} wrapper`,
    message: { [wrapper]: { message: copyCode() } },
    stanza: stanzaWith([fullBiz]),
    verdict: accept,
    shows: onlyAndroid,
    why: new RegExp(`inside ${wrapper}: Web could not load it`),
    evidence: /itsliaaa/,
  })),
  {
    shape: 'messageVersion missing',
    message: copyCode({}, { messageVersion: null }),
    stanza: stanzaWith([fullBiz]),
    verdict: accept,
    shows: notOnWeb,
    why: /messageVersion is missing/,
    evidence: /own parser/,
  },
  {
    shape: 'templateMessage.hydratedTemplate with an OTP URL, to phones',
    message: template,
    stanza: stanzaWith([]),
    verdict: accept,
    shows: onlyWeb,
    why: /template/,
    evidence: /wa-js/,
  },
  {
    shape: 'a retry resend of stock Baileys, which leaves biz out',
    message: copyCode(),
    stanza: {
      ...stanzaWith([]),
      content: [{ tag: 'enc', attrs: { v: '2', type: 'pkmsg', count: '1' } }],
    },
    verdict: accept,
    shows: nowhere,
    why: /no <biz>/,
  },
]

/** What the receiving clients' own rules add to the table. */
const clientRules: readonly Row[] = [
  {
    shape: 'four copy buttons',
    message: copyCode({}, { buttons: Array.from({ length: 4 }, () => copyButton) }),
    stanza: stanzaWith([fullBiz]),
    verdict: accept,
    shows: notOnWeb,
    why: /more than three buttons/,
  },
  {
    shape: 'a reply beside a copy button',
    message: copyCode({}, { buttons: [copyButton, { name: 'quick_reply' }] }),
    stanza: stanzaWith([fullBiz]),
    verdict: accept,
    shows: notOnWeb,
    why: /replies and other kinds/,
  },
  {
    shape: 'a link beside a copy button',
    message: copyCode({}, { buttons: [copyButton, { name: 'cta_url' }] }),
    stanza: stanzaWith([fullBiz]),
    verdict: accept,
    shows: onAll,
  },
  {
    shape: 'a flow name that is neither mixed nor the first button’s',
    message: copyCode(),
    stanza: stanzaWith([bizNaming('review_and_pay')]),
    verdict: accept,
    shows: notOnWeb,
    why: /names the flow review_and_pay/,
  },
  {
    shape: 'the name of the first button, on a stanza that got through',
    message: copyCode(),
    stanza: stanzaWith([bizNaming('cta_copy')]),
    verdict: drop,
    shows: onAll,
  },
  {
    shape: 'a biz that names no flow',
    message: copyCode(),
    stanza: stanzaWith([{ tag: 'biz', attrs: {}, content: [qualityControl] }]),
    verdict: accept,
    shows: notOnWeb,
    why: /names no flow/,
  },
  {
    shape: 'messageVersion 2',
    message: copyCode({}, { messageVersion: 2 }),
    stanza: stanzaWith([fullBiz]),
    verdict: accept,
    shows: notOnWeb,
    why: /newer than Web knows/,
  },
  {
    shape: 'an image header that was never uploaded',
    message: copyCode({
      header: { hasMediaAttachment: true, imageMessage: { mimetype: 'image/jpeg' } },
    }),
    stanza: stanzaWith([fullBiz]),
    verdict: accept,
    shows: notOnWeb,
    why: /not a whole image/,
  },
  {
    shape: 'an ephemeral wrapper',
    message: { ephemeralMessage: { message: copyCode() } },
    stanza: stanzaWith([fullBiz]),
    verdict: accept,
    shows: onAll,
  },
  {
    shape: 'a viewOnce inside an ephemeral wrapper',
    message: { ephemeralMessage: { message: { viewOnceMessage: { message: copyCode() } } } },
    stanza: stanzaWith([fullBiz]),
    verdict: accept,
    shows: onlyAndroid,
    why: /inside viewOnceMessage/,
  },
  {
    shape: 'a buttonsMessage without biz',
    message: { buttonsMessage: { contentText: 'Seu código' } },
    stanza: stanzaWith([]),
    verdict: accept,
    shows: nowhere,
    why: /buttonsMessage/,
  },
  {
    shape: 'plain text',
    message: { conversation: 'Seu código' },
    stanza: stanzaWith([]),
    verdict: accept,
    shows: onAll,
  },
]

/** As a phone gets it: through protobuf, where a field that was left out reads as its default. */
function received(message: proto.IMessage): proto.IMessage {
  return proto.Message.decode(proto.Message.encode(message).finish())
}

function resultOf({ message, stanza, shows }: Row) {
  const { evidence: source, ...verdict } = judge(stanza)
  if (!shows) return { verdict, evidence: source.source }
  const view = showOnScreen({ message: received(message), stanza })
  const sources = hindrancesOf(received(message), stanza).map((found) => found.evidence.source)
  const { why = '', ...seen } = view.shows
  return {
    verdict,
    text: view.text,
    shows: seen,
    why,
    evidence: [source.source, ...sources].join(),
  }
}

function expectedOf({ verdict, shows, why = /^$/, evidence = /^/ }: Row) {
  const source = expect.stringMatching(evidence)
  const reason = expect.stringMatching(why)
  const judged = { verdict, evidence: source }
  return shows ? { ...judged, text: 'Seu código', shows, why: reason } : judged
}

describe.each([
  ['shape → result', table],
  ['rules of the receiving clients', clientRules],
])('%s', (_, rows) => {
  test.each(rows)('$shape', (row) => {
    expect(resultOf(row)).toEqual(expectedOf(row))
  })
})

test('sendMessage({interactiveMessage}) in stock Baileys throws "Invalid media type"', async () => {
  const content: AnyMessageContent = JSON.parse(JSON.stringify(copyCode()))
  await expect(
    generateWAMessageContent(content, { upload: () => Promise.reject(new Error('unused')) }),
  ).rejects.toThrow('Invalid media type')
})

const shown = (message: proto.IMessage) =>
  showOnScreen({ message: received(message), stanza: stanzaWith([fullBiz]) })

describe('the copy button', () => {
  const button = { kind: 'copy', text: 'Copiar código', code: '123456' }

  test('is read from a native flow', () => {
    expect(shown(copyCode()).buttons).toEqual([button])
  })

  test('is read from a template’s OTP link, without the prefix otp', () => {
    expect(shown(template).buttons).toEqual([button])
  })

  test('is read from a link of the path form, prefix and all', () => {
    const url = 'https://www.whatsapp.com/otp/copy/otp42'
    const hydratedButtons = [{ index: 0, urlButton: { displayText: 'Copiar', url } }]
    const message = { templateMessage: { hydratedTemplate: { hydratedButtons } } }
    expect(shown(message).buttons).toEqual([{ kind: 'copy', text: 'Copiar', code: 'otp42' }])
  })

  test('is absent from a link to another place', () => {
    const url = 'https://example.com/otp/code/?code=otp42'
    const hydratedButtons = [{ index: 0, urlButton: { displayText: 'Copiar', url } }]
    const message = { templateMessage: { hydratedTemplate: { hydratedButtons } } }
    expect(shown(message).buttons).toEqual([])
  })

  test('keeps quotes, line breaks and emoji of its code', () => {
    const code = '"a"\n\\b 🔑'
    const params = JSON.stringify({ display_text: '"x"', copy_code: code })
    const buttons = [{ name: 'cta_copy', buttonParamsJson: params }]
    expect(shown(copyCode({}, { buttons })).buttons).toEqual([{ kind: 'copy', text: '"x"', code }])
  })

  test('is absent when its parameters are no JSON', () => {
    const buttons = [{ name: 'cta_copy', buttonParamsJson: '{"copy_code": "1' }]
    expect(shown(copyCode({}, { buttons })).buttons).toEqual([])
  })

  test('is absent from a link of another kind', () => {
    const buttons = [{ name: 'cta_url', buttonParamsJson: '{"copy_code":"1"}' }]
    expect(shown(copyCode({}, { buttons })).buttons).toEqual([])
  })
})

describe('the rest of the screen', () => {
  test('shows the header image only when the header says that there is one', () => {
    const header = { hasMediaAttachment: true, imageMessage: wholeImage }
    expect(shown(copyCode({ header })).files.get('0')?.mimetype).toBe('image/jpeg')
    const denied = { ...header, hasMediaAttachment: false }
    expect(shown(copyCode({ header: denied })).files.size).toBe(0)
  })

  test('shows title, body and footer as lines', () => {
    const message = copyCode({ header: { title: 'Banco' }, footer: { text: 'Não compartilhe' } })
    expect(shown(message).text).toBe('Banco\nSeu código\nNão compartilhe')
  })

  test('reads the copy that a sender makes for the own devices', () => {
    const message = { deviceSentMessage: { destinationJid: '1@lid', message: copyCode() } }
    const view = shown(message)
    expect(view).toMatchObject({ text: 'Seu código', shows: onAll })
    expect(view.buttons).toHaveLength(1)
  })
})
