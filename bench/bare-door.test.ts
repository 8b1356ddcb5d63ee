import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

test('the bare Fastify checks a body by the schema of the gateway', async () => {
  const program = fileURLToPath(new URL('bare-door.ts', import.meta.url))
  const child = fork(program, [], { execArgv: ['--import', 'tsx'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const first: unknown[] = await Promise.race([once(child, 'message'), once(child, 'exit')])
  const url = `http://127.0.0.1:${String(first[0])}/instances/a/token/b/send-button-otp`
  const post = async (body: object) => {
    const headers = { 'content-type': 'application/json' }
    return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).status
  }
  expect(await post({ phone: '5511999999999', message: 'Olá', code: '845201' })).toBe(200)
  expect(await post({ message: 'Olá' })).toBe(400)
})
