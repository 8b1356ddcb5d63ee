import { createHmac } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { signatureHeaders } from './signature.js'

const key = Buffer.from('0123456789abcdef0123456789abcdef')
const secret = `whsec_${key.toString('base64')}`

test('is accepted by the reference library', () => {
  const body = '{"text":{"message":"olá 👋"}}'
  const headers = signatureHeaders([secret], 'delivery-1', Date.now(), body)
  expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body))
  expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow('No matching signature')
})

test('signs id, timestamp and body with HMAC-SHA256, as a receiver can recompute', () => {
  const headers = signatureHeaders([secret], 'delivery-1', 1_700_000_000_999, '{}')
  const expected = createHmac('sha256', key).update('delivery-1.1700000000.{}').digest('base64')
  expect(headers).toEqual({
    'webhook-id': 'delivery-1',
    'webhook-timestamp': '1700000000',
    'webhook-signature': `v1,${expected}`,
  })
})

test('by two secrets is accepted only by receivers that know one of them', () => {
  const other = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
  const stranger = `whsec_${Buffer.alloc(32, 8).toString('base64')}`
  const headers = signatureHeaders([other, secret], 'delivery-1', Date.now(), '{}')
  for (const known of [secret, other]) expect(new Webhook(known).verify('{}', headers)).toEqual({})
  expect(() => new Webhook(stranger).verify('{}', headers)).toThrow('No matching signature')
})
