import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { clientToken, openZapiStage } from '../../test/support/zapi-stage.js'
import { brokenTextOf } from './broken-text.js'

const of = (json: string) => brokenTextOf(json, JSON.parse(json))
const half = 'holds half of a character: a surrogate (\\uD800 to \\uDFFF) without its other half'

it.each([
  ['{"code":"a\\u0000b"}', 'code must not hold a NUL character (\\u0000)'],
  ['{"message":"\\ud83d"}', `message ${half}`],
  ['{"message":"\\uDE00 first"}', `message ${half}`],
  ['{"cards":[{"text":"ok"},{"text":"\\uD83Dx"}]}', `cards.1.text ${half}`],
  ['{"a":{"b\\u0000":1}}', "an attribute's name in a must not hold a NUL character (\\u0000)"],
  ['"\\ud800"', `body ${half}`],
])('refuses %s and names the place', (json, problem) => {
  expect(of(json)).toBe(problem)
})

it.each([
  '{"message":"\\ud83d\\ude00 ação"}',
  '{"message":"\\\\u0000 \\\\ud83d"}',
  'null',
  '[1,true]',
])('takes %s', (json) => {
  expect(of(json)).toBeUndefined()
})

it('finds each broken text of any body, and no other', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\0', '\uD83D', '\uDE00', '\\', 'ç', '😀') })
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('a', 'b'), fc.array(text)), (body) => {
      const isBroken = Object.values(body)
        .flat()
        .some((each) => each.includes('\0') || /\p{Surrogate}/u.test(each))
      expect(of(JSON.stringify(body)) !== undefined).toBe(isBroken)
    }),
  )
})

it('is answered with 400 on every way in, and nothing is accepted', async () => {
  await using stage = await openZapiStage()
  const refused = await stage.send({ code: 'a\0b' })
  expect([refused.statusCode, refused.json()]).toEqual([
    400,
    { error: 'code must not hold a NUL character (\\u0000)' },
  ])
  expect((await stage.send({ message: 'Olá \uD83D' })).json()).toEqual({ error: `message ${half}` })
  expect((await stage.send({ message: 'Olá 😀' })).statusCode).toBe(200)
  for (const action of ['messages/%00', 'callbacks?since=%00', 'phone-exists/55%00'])
    expect((await stage.call('GET', action)).json()).toEqual({
      error: 'The URL must not hold a NUL character (%00)',
    })
  const { count } = (await stage.call('GET', 'queue/count')).json()
  expect(count).toBe(1)
})

it('takes a Latin-1 body where the charset says so, and refuses it where not', async () => {
  await using stage = await openZapiStage()
  const body = { phone: '5511999999999', message: 'Seu código: ação', code: 'ação' }
  const payload = Buffer.from(JSON.stringify(body), 'latin1')
  const sendAs = (type: string) =>
    stage.call('POST', 'send-button-otp', {
      headers: { 'client-token': clientToken, 'content-type': type },
      payload,
    })
  expect((await sendAs('application/json')).statusCode).toBe(400)
  expect((await sendAs('application/json; charset=utf-8')).json().error).toContain('UTF-8')
  expect((await sendAs('application/json; charset=ISO-8859-1')).statusCode).toBe(200)
  const { messages } = (await stage.call('GET', 'queue')).json()
  expect(messages).toMatchObject([{ Message: 'Seu código: ••••', Code: '••••' }])
})
