import { expect, test } from 'vitest'
import { agentCalls, tools } from './tools.js'

const named = (name: string) => tools.find((tool) => tool.name === name)

test('a tool has a name of its own and says every argument', () => {
  expect(new Set(tools.map(({ name }) => name)).size).toBe(tools.length)
  for (const { name, description, input } of tools) {
    expect(name).toMatch(/^[a-zA-Z]{3,40}$/u)
    expect(description).not.toContain('**')
    for (const argument of Object.values(input.schema.properties))
      expect([name, argument['description']]).toEqual([name, expect.any(String)])
  }
})

test('no two places of a call share an argument', () => {
  for (const { paths, schema } of agentCalls) {
    const inPath = [...(paths[0] ?? '').matchAll(/:(\w+)/gu)].map(([, name]) => name)
    const places = [schema.querystring, schema.body].map((place) =>
      Object.keys(Object(Reflect.get(Object(place), 'properties'))),
    )
    const names = [...inPath, ...places.flat()]
    expect(names).toEqual([...new Set(names)])
  }
})

test('a tool that reads is no call that changes or sends anything', () => {
  const reading = tools.filter(({ scope }) => scope === 'read').map(({ name }) => name)
  expect(reading).toContain('getMessage')
  expect(reading).toContain('listChatMessages')
  expect(
    reading.filter((name) => !/^(?:get|list|check|count|forecast|filter|search)/u.test(name)),
  ).toEqual([])
})

test('no tool links a number, changes a setting or gives a secret or an invitation', () => {
  const names = tools.map(({ name }) => name)
  const never =
    /InvitationLink|qr|phoneCode|passkey|secret|token|webhook|proxy|update(?!Order)|disconnect|restart|me$/iu
  expect(names.filter((name) => never.test(name))).toEqual([])
  expect(names).toEqual(
    expect.arrayContaining(['sendButtonOtp', 'startOtp', 'checkOtp', 'clearQueue']),
  )
})

test('what a tool takes becomes path, query, body and key of the call', () => {
  expect(named('sendButtonOtp')?.input.request({ phone: '55', idempotencyKey: 'k1' })).toEqual({
    method: 'POST',
    url: '/send-button-otp',
    headers: { 'idempotency-key': 'k1' },
    body: { phone: '55' },
  })
  expect(named('listChatMessages')?.input.request({ phone: '55/..', amount: 3 })).toMatchObject({
    method: 'GET',
    url: '/chat-messages/55%2F..?amount=3',
    body: undefined,
  })
})

test('an argument that is missing in the path or that there is not is refused', () => {
  expect(() => named('getMessage')?.input.request({})).toThrow('zaapId is required')
  expect(() => named('getMessage')?.input.request({ zaapid: '845201' })).toThrow(
    'Unknown argument. This tool takes: zaapId',
  )
  expect(() => named('sendText')?.input.request({ idempotencyKey: 'a\nb' })).toThrow('printable')
})
