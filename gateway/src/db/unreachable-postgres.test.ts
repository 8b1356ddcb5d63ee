import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { ConfigError } from '../domain/errors.js'
import { openDatabase } from './open-database.js'

const openingOf = (url: string): Promise<unknown> =>
  openDatabase({ url }, 0).then(
    () => undefined,
    (cause: unknown) => cause,
  )

/** Listens, and does this with who connects. */
async function serverThat(act: (socket: Socket) => void): Promise<number> {
  const server = createServer(act)
  onTestFinished(() => void server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('it does not listen')
  return address.port
}

test('a PostgreSQL that does not run is named by the code of the system, with its cause', async () => {
  const cause = await openingOf('postgres://user:secret@127.0.0.1:1/recado')
  expect(cause).toBeInstanceOf(ConfigError)
  expect(cause).toMatchObject({
    message: expect.stringContaining('PostgreSQL cannot be reached (ECONNREFUSED)'),
    cause: { code: 'ECONNREFUSED' },
  })
  expect(String(cause)).not.toContain('secret')
})

test('a server that hangs up gives no answer', async () => {
  const port = await serverThat((socket) => socket.destroy())
  const cause = await openingOf(`postgres://user:secret@127.0.0.1:${port}/recado`)
  expect(cause).toBeInstanceOf(ConfigError)
  expect(cause).toMatchObject({
    message: expect.stringMatching(/^PostgreSQL cannot be reached \((?:no answer|ECONNRESET)\): /u),
    cause: expect.any(Error),
  })
})
