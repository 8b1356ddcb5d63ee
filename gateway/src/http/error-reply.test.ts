import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { silentLog } from '../runtime/telemetry.js'
import { createServer } from './server.js'

const body = Type.Object({
  name: Type.String({ minLength: 2, maxLength: 3 }),
  buttons: Type.Array(Type.Object({ label: Type.String() }), { minItems: 1, maxItems: 2 }),
  kind: Type.Optional(Type.Enum(['CALL', 'URL'])),
  seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 15 })),
})

const good = { name: 'Ana', buttons: [{ label: 'Sim' }] }

test.each([
  [{ buttons: [{ label: 'Sim' }] }, 'name is required'],
  [{ ...good, name: 'Beatriz' }, 'name must be at most 3 characters'],
  [{ ...good, buttons: [] }, 'buttons must have at least 1 item'],
  [
    { ...good, buttons: [1, 2, 3].map(() => ({ label: 'Sim' })) },
    'buttons must have at most 2 items',
  ],
  [{ ...good, buttons: [{}] }, 'buttons.0.label is required'],
  [{ ...good, buttons: [{ label: 1 }] }, 'buttons.0.label must be of type string'],
  [{ ...good, kind: 'call' }, 'kind must be one of CALL, URL'],
  [{ ...good, seconds: 0 }, 'seconds must be at least 1'],
  [{ ...good, seconds: 16 }, 'seconds must be at most 15'],
])('bad input %j is refused by name: %s', async (payload, error) => {
  await using server = createServer({ log: silentLog })
  server.post('/', { schema: { body } }, async () => ({}))
  const answer = await server.inject({ method: 'POST', url: '/', payload })
  expect([answer.statusCode, answer.json()]).toEqual([400, { error }])
})
