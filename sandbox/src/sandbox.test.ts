import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openConsole } from './console-login.js'
import { type Sandbox, sandboxSettings, startSandbox } from './sandbox.js'

async function sendCode({ client, instance, recipient }: Sandbox): Promise<string> {
  const body = { phone: recipient.phone, message: 'Seu código', code: '123456' }
  const sent = (await client.onInstance(instance, 'POST', 'send-button-otp', body)) as {
    messageId: string
  }
  return sent.messageId
}

test('a second start in the same directory is the same instance, paired again, with the same login', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'recado-sandbox-test-'))
  const options = { port: 0, simulatorPort: 0, dataDir, settings: sandboxSettings }
  const ids: string[] = []
  const logins: unknown[] = []
  try {
    while (ids.length < 2) {
      await using sandbox = await startSandbox(options)
      ids.push(sandbox.instance.id)
      logins.push(await openConsole(sandbox, dataDir))
      const messageId = await sendCode(sandbox)
      const shown = await sandbox.recipient.untilMessage(({ id }) => id === messageId)
      expect(shown.shows).toEqual({ android: true, ios: true, web: true })
      expect(sandbox.sender.linkedDevices()).toMatchObject([{ device: 1, connected: true }])
    }
  } finally {
    await rm(dataDir, { recursive: true })
  }
  expect(ids[1]).toBe(ids[0])
  expect(logins[0]).toEqual({
    name: 'sandbox',
    password: expect.stringMatching(/^\w{4}-\w{4}-\w{4}$/),
  })
  expect(logins[1]).toEqual(logins[0])
})

test.each([
  ['port', '--port'],
  ['simulatorPort', '--simulator-port'],
] as const)('a taken %s is named, with the option to choose another one', async (name, option) => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const options = { port: 0, simulatorPort: 0, settings: sandboxSettings, [name]: port }
  await expect(startSandbox(options)).rejects.toThrow(
    `Port ${port} is taken by another program. Choose another one with ${option}.`,
  )
  other.close()
})
