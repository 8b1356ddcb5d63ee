/** Catalogues as calls read them, and the silence that WhatsApp keeps about most. */

import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
let own: Phone
let shop: Phone

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance, phone: own } = await journey.pairedInstance({ business: true }))
  shop = await journey.newPhone()
  const pixels = sharp({ create: { width: 90, height: 90, channels: 3, background: 'red' } })
  const image = (await pixels.jpeg().toBuffer()).toString('base64')
  await control('PUT', `${shop.phone}/business`, { description: 'Loja', cartEnabled: true })
  const products = Array.from({ length: 51 }, (_, index) => ({
    id: String(7_000_000 + index),
    name: `Produto ${index}`,
    description: 'Sem fio',
    price: 20_000 + index,
    currency: 'BRL',
    ...(index === 0 && {
      salePrice: 18_000,
      retailerId: 'A-1',
      url: 'https://example.com/0',
      image,
    }),
  }))
  const collections = [{ id: '42', name: 'Promoções', products: ['7000050', '7000000'] }]
  await control('PUT', `${shop.phone}/catalog`, { products, collections })
  await control('PUT', `${own.phone}/catalog`, { products, collections })
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

async function control(method: string, path: string, body: object): Promise<void> {
  const response = await fetch(`${journey.simulator.controlUrl}/phones/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(await response.text())
}

const call = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) =>
  journey.client.onInstance(instance, method, path, body) as Promise<Record<string, unknown>>

test('the catalogue of a business is read page by page', async () => {
  const first = await call('GET', `catalogs/${shop.phone}`)
  expect(first['cartEnabled']).toBe(true)
  expect(first['products']).toHaveLength(50)
  const [product] = Object(first['products'])
  expect(product).toEqual({
    availability: 'in stock',
    id: '7000000',
    retailerId: 'A-1',
    description: 'Sem fio',
    price: '20000',
    salePrice: '18000',
    currency: 'BRL',
    name: 'Produto 0',
    quantity: null,
    images: [expect.stringMatching(/^https:/u)],
  })
  const { nextCursor } = first
  const second = await call('POST', `catalogs/${shop.phone}`, { nextCursor })
  expect(second).toMatchObject({ products: [{ id: '7000050', price: '20050', salePrice: null }] })
  expect(second).not.toHaveProperty('nextCursor')
  const asked = encodeURIComponent(String(nextCursor))
  expect(await call('GET', `catalogs/${shop.phone}?nextCursor=${asked}`)).toEqual(second)
})

test('the own catalogue, its products and its collections are read', async () => {
  expect(await call('GET', 'catalogs')).toMatchObject({ cartEnabled: false })
  expect(await call('POST', 'catalogs', {})).toMatchObject({ nextCursor: expect.any(String) })
  expect(await call('GET', 'products/7000050')).toMatchObject({
    id: '7000050',
    name: 'Produto 50',
    catalogId: '',
    retailerId: null,
  })
  await expect(call('GET', 'products/1')).rejects.toThrow(/400.*productId/u)
  expect(await call('GET', 'catalogs/collection')).toEqual({
    nextCursor: '',
    collections: [{ id: '42', name: 'Promoções', status: 'APPROVED' }],
  })
  const products = await call('GET', `catalogs/collection-products/${shop.phone}?collectionId=42`)
  expect(products).toMatchObject({
    nextCursor: null,
    products: [
      { id: '7000050', retailerId: '', url: '' },
      { id: '7000000', retailerId: 'A-1', url: 'https://example.com/0' },
    ],
  })
  const unknown = call('GET', `catalogs/collection-products/${shop.phone}?collectionId=43`)
  await expect(unknown).rejects.toThrow(/400.*collectionId/u)
})

test('a change of the catalogue answers that it cannot be done', async () => {
  const changes: readonly (readonly ['POST' | 'DELETE', string])[] = [
    ['POST', 'products'],
    ['DELETE', 'products/7000000'],
    ['POST', 'catalogs/collection'],
    ['POST', 'catalogs/collection-edit/42'],
    ['DELETE', 'catalogs/collection/42'],
    ['POST', 'catalogs/collection/add-product'],
    ['POST', 'catalogs/collection/remove-product'],
    ['POST', 'catalogs/config'],
  ]
  for (const [method, path] of changes)
    await expect(call(method, path, {})).rejects.toThrow(/400.*WhatsApp Business app/u)
})

test('where WhatsApp says nothing the answer says so, and later ones do not wait', async () => {
  const silent = await journey.newPhone({ business: true })
  const read = () => call('GET', `catalogs/${silent.phone}`)
  await expect(read()).rejects.toThrow(/400.*does not give the catalogue/u)
  const asked: string[] = []
  journey.simulator.network.on('question', ({ stanza }) => {
    if (stanza.attrs['xmlns'] === 'w:biz:catalog') asked.push(stanza.tag)
  })
  await expect(read()).rejects.toThrow(/400.*does not give the catalogue/u)
  expect(asked).toEqual([])
})
