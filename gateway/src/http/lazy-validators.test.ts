import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { createLog } from '../runtime/telemetry.js'
import { createServer } from './server.js'

test('a start compiles no check; the first call compiles its own, and is checked by it', async () => {
  const read: string[] = []
  const watched = (name: string) =>
    new Proxy(Type.Object({ [name]: Type.String() }), {
      get: (schema, key) => {
        if (key === 'required') read.push(name)
        return Reflect.get(schema, key)
      },
    })
  const app = createServer({ log: createLog('silent', process.stderr) })
  for (const name of ['one', 'other'])
    app.post(`/${name}`, { schema: { body: watched(name) } }, async () => ({}))
  await app.ready()
  expect(read).toEqual([])

  const refused = await app.inject({ method: 'POST', url: '/one', payload: { two: '2' } })
  expect([refused.statusCode, refused.json()]).toEqual([
    400,
    { error: expect.stringMatching(/one/u) },
  ])
  expect(new Set(read)).toEqual(new Set(['one']))
  const taken = await app.inject({ method: 'POST', url: '/one', payload: { one: '1' } })
  expect(taken.statusCode).toBe(200)
  await app.close()
})
