import { expect, test } from 'vitest'
import {
  newClientToken,
  newExtensionToken,
  newInstanceId,
  newInstanceToken,
  newMessageId,
  newPartnerToken,
  newWhatsappId,
} from './ids.js'

test('message ids are in the order in which they were made', () => {
  const ids = Array.from({ length: 20_000 }, () => newMessageId())
  expect(ids).toEqual(ids.toSorted())
  expect(new Set(ids).size).toBe(ids.length)
})

test.each([
  ['a message id', newMessageId, /^[0-9A-F]{12}7[0-9A-F]{3}[89AB][0-9A-F]{15}$/],
  ['a WhatsApp id', newWhatsappId, /^3EB0[0-9A-F]{18}$/],
  ['an instance id', newInstanceId, /^3[0-9A-F]{31}$/],
  ['an instance token', newInstanceToken, /^[0-9A-F]{24}$/],
  ['a client token', newClientToken, /^F[0-9a-f]{32}S$/],
  ['an extension token', newExtensionToken, /^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$/],
  ['a partner token', newPartnerToken, /^[0-9a-f]{64}$/],
])('%s has the form that callers know, and is new each time', (_, make, form) => {
  const made = Array.from({ length: 100 }, () => make())
  for (const one of made) expect(one).toMatch(form)
  expect(new Set(made).size).toBe(100)
})

test('a WhatsApp id shows every bit of its randomness', () => {
  expect(newWhatsappId(() => Buffer.from('00ff0a10b0c0d0e0f0', 'hex'))).toBe(
    '3EB000FF0A10B0C0D0E0F0',
  )
})
