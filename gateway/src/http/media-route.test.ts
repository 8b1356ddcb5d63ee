import { once } from 'node:events'
import { Readable } from 'node:stream'
import type { LightMyRequestResponse } from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import { MediaGoneError, MediaUnavailableError } from '../domain/errors.js'
import { silentLog } from '../runtime/telemetry.js'
import { type MediaRouteOptions, mediaRoute, type ServedMedia } from './media-route.js'
import { createServer } from './server.js'

type Open = MediaRouteOptions['open']

async function serve(open: Open) {
  const app = createServer({ log: silentLog })
  onTestFinished(() => app.close())
  await app.register(mediaRoute({ open, handOn: async () => undefined }))
  return app
}

async function answerTo(open: Open): Promise<LightMyRequestResponse> {
  return (await serve(open)).inject('/media/abc')
}

function fileOf(about: Partial<ServedMedia>): Open {
  const bytes = Buffer.from('pixels')
  return async () => ({ mimeType: 'image/png', bytes: Readable.from([bytes]), ...about })
}

test('gives the bytes of the requested file, and forbids the browser to run them', async () => {
  const asked: string[] = []
  const { statusCode, body, headers } = await answerTo((id, signal) => {
    asked.push(id)
    return fileOf({ byteLength: 6 })(id, signal)
  })
  expect([statusCode, body, asked]).toEqual([200, 'pixels', ['abc']])
  expect(headers).toMatchObject({
    'content-type': 'image/png',
    'content-length': '6',
    'content-disposition': 'inline',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'private, max-age=3600',
  })
})

test('a file that WhatsApp has no more is asked of the node that runs the instance, and of no other one', async () => {
  const asked: string[] = []
  const app = createServer({ log: silentLog })
  onTestFinished(() => app.close())
  await app.register(
    mediaRoute({
      open: async (id) => {
        if (id === 'busy') throw new MediaUnavailableError('later')
        if (id === 'unknown') return undefined
        throw new MediaGoneError('gone')
      },
      handOn: async (id, _request, reply) => {
        asked.push(id)
        if (id === 'elsewhere') await reply.send('from the other node')
      },
    }),
  )
  const statuses: number[] = []
  for (const id of ['busy', 'unknown', 'here', 'elsewhere'])
    statuses.push((await app.inject(`/media/${id}`)).statusCode)
  expect(statuses).toEqual([502, 404, 410, 200])
  expect(asked).toEqual(['here', 'elsewhere'])
})

test.each([
  ['image/jpeg', 'image/jpeg', 'inline'],
  ['audio/ogg; codecs=opus', 'audio/ogg; codecs=opus', 'inline'],
  ['video/mp4', 'video/mp4', 'inline'],
  ['image/svg+xml', 'image/svg+xml', 'attachment'],
  ['text/html', 'text/html', 'attachment'],
  ['application/pdf', 'application/pdf', 'attachment'],
  ['image/png\r\nset-cookie: a=b', 'application/octet-stream', 'inline'],
  ['nonsense', 'application/octet-stream', 'attachment'],
  ['', 'application/octet-stream', 'attachment'],
])('what calls itself %j goes as %s, %s', async (mimeType, sent, way) => {
  const { headers } = await answerTo(fileOf({ mimeType }))
  expect(headers['content-type']).toBe(sent)
  expect(headers['content-disposition']).toBe(way)
  expect(headers['set-cookie']).toBeUndefined()
})

test.each([
  ['nota.pdf', 'filename="nota.pdf"; filename*=UTF-8\'\'nota.pdf'],
  [
    "ação d'água.pdf",
    'filename="a__o d__gua.pdf"; filename*=UTF-8\'\'a%C3%A7%C3%A3o%20d%27%C3%A1gua.pdf',
  ],
  ['a"\r\nx: y', 'filename="a___x_ y"; filename*=UTF-8\'\'a%22%0D%0Ax%3A%20y'],
  ['half \ud83c', 'filename="half _"; filename*=UTF-8\'\'half%20_'],
])('a file named %j is offered under that name, and breaks no header', async (fileName, named) => {
  const { headers } = await answerTo(fileOf({ mimeType: 'application/pdf', fileName }))
  expect(headers['content-disposition']).toBe(`attachment; ${named}`)
  expect(headers['x']).toBeUndefined()
})

test('the length of a file that is not known is not told', async () => {
  const { headers, body } = await answerTo(fileOf({}))
  expect([headers['content-length'], body]).toEqual([undefined, 'pixels'])
})

test.each([
  ['there is none', 404, () => Promise.resolve(undefined), 'There is no such file'],
  ['it is gone', 410, () => Promise.reject(new MediaGoneError('It is gone.')), 'It is gone.'],
  [
    'WhatsApp does not give it',
    502,
    () => Promise.reject(new MediaUnavailableError('Not now.')),
    'Not now.',
  ],
  ['something breaks', 500, () => Promise.reject(new Error('secret detail')), 'Internal error'],
] as const)('%s: %i', async (_what, status, open, error) => {
  const answer = await answerTo(open)
  expect([answer.statusCode, answer.json()]).toEqual([status, { error }])
  expect(answer.headers['cache-control']).toBeUndefined()
})

test('an id that is too long is refused before the store is read', async () => {
  let looked = 0
  const app = await serve(async () => void (looked += 1))
  const answer = await app.inject(`/media/${'a'.repeat(65)}`)
  expect([answer.statusCode, looked]).toEqual([400, 0])
})

test('the 33rd file at once waits outside, and comes in when another one is through', async () => {
  const inside: (() => void)[] = []
  const app = await serve((id, signal) =>
    new Promise<void>((go) => inside.push(go)).then(() => fileOf({})(id, signal)),
  )
  const under = Array.from({ length: 32 }, async () => app.inject('/media/abc'))
  await expect.poll(() => inside.length).toBe(32)
  const refused = await app.inject('/media/abc')
  expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '5'])

  inside.shift()?.()
  expect((await under[0])?.statusCode).toBe(200)
  const next = app.inject('/media/abc')
  await expect.poll(() => inside.length).toBe(32)
  for (const go of inside) go()
  expect((await next).statusCode).toBe(200)
  await Promise.all(under)
})

test('a caller that leaves in the middle ends the fetch', async () => {
  const signals: AbortSignal[] = []
  const app = await serve(async (_id, signal) => {
    signals.push(signal)
    return { mimeType: 'image/png', bytes: endless(signal) }
  })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const leaving = new AbortController()
  const response = await fetch(`${url}/media/abc`, { signal: leaving.signal })
  expect(response.status).toBe(200)
  const [signal] = signals
  if (signal === undefined) throw new Error('the store was not read')
  const aborted = once(signal, 'abort')
  leaving.abort()
  await aborted
})

async function* endless(signal: AbortSignal): AsyncGenerator<Uint8Array> {
  yield Buffer.from('the first bytes')
  await once(signal, 'abort')
}
