/** No way of writing a special address leads there: not as an image, not as a callback, not by a redirect. */

import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { ForbiddenUrlError } from '../domain/errors.js'
import { createAddressRule } from './address-rule.js'
import { checkUrl } from './check-url.js'
import { createGuardedFetch } from './guarded-fetch.js'

const special = [
  [10],
  [127, 1],
  [169, 254],
  [172, 16],
  [192, 168],
  [100, 64],
  [0],
  [192, 0, 2],
  [198, 18],
  [224],
  [255],
]

const forms: readonly ((bytes: readonly number[]) => string)[] = [
  (bytes) => bytes.join('.'),
  (bytes) => bytes.map((byte) => `0x${byte.toString(16)}`).join('.'),
  (bytes) => bytes.map((byte) => `0${byte.toString(8)}`).join('.'),
  (bytes) => String(Buffer.from(bytes).readUInt32BE()),
  (bytes) => `0x${Buffer.from(bytes).toString('hex')}`,
  (bytes) => `${bytes.slice(0, 2).join('.')}.${((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0)}`,
  (bytes) => `${bytes.join('.')}.`,
  (bytes) => `[::ffff:${bytes.join('.')}]`,
  (bytes) => `[64:ff9b::${bytes.join('.')}]`,
]

const places = fc
  .record({
    start: fc.constantFrom(...special),
    rest: fc.uint8Array({ minLength: 4, maxLength: 4 }),
    form: fc.constantFrom(...forms),
  })
  .map(({ start, rest, form }) => form([...start, ...rest].slice(0, 4)))

it('is refused on input, as a GET, as a POST and behind a redirect', async () => {
  let location = ''
  const server = createServer((_request, response) => {
    response.writeHead(302, { location, connection: 'close' }).end()
  })
  server.listen(0, '127.0.0.2')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const allowedNetworks = ['127.0.0.2/32']
  const fetch = createGuardedFetch({ allowedNetworks })
  const rule = { isAllowedAddress: createAddressRule(allowedNetworks), allowHttp: true }
  const limits = { maxRedirects: 2, maxResponseBytes: 100, timeoutMs: 5_000 }
  await fc.assert(
    fc.asyncProperty(places, async (place) => {
      const url = `http://${place}:${port}/`
      expect(() => checkUrl(url, rule)).toThrow(ForbiddenUrlError)
      await expect(fetch(url, limits)).rejects.toThrow(ForbiddenUrlError)
      const callback = { ...limits, method: 'POST', body: '{}' } as const
      await expect(fetch(url, callback)).rejects.toThrow(ForbiddenUrlError)

      location = url
      const start = `http://127.0.0.2:${port}/`
      await expect(fetch(start, limits)).rejects.toThrow(ForbiddenUrlError)
      // A callback is not carried on to wherever its receiver points.
      expect((await fetch(start, callback)).status).toBe(302)
    }),
    { numRuns: 150 },
  )
  server.close()
})
