/**
 * A disk without room: a limit on the size of the process's files, which fails
 * every write to the database as a full disk does (EFBIG in place of ENOSPC).
 */

import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { Journey, type SendAnswer, shown } from '../support/journey.js'

const run = promisify(execFile)
const canLimit = await run('prlimit', ['--version']).then(
  () => true,
  () => false,
)

test.skipIf(!canLimit)(
  'a full disk acknowledges nothing, and with room everything goes on by itself',
  async () => {
    const journey = await Journey.start()
    onTestFinished(() => journey[Symbol.asyncDispose]())
    const { instance } = await journey.pairedInstance()
    const person = await journey.newPhone()
    const limit = (size: string) =>
      run('prlimit', ['--pid', String(journey.gateway.pid), `--fsize=${size}:unlimited`])
    const post = async (
      key: string,
      code: string,
    ): Promise<{ status: number; answer: unknown }> => {
      const path = `/instances/${instance.id}/token/${instance.token}/send-button-otp`
      const response = await fetch(journey.gateway.url + path, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'client-token': journey.clientToken,
          'idempotency-key': key,
        },
        body: JSON.stringify({ phone: person.phone, message: 'Cheio', code }),
      })
      return { status: response.status, answer: await response.json() }
    }

    const ready = async (): Promise<readonly [number, unknown]> => {
      const response = await fetch(`${journey.gateway.url}/health/ready`)
      return [response.status, await response.json()]
    }

    const key = randomUUID()
    const code = journey.newCode()
    await limit('1')
    for (let tries = 0; tries < 5; tries += 1)
      expect(await post(key, code)).toMatchObject({
        status: 503,
        answer: { error: expect.stringContaining('Idempotency-Key') },
      })

    await expect
      .poll(ready)
      .toEqual([503, { error: expect.stringContaining('Not ready: The database does not answer') }])

    await limit('unlimited')
    await expect.poll(ready).toEqual([200, { status: 'ok' }])
    const { status, answer } = await post(key, code)
    expect(status).toBe(200)
    const { messageId, zaapId } = answer as SendAnswer
    await shown(person, messageId)
    expect((await journey.delivery(zaapId)).body).not.toHaveProperty('error')
    expect(person.messages.map(({ id }) => id)).toEqual([messageId])
    expect(journey.gateway.output.filter((line) => line.includes('"http-bug"'))).toEqual([])
  },
)

test('before the disk is full files are refused, then everything, and ready says it', async () => {
  const { bavail, bsize } = await statfs(tmpdir())
  const freeMib = Math.floor((bavail * bsize) / 1_048_576)
  const journey = await Journey.start({
    settings: { RECADO_MIN_FREE_DISK_MB: String(freeMib * 2) },
  })
  onTestFinished(() => journey[Symbol.asyncDispose]())
  const instance = await journey.newInstance()
  const send = async (image?: string) => {
    const path = `/instances/${instance.id}/token/${instance.token}/send-button-otp`
    const response = await fetch(journey.gateway.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'client-token': journey.clientToken },
      body: JSON.stringify({ phone: '5511999990001', message: 'Oi', code: '1', image }),
    })
    const { error } = (await response.json()) as { error?: string }
    return [response.status, response.headers.get('retry-after'), error]
  }
  const ready = async () => (await fetch(`${journey.gateway.url}/health/ready`)).status

  await expect
    .poll(() => send('A'.repeat(100_000)))
    .toEqual([503, '60', expect.stringContaining('accepts no files. Send the image as a URL')])
  expect(await send()).toEqual([200, null, undefined])
  expect(await ready()).toBe(200)

  await journey.killGateway()
  await journey.restartGateway({ settings: { RECADO_MIN_FREE_DISK_MB: String(freeMib * 8) } })
  await expect.poll(ready).toBe(503)
  expect(await send()).toEqual([503, '60', expect.stringContaining('accepts no messages')])
})
