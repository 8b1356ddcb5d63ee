import { once } from 'node:events'
import type { BinaryNode } from 'baileys'
import { describe, expect, it } from 'vitest'
import { OrderLines } from './order-lines.js'

const cart = {
  kind: 'cart',
  orderId: '4225',
  title: '',
  text: '',
  itemCount: 1,
  sellerPhone: '',
  token: 'AR5d4==',
  currency: 'BRL',
  total: 2000,
} as const

const text = (tag: string, content: string): BinaryNode => ({
  tag,
  attrs: {},
  content: Buffer.from(content),
})
const product = (name = 'nameProduct'): BinaryNode => ({
  tag: 'product',
  attrs: {},
  content: [
    text('id', '5338'),
    text('retailer_id', '1242'),
    text('name', name),
    text('price', '2000'),
    text('currency', 'BRL'),
    text('quantity', '2'),
  ],
})
const answer = (products: BinaryNode[]): BinaryNode => ({
  tag: 'iq',
  attrs: { type: 'result' },
  content: [{ tag: 'order', attrs: {}, content: products }],
})

function deskThat(query: (iq: BinaryNode, timeoutMs?: number) => Promise<unknown>) {
  return new OrderLines({ query })
}

describe('the lines of a cart', () => {
  it('are asked for with the token of the message, and read', async () => {
    const asked: BinaryNode[] = []
    const desk = deskThat(async (iq, timeoutMs) => {
      asked.push(iq)
      expect(timeoutMs).toBeLessThan(5_000)
      return answer([product()])
    })
    expect(await desk.linesOf(cart)).toEqual([
      {
        productId: '5338',
        retailerId: '1242',
        name: 'nameProduct',
        quantity: 2,
        currency: 'BRL',
        price: 2000,
      },
    ])
    const said = JSON.stringify(asked[0], (_key, value: unknown) =>
      value instanceof Uint8Array ? String(value) : value,
    )
    expect(asked[0]?.attrs).toMatchObject({ xmlns: 'fb:thrift_iq', type: 'get' })
    expect(asked[0]?.content).toMatchObject([{ tag: 'order', attrs: { op: 'get', id: '4225' } }])
    expect(said).toContain('"tag":"token"')
  })

  it('are missing, and nothing is thrown, when WhatsApp refuses, is silent, or says something else', async () => {
    const refused = deskThat(() => Promise.reject(new Error('401')))
    const silent = deskThat(() => Promise.resolve(undefined))
    const other = deskThat(() => Promise.resolve({ tag: 'iq', attrs: {} }))
    for (const desk of [refused, silent, other]) expect(await desk.linesOf(cart)).toBeUndefined()
  })

  it('are bounded in number and size', async () => {
    const desk = deskThat(async () =>
      answer(Array.from({ length: 300 }, () => product('x'.repeat(5_000)))),
    )
    const lines = await desk.linesOf(cart)
    expect(lines).toHaveLength(200)
    expect(lines?.[0]?.name).toHaveLength(1_000)
  })

  it('are asked for of four carts at a time and no more', async () => {
    const gate = new AbortController()
    const waiting = once(gate.signal, 'abort')
    let questions = 0
    const desk = deskThat(async () => {
      questions += 1
      await waiting
      return answer([])
    })
    const asked = Array.from({ length: 6 }, () => desk.linesOf(cart))
    gate.abort()
    expect((await Promise.all(asked)).filter((lines) => lines !== undefined)).toHaveLength(4)
    expect(questions).toBe(4)
    expect(await desk.linesOf(cart)).toEqual([])
  })

  it('are not asked for without a token', async () => {
    const desk = deskThat(() => Promise.reject(new Error('no query is expected')))
    expect(await desk.linesOf({ ...cart, token: '' })).toBeUndefined()
  })
})
