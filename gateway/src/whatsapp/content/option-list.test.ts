import { expect, it } from 'vitest'
import type { OptionListContent } from '../../domain/content/option-list.js'
import { traitsOf } from '../../domain/content/index.js'
import { toWire } from './index.js'

const list: OptionListContent = {
  kind: 'option-list',
  text: 'Escolha',
  title: 'Loja',
  buttonText: 'Ver',
  options: [
    { id: '1', title: 'Vendas', description: '' },
    { id: '2', title: 'Novo', description: '', section: 'Pedidos' },
    { id: '3', title: 'Antigo', description: 'De antes', section: 'Pedidos' },
  ],
}
const none = { prepared: new Map(), uploaded: new Map() }

it('puts options under their headings, and those without one under the title', () => {
  const { message } = toWire(list, none, { shape: 'full', at: 5 })
  expect(message.listMessage?.sections).toMatchObject([
    { title: 'Loja', rows: [{ rowId: '1' }] },
    { title: 'Pedidos', rows: [{ rowId: '2' }, { rowId: '3', description: 'De antes' }] },
  ])
})

it('does the same in a group', () => {
  const { message } = toWire(list, none, { shape: 'full', at: 5, isGroup: true })
  const [button] = message.interactiveMessage?.nativeFlowMessage?.buttons ?? []
  expect(JSON.parse(button?.buttonParamsJson ?? '')).toEqual({
    title: 'Ver',
    sections: [
      { title: 'Loja', rows: [{ id: '1', title: 'Vendas', description: '' }] },
      {
        title: 'Pedidos',
        rows: [
          { id: '2', title: 'Novo', description: '' },
          { id: '3', title: 'Antigo', description: 'De antes' },
        ],
      },
    ],
  })
})

it('names the heading in plain text', () => {
  expect(traitsOf(list).fallback?.(list)).toMatchObject({
    text: expect.stringContaining('1 - Vendas\n2 - Pedidos: Novo\n3 - Pedidos: Antigo: De antes'),
  })
})
