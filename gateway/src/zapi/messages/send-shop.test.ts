import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openZapiStage, type ZapiStage } from '../../../test/support/zapi-stage.js'

const phone = '5511999999999'
let stage: ZapiStage

beforeAll(async () => {
  stage = await openZapiStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

const post = (action: string, payload: object) =>
  stage.call('POST', action, { payload: { phone, ...payload } })

async function count(): Promise<number> {
  return (await stage.database.query.selectFrom('message').select('id').execute()).length
}

const image = 'https://example.com/a.png'
const card = { text: 'a', image }
const url = { type: 'URL', label: 'a', url: 'ftp://example.com' }
const products = [{ name: 'a', value: 1, quantity: 1 }]
const order = { currency: 'BRL', products }
const ids = { messageId: 'a', referenceId: 'b', orderRequestId: 'c' }
const update = { ...ids, orderStatus: 'pending', paymentStatus: 'paid', order }

describe('a carousel, a Pix key or an order is refused with the attribute named, and nothing is stored', () => {
  it.each([
    ['send-carousel', { message: 'a' }, /^carousel is required$/u],
    ['send-carousel', { message: 'a', carousel: [] }, /^carousel must/u],
    [
      'send-carousel',
      { message: 'a', carousel: Array.from({ length: 11 }, () => card) },
      /^carousel must/u,
    ],
    ['send-carousel', { message: 'a', carousel: [{ image }] }, /^carousel\.0\.text is required$/u],
    [
      'send-carousel',
      { message: 'a', carousel: [card, { ...card, image: 'http://10.0.0.1/a.png' }] },
      /^carousel\.1\.image: /u,
    ],
    [
      'send-carousel',
      { message: 'a', carousel: [{ ...card, buttons: [url] }] },
      /^carousel\.0\.buttons\.0\.url must begin/u,
    ],
    [
      'send-carousel',
      { message: 'a', carousel: [{ ...card, buttons: Array.from({ length: 4 }, () => url) }] },
      /^carousel\.0\.buttons must/u,
    ],
    ['send-button-pix', { type: 'EVP' }, /^pixKey is required$/u],
    ['send-button-pix', { pixKey: 'a', type: 'IBAN' }, /^type must/u],
    ['send-button-pix', { pixKey: 'a'.repeat(141), type: 'EVP' }, /^pixKey must be at most 140/u],
    ['send-product', { catalogPhone: 'abc', productId: '1' }, /^catalogPhone must be a number/u],
    ['send-product', { catalogPhone: phone, productId: '../x' }, /^productId must/u],
    ['send-catalog', {}, /^catalogPhone is required$/u],
    ['send-order', { order: { ...order, currency: 'real' } }, /^order\.currency must/u],
    ['send-order', { order: { ...order, products: [] } }, /^order\.products must/u],
    [
      'send-order',
      { order: { ...order, products: [{ ...products[0], value: -1 }] } },
      /^order\.products\.0\.value must be at least 0$/u,
    ],
    [
      'send-order',
      { order, paymentSettings: { pix: { key: 'a', keyType: 'CPF', name: 'b' } } },
      /^paymentSettings\.pix\.keyType must/u,
    ],
    ['order-status-update', { ...update, orderStatus: 'lost' }, /^orderStatus must/u],
    ['order-payment-update', { ...update, referenceId: '' }, /^referenceId is required$/u],
    [
      'send-button-list',
      { message: 'a', buttonList: { image, video: image, buttons: [{ label: 'a' }] } },
      /^buttonList has an image and a video/u,
    ],
  ] as const)('%s with %j', async (action, body, error) => {
    const before = await count()
    const answer = await post(action, body)
    expect([answer.statusCode, answer.json().error]).toEqual([400, expect.stringMatching(error)])
    expect(await count()).toBe(before)
  })
})
