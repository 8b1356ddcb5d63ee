import { expect, test } from 'vitest'
import { signatureHeaders } from '../../../gateway/src/webhooks/signature.js'
import { isSigned } from '../nodes/RecadoTrigger/signature.js'

const secretOf = (byte: number) => `whsec_${Buffer.alloc(32, byte).toString('base64')}`
const [own, next, other] = [1, 2, 3].map(secretOf) as [string, string, string]
const seconds = 1_795_600_000
const text = '{"text":{"message":"olá 👋"}}'
const signed = signatureHeaders([own, next], 'event-1', seconds * 1000, text)
const header = (name: string) => signed[name]

test('a callback of Recado is taken with each of two secrets, and with no other', () => {
  for (const secret of [own, next]) expect(isSigned(text, header, secret, seconds)).toBe(true)
  expect(isSigned(text, header, other, seconds)).toBe(false)
})

const without = (missing: string) => (name: string) => (name === missing ? undefined : signed[name])

test('a callback that was changed, is old or has no signature is refused', () => {
  expect(isSigned(`${text} `, header, own, seconds)).toBe(false)
  expect(isSigned(text, header, own, seconds + 301)).toBe(false)
  for (const name of Object.keys(signed))
    expect([name, isSigned(text, without(name), own, seconds)]).toEqual([name, false])
})
