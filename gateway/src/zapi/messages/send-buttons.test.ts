import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openZapiStage, type ZapiStage } from '../../../test/support/zapi-stage.js'
import { createVault } from '../../db/encryption.js'
import { messageFrom } from '../../outbox/message-row.js'

const masterKey = new Uint8Array(32)
const phone = '5511999999999'
let stage: ZapiStage

beforeAll(async () => {
  stage = await openZapiStage({ masterKey })
})
afterAll(() => stage[Symbol.asyncDispose]())

const post = (action: string, payload: object) =>
  stage.call('POST', action, { payload: { phone, ...payload } })

async function count(): Promise<number> {
  return (await stage.database.query.selectFrom('message').select('id').execute()).length
}

async function stored(): Promise<object> {
  const rows = stage.database.query.selectFrom('message').selectAll().orderBy('sequence', 'desc')
  const row = await rows.limit(1).executeTakeFirstOrThrow()
  return messageFrom(row as Parameters<typeof messageFrom>[0], createVault(masterKey)).content
}

const options = [
  { title: 'Vendas', description: null },
  { id: 7, title: 'Suporte' },
]
const row = { title: 'Novo' }
const section = {
  title: 'Pedidos',
  rows: [row, { id: '8', title: 'Antigo', description: 'De antes' }],
}
const list = { message: 'Escolha', optionList: { title: 'Loja', buttonLabel: 'Ver', options } }
const card = { kind: 'buttons', title: '', footer: '' } as const

describe('a call with buttons stores what its caller gave', () => {
  it.each([
    [
      'send-button-list',
      { message: 'Bom?', buttonList: { buttons: [{ label: 'Sim' }, { id: 9, label: 'Não' }] } },
      {
        ...card,
        text: 'Bom?',
        buttons: [
          { kind: 'reply', text: 'Sim', id: '1' },
          { kind: 'reply', text: 'Não', id: '9' },
        ],
      },
    ],
    [
      'send-button-list-image',
      {
        message: 'Bom?',
        buttonList: { image: 'https://example.com/a.png', buttons: [{ label: 'Sim', id: '' }] },
      },
      {
        ...card,
        text: 'Bom?',
        image: { kind: 'url', url: 'https://example.com/a.png' },
        buttons: [{ kind: 'reply', text: 'Sim', id: '1' }],
      },
    ],
    [
      'send-button-actions',
      {
        message: 'Oi',
        title: 'Título',
        footer: 'Rodapé',
        buttonActions: [
          { type: 'CALL', phone: '+55 (11) 98888-7777', label: 'Ligar' },
          { type: 'URL', url: 'https://example.com', label: 'Site' },
          {
            type: 'URL',
            url: 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp4711',
            label: 'Copiar',
          },
        ],
      },
      {
        ...card,
        text: 'Oi',
        title: 'Título',
        footer: 'Rodapé',
        buttons: [
          { kind: 'call', text: 'Ligar', phone: '5511988887777' },
          { kind: 'url', text: 'Site', url: 'https://example.com' },
          { kind: 'copy', text: 'Copiar', code: '4711' },
        ],
      },
    ],
    [
      'send-option-list',
      list,
      {
        kind: 'option-list',
        text: 'Escolha',
        title: 'Loja',
        buttonText: 'Ver',
        options: [
          { id: '1', title: 'Vendas', description: '' },
          { id: '7', title: 'Suporte', description: '' },
        ],
      },
    ],
    [
      'send-option-list',
      { ...list, optionList: { ...list.optionList, options: [section] } },
      {
        kind: 'option-list',
        text: 'Escolha',
        title: 'Loja',
        buttonText: 'Ver',
        options: [
          { id: '1', title: 'Novo', description: '', section: 'Pedidos' },
          { id: '8', title: 'Antigo', description: 'De antes', section: 'Pedidos' },
        ],
      },
    ],
  ] as const)('%s', async (action, body, content) => {
    expect((await post(action, body)).statusCode).toBe(200)
    expect(await stored()).toEqual(content)
  })
})

const action = (change: object) => ({
  message: 'Oi',
  buttonActions: [{ type: 'URL', label: 'Site', ...change }],
})

describe('a call with buttons is refused with the attribute named, and nothing is stored', () => {
  it.each([
    ['send-button-list', { message: 'a' }, /^buttonList is required$/u],
    ['send-button-list', { message: 'a', buttonList: {} }, /^buttonList\.buttons is required$/u],
    ['send-button-list', { message: 'a', buttonList: { buttons: [] } }, /^buttonList\.buttons /u],
    [
      'send-button-list',
      { message: 'a', buttonList: { buttons: [{ id: '1' }] } },
      /^buttonList\.buttons\.0\.label is required$/u,
    ],
    [
      'send-button-list',
      { message: 'a', buttonList: { image: 'http://10.0.0.1/a.png', buttons: [{ label: 'a' }] } },
      /^buttonList\.image: /u,
    ],
    ['send-button-actions', action({}), /^buttonActions\.0\.url must begin with https:/u],
    ['send-button-actions', action({ url: 'javascript:x' }), /^buttonActions\.0\.url must begin/u],
    ['send-button-actions', action({ type: 'CALL' }), /^buttonActions\.0\.phone must be a number/u],
    ['send-button-actions', action({ type: 'MAIL' }), /^buttonActions\.0\.type /u],
    [
      'send-button-actions',
      {
        message: 'a',
        buttonActions: [
          { type: 'REPLY', label: 'a' },
          { type: 'URL', label: 'b', url: 'https://example.com' },
        ],
      },
      /^buttonActions mixes REPLY with CALL or URL/u,
    ],
    ['send-option-list', { ...list, optionList: { title: 'a' } }, /^optionList\.buttonLabel is/u],
    [
      'send-option-list',
      {
        ...list,
        optionList: {
          ...list.optionList,
          options: Array.from({ length: 51 }, () => ({ title: 'a', rows: [row, row] })),
        },
      },
      /^optionList\.options must have at most 100 in all$/u,
    ],
    [
      'send-option-list',
      { ...list, optionList: { ...list.optionList, options: [{ title: '' }] } },
      /^optionList\.options\.0\.title must not be empty$/u,
    ],
  ] as const)('%s with %j', async (name, body, error) => {
    const before = await count()
    const answer = await post(name, body)
    expect([answer.statusCode, answer.json().error]).toEqual([400, expect.stringMatching(error)])
    expect(await count()).toBe(before)
  })
})
