import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, inject, test } from 'vitest'
import { ManualClock } from '../../test/support/manual-clock.js'
import { awaitPostgres } from './await-postgres.js'
import { systemClock } from '../runtime/clock.js'

test('a server that comes later is waited for, and that is told once', async () => {
  const place = createServer()
  place.listen(0, '127.0.0.1')
  await once(place, 'listening')
  const { port } = place.address() as AddressInfo
  await new Promise((closed) => place.close(closed))
  const causes: unknown[] = []
  let tries = 0
  const server = createServer((socket) => {
    tries += 1
    socket.resume()
    // Cut while it starts; then an answer, so there is nothing more to wait for.
    if (tries === 1) socket.destroy()
    else socket.end(wrongPassword())
  })
  await awaitPostgres(`postgres://recado:secret@127.0.0.1:${port}/recado`, {
    clock: {
      now: () => systemClock.now(),
      async sleep() {
        if (server.listening) return
        server.listen(port, '127.0.0.1')
        await once(server, 'listening')
      },
    },
    waitMs: 60_000,
    onWait: (cause) => causes.push(cause),
  })
  expect(tries).toBe(2)
  expect(causes).toHaveLength(1)
  expect(causes[0]).toHaveProperty('code', 'ECONNREFUSED')
  await new Promise((closed) => server.close(closed))
})

test('one that is there is not waited for, nor one that never comes for ever', async () => {
  const causes: unknown[] = []
  const clock = new ManualClock()
  const options = { clock, waitMs: 0, onWait: (cause: unknown) => causes.push(cause) }
  await awaitPostgres(inject('postgresUrl'), options)
  await awaitPostgres('postgres://recado:secret@127.0.0.1:1/recado', options)
  expect(causes).toEqual([])
})

/** https://www.postgresql.org/docs/current/protocol-message-formats.html, ErrorResponse */
function wrongPassword(): Buffer {
  const fields = Buffer.from('SFATAL\0C28P01\0Mno\0\0')
  const head = Buffer.alloc(5)
  head.write('E')
  head.writeInt32BE(fields.length + 4, 1)
  return Buffer.concat([head, fields])
}
