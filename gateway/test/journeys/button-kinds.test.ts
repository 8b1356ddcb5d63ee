/** Messages with buttons and lists: from the call to the phone, the tap back to the callback, and what goes instead. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, shown } from '../support/journey.js'
import { type KindOnStage, sendKind, standsItsWay } from '../support/kind-on-stage.js'

let journey: Journey
let instance: SandboxInstance
let own: string

beforeAll(async () => {
  journey = await Journey.start()
  const paired = await journey.pairedInstance()
  instance = paired.instance
  own = paired.phone.phone
})

afterAll(() => journey[Symbol.asyncDispose]())

const mixed =
  'biz actual_actors=2 host_storage=2 (interactive type=native_flow v=1 (native_flow name=mixed v=9) quality_control source_type=third_party (decision_source value=df))'
const flow = (buttons: readonly object[]) => ({
  interactiveMessage: {
    nativeFlowMessage: {
      messageVersion: 1,
      buttons: buttons.map(({ name, ...parameters }: { name?: string }) => ({
        name,
        buttonParamsJson: JSON.stringify(parameters),
      })),
    },
  },
})

const kinds: readonly KindOnStage[] = [
  {
    name: 'buttons that answer',
    action: 'send-button-list',
    body: {
      message: 'Gostou?',
      buttonList: { buttons: [{ id: 'bom', label: 'Ótimo' }, { label: 'Ruim' }] },
    },
    content: flow([
      { name: 'quick_reply', display_text: 'Ótimo', id: 'bom' },
      { name: 'quick_reply', display_text: 'Ruim', id: '2' },
    ]),
    biz: mixed,
    plainText: 'Gostou?\n\n1 - Ótimo\n2 - Ruim\n\nResponda com o número da opção.',
    tap: {
      answer: {
        interactiveResponseMessage: {
          body: { text: 'Ótimo' },
          nativeFlowResponseMessage: {
            name: 'quick_reply',
            paramsJson: JSON.stringify({ id: 'bom', display_text: 'Ótimo' }),
          },
        },
      },
      told: { buttonsResponseMessage: { buttonId: 'bom', message: 'Ótimo' } },
    },
  },
  {
    name: 'buttons that open and call',
    action: 'send-button-actions',
    body: {
      message: 'Fale conosco',
      title: 'Loja',
      footer: 'Das 9 às 18',
      buttonActions: [
        { type: 'URL', url: 'https://example.com/a', label: 'Site' },
        { type: 'CALL', phone: '5511988887777', label: 'Ligar' },
      ],
    },
    content: {
      interactiveMessage: {
        header: { title: 'Loja' },
        footer: { text: 'Das 9 às 18' },
        ...flow([
          {
            name: 'cta_url',
            display_text: 'Site',
            url: 'https://example.com/a',
            merchant_url: 'https://example.com/a',
          },
          { name: 'cta_call', display_text: 'Ligar', phone_number: '+5511988887777' },
        ]).interactiveMessage,
      },
    },
    biz: mixed,
    plainText:
      'Loja\n\nFale conosco\n\nDas 9 às 18\n\nSite: https://example.com/a\nLigar: +5511988887777',
  },
  {
    name: 'a list of options',
    action: 'send-option-list',
    body: {
      message: 'Como podemos ajudar?',
      optionList: {
        title: 'Atendimento',
        buttonLabel: 'Ver opções',
        options: [
          { id: 'v', title: 'Vendas', description: 'Comprar' },
          { id: 's', title: 'Suporte' },
        ],
      },
    },
    content: {
      listMessage: {
        title: 'Atendimento',
        description: 'Como podemos ajudar?',
        buttonText: 'Ver opções',
        sections: [
          {
            title: 'Atendimento',
            rows: [
              { rowId: 'v', title: 'Vendas', description: 'Comprar' },
              { rowId: 's', title: 'Suporte' },
            ],
          },
        ],
      },
    },
    biz: 'biz (list type=product_list v=2)',
    plainText:
      'Atendimento\n\nComo podemos ajudar?\n\n1 - Vendas: Comprar\n2 - Suporte\n\nResponda com o número da opção.',
    tap: {
      answer: {
        listResponseMessage: {
          title: 'Vendas',
          description: 'Comprar',
          singleSelectReply: { selectedRowId: 'v' },
        },
      },
      told: { listResponseMessage: { message: 'Comprar', title: 'Vendas', selectedRowId: 'v' } },
    },
  },
]

describe.each(kinds)('$name', (kind) => {
  standsItsWay(() => ({ journey, instance }), kind)
})

test.each(kinds.filter(({ tap }) => tap !== undefined))(
  'a choice in $name comes back as a callback that names the message',
  async (kind) => {
    const person = await journey.newPhone()
    const { messageId } = await sendKind(journey, instance, kind, person.phone)
    await shown(person, messageId)
    const [[field, value] = ['', {}]] = Object.entries(kind.tap?.answer ?? {})
    const answer = { [field]: { ...value, contextInfo: { stanzaId: messageId } } }
    const tapped = await person.forge(own, answer)
    const { body } = await journey.callbacks.next(({ body: { messageId: id } }) => id === tapped)
    expect(body).toMatchObject({
      type: 'ReceivedCallback',
      phone: person.phone,
      fromMe: false,
      referenceMessageId: messageId,
      ...kind.tap?.told,
    })
  },
)
