/** Logins of clients that are not Baileys. */

import { expect } from 'vitest'
import { test } from './support/lab.js'
import { linkRawDevice, RawClient } from './support/raw-client.js'
import { uploadRawKeys } from './support/raw-keys.js'
import { rawKeyPair } from './support/raw-noise.js'

const LOJA = '5511999990000'
const ANA = '5511999990001'

test('a client that knows the key of the server resumes with its first message', async ({
  lab,
}) => {
  await lab.phone(LOJA)
  const device = linkRawDevice(lab.simulator, LOJA)
  await using first = await RawClient.logIn(lab.simulator, device)
  const { serverKey, mode } = first.noise
  expect(mode).toBe('XX')

  await using again = await RawClient.logIn(lab.simulator, device, { serverKey })
  expect(again.noise.mode).toBe('IK')
  expect(again.heard.map(({ tag }) => tag)).toEqual(expect.arrayContaining(['success']))
  expect((await again.ask({ xmlns: 'w:p', type: 'get' })).attrs['type']).toBe('result')
})

test('a client that knows the key of another server is shown the right one', async ({ lab }) => {
  await lab.phone(LOJA)
  const device = linkRawDevice(lab.simulator, LOJA)
  const serverKey = rawKeyPair().public
  await using client = await RawClient.logIn(lab.simulator, device, { serverKey })
  expect(client.noise.mode).toBe('XXfallback')
  expect(client.noise.serverKey).not.toEqual(serverKey)
  expect((await client.ask({ xmlns: 'w:p', type: 'get' })).attrs['type']).toBe('result')
})

test('a device that was removed is turned away when it resumes', async ({ lab }) => {
  const loja = await lab.phone(LOJA)
  const device = linkRawDevice(lab.simulator, LOJA)
  const first = await RawClient.logIn(lab.simulator, device)
  await first[Symbol.asyncDispose]()
  await loja.unlink(device.device.number)
  const { serverKey } = first.noise
  await using again = await RawClient.logIn(lab.simulator, device, { serverKey })
  expect(again.heard).toMatchObject([{ tag: 'failure', attrs: { reason: '401' } }])
})

test.for([
  { how: 'and pulls', pull: true },
  { how: 'and does not pull', pull: false },
])(
  'a client that logs in active $how gets what waited and what comes',
  async ({ pull }, { lab }) => {
    await lab.phone(LOJA)
    const ana = await lab.phone(ANA)
    const device = linkRawDevice(lab.simulator, LOJA)
    const login = { passive: false, pull }
    const before = await RawClient.logIn(lab.simulator, device, login)
    await uploadRawKeys(before, device)
    await before[Symbol.asyncDispose]()

    const missed = await ana.send(LOJA, 'enquanto isso')
    await using client = await RawClient.logIn(lab.simulator, device, login)
    if (pull) {
      await client.until(({ content }) => JSON.stringify(content ?? '').includes('offline_preview'))
      client.send({
        tag: 'ib',
        attrs: {},
        // A batch is asked for wherever it stands.
        content: [
          { tag: 'unified_session', attrs: { id: '1' } },
          { tag: 'offline_batch', attrs: { count: '100' } },
        ],
      })
    }
    await client.until(({ tag, attrs }) => tag === 'message' && attrs['id'] === missed.id)
    const { id } = await ana.send(LOJA, 'e agora')
    await client.until(({ tag, attrs }) => tag === 'message' && attrs['id'] === id)
  },
)
