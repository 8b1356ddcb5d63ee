/**
 * A disk without room: a limit on the size of the process's files, which fails
 * every write to the database as a full disk does (EFBIG in place of ENOSPC).
 */

import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
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

    const key = randomUUID()
    const code = journey.newCode()
    await limit('1')
    for (let tries = 0; tries < 5; tries += 1)
      expect(await post(key, code)).toMatchObject({
        status: 503,
        answer: { error: expect.stringContaining('Idempotency-Key') },
      })

    await limit('unlimited')
    const { status, answer } = await post(key, code)
    expect(status).toBe(200)
    const { messageId, zaapId } = answer as SendAnswer
    await shown(person, messageId)
    expect((await journey.delivery(zaapId)).body).not.toHaveProperty('error')
    expect(person.messages.map(({ id }) => id)).toEqual([messageId])
    expect(journey.gateway.output.filter((line) => line.includes('"http-bug"'))).toEqual([])
  },
)
