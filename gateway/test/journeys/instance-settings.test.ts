/** What an instance is called, shows of itself and is asked about numbers, against the simulator. */

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Agent, fetch as fetchWith } from 'undici'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey, shown } from '../support/journey.js'

let journey: Journey
let instance: SandboxInstance
let phone: Phone
let images: Server

beforeAll(async () => {
  journey = await Journey.start()
  ;({ instance, phone } = await journey.pairedInstance())
  const image = await sharp({
    create: { width: 90, height: 30, channels: 3, background: 'red' },
  })
    .png()
    .toBuffer()
  images = createServer((_request, response) => response.end(image))
  await new Promise<void>((resolve) => images.listen(0, '127.0.0.1', resolve))
})

afterAll(async () => {
  images.close()
  await journey[Symbol.asyncDispose]()
})

const call = (method: 'GET' | 'POST' | 'PUT', path: string, body?: object) =>
  journey.client.onInstance(instance, method, path, body)

/** The answer to a call that is refused, or made without the tokens of the instance. */
async function plain(path: string, token = instance.token, headers = {}) {
  const url = `${journey.gateway.url}/instances/${instance.id}/token/${token}/${path}`
  const response = await fetch(url, { headers })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const done = { value: true }

test('its phone has the name, the text and the picture that were set', async () => {
  expect(await call('PUT', 'profile-name', { value: ' Loja do centro ' })).toEqual(done)
  expect(await call('PUT', 'profile-description', { value: 'Das 9 às 18' })).toEqual(done)
  const { port } = images.address() as AddressInfo
  const value = `http://127.0.0.1:${port}/logo.png`
  expect(await call('PUT', 'profile-picture', { value })).toEqual(done)

  // The phone reads the name in a patch of its own settings.
  await expect.poll(() => phone.name).toBe('Loja do centro')
  expect(phone.about).toBe('Das 9 às 18')
  expect(await sharp(phone.picture).metadata()).toMatchObject({
    format: 'jpeg',
    width: 640,
    height: 640,
  })
})

test('a second name follows the first, and after a restart a third', async () => {
  expect(await call('PUT', 'profile-name', { value: 'Segunda' })).toEqual(done)
  await expect.poll(() => phone.name).toBe('Segunda')
  expect(await call('GET', 'restart')).toEqual(done)
  expect(await call('PUT', 'profile-name', { value: 'Terceira' })).toEqual(done)
  await expect.poll(() => phone.name).toBe('Terceira')
})

/** The next callback about the number itself. */
const told = async (notification: string, keys: object = {}) => {
  const { body } = await journey.callbacks.next(
    ({ body: each }) =>
      each['notification'] === notification &&
      Object.entries(keys).every(([name, value]) => each[name] === value),
  )
  return body
}

test('a change of the profile is told, from phone and gateway alike', async () => {
  const about = { fromMe: true, phone: phone.phone, connectedPhone: phone.phone }
  for (const profileName of ['Segunda', 'Terceira'])
    expect(await told('PROFILE_NAME_UPDATED', { profileName })).toMatchObject(about)
  const person = await journey.newPhone()
  const { socket } = await journey.companionOf(phone)
  await socket.addChatLabel(`${person.phone}@s.whatsapp.net`, '7')
  expect(await told('CHAT_LABEL_ASSOCIATION')).toMatchObject({
    ...about,
    notificationParameters: [{ phone: person.phone, label: '7', assigned: true }],
  })
  const image = sharp({ create: { width: 64, height: 64, channels: 3, background: 'blue' } })
  await socket.query({
    tag: 'iq',
    attrs: { to: 's.whatsapp.net', type: 'set', xmlns: 'w:profile:picture' },
    content: [{ tag: 'picture', attrs: { type: 'image' }, content: await image.jpeg().toBuffer() }],
  })
  const { updatedPhoto } = await told('PROFILE_PICTURE_UPDATED')
  expect(updatedPhoto).toMatch(/^https:/u)
})

test('device tells what WhatsApp has', async () => {
  const device = (await call('GET', 'device')) as Record<string, unknown>
  expect(device).toMatchObject({
    phone: phone.phone,
    name: 'Terceira',
    about: 'Das 9 às 18',
    device: { sessionName: 'journey', device_model: 'Recado' },
    originalDevice: 'android',
    sessionId: 1,
    isBusiness: false,
  })
  const dispatcher = new Agent({ connect: { ca: journey.simulator.caCertificate } })
  const picture = await fetchWith(String(device['imgUrl']), { dispatcher })
  expect(Buffer.from(await picture.arrayBuffer())).toEqual(Buffer.from(phone.picture ?? []))
  await dispatcher.close()
})

test('what WhatsApp would not take is refused before it is asked', async () => {
  for (const [path, value] of [
    ['profile-name', 'x'.repeat(26)],
    ['profile-name', '   '],
    ['profile-description', 'x'.repeat(140)],
    ['profile-picture', 'data:text/html;base64,PGI+'],
    ['profile-picture', 'http://10.0.0.1/logo.png'],
  ] as const)
    await expect(call('PUT', path, { value })).rejects.toThrow('400')
  expect(phone.name).toBe('Terceira')
})

test('me tells the settings, and the name that the instance was given', async () => {
  expect(await call('PUT', 'update-name', { value: 'caixa' })).toEqual(done)
  expect(await call('PUT', 'update-auto-read-message', { value: false })).toEqual(done)
  expect(await call('GET', 'me')).toMatchObject({
    id: instance.id,
    token: instance.token,
    name: 'caixa',
    connected: true,
    paymentStatus: 'PAID',
    receivedCallbackUrl: journey.callbacks.url,
    presenceChatCallbackUrl: journey.callbacks.url,
    receiveCallbackSentByMe: false,
    autoReadMessage: false,
    proxyUrl: '',
    useProxy: false,
  })
})

const found = (inputPhone: string, person: Phone) => ({
  exists: true,
  phone: person.phone,
  inputPhone,
  outputPhone: person.phone,
  lid: `${person.lid}@lid`,
})

test('numbers are found under either form, with their LID, one by one and many', async () => {
  const withNinth = await journey.newPhone({ phone: '5511977770001' })
  const without = await journey.newPhone({ phone: '551177770002' })
  const unknown = '5511977770099'
  const missing = { exists: false, phone: unknown, inputPhone: unknown, outputPhone: unknown }

  expect(await call('GET', 'phone-exists/5511977770002')).toEqual(found('5511977770002', without))
  expect(await call('GET', `phone-exists/${unknown}`)).toEqual({ ...missing, lid: null })
  const strangers = Array.from({ length: 1_200 }, (_, index) => `4912345${100_000 + index}`)
  const phones = ['551177770001', ...strangers, '+55 11 97777-0001', '5511977770002', unknown]
  const answers = (await call('POST', 'phone-exists-batch', { phones })) as { exists: boolean }[]
  expect(answers).toHaveLength(phones.length)
  expect(answers.filter(({ exists }) => exists)).toEqual([
    found('551177770001', withNinth),
    found('5511977770001', withNinth),
    found('5511977770002', without),
  ])
  expect(answers.at(-1)).toEqual({ ...missing, lid: null })
  const bad = call('POST', 'phone-exists-batch', { phones: ['5511977770001', 'letters'] })
  await expect(bad).rejects.toThrow('phones[1]')
})

test('a restart in the middle of a send loses nothing and doubles nothing', async () => {
  const receiver = await journey.newPhone()
  await journey.setFaults({ acks: [{ kind: 'late', delayMs: 3_000 }] })
  const sends = [journey.newCode(), journey.newCode()].map((code) =>
    journey.sendOtp(instance, { phone: receiver.phone, message: `Código ${code}`, code }),
  )
  const [first, second] = await Promise.all(sends)
  await shown(receiver, first?.messageId ?? '')
  expect(await call('GET', 'restart')).toEqual(done)
  await journey.setFaults({ acks: [] })
  await shown(receiver, second?.messageId ?? '')
  await journey.delivery(first?.zaapId ?? '')
  await journey.delivery(second?.zaapId ?? '')
  expect(receiver.messages.map(({ id }) => id)).toEqual([first?.messageId, second?.messageId])
})

test('a session that was replaced says so, and is restored', async () => {
  const connection = journey.simulator.connections.find(({ device }) => device === 1)
  connection?.sendStreamError('replaced')
  const away = { connected: false, error: 'You need to restore the session.' }
  await expect.poll(() => call('GET', 'status')).toMatchObject(away)
  expect((await plain('device', undefined, { 'client-token': journey.clientToken })).body).toEqual({
    error: 'You are not connected.',
  })
  expect(await call('GET', 'restore-session')).toEqual(done)
  expect(await call('GET', 'status')).toMatchObject({ connected: true })
})

test('an extension token pairs from a browser, and opens nothing else', async () => {
  expect((await plain('extension-token')).status).toBe(400)
  const made = (await call('GET', 'extension-token')) as { token: string; expiresAt: number }
  expect(made.token).toMatch(/^\w{4}-\w{4}$/u)
  expect(made.expiresAt).toBeGreaterThan(Date.now())
  expect((await plain('status', made.token)).body).toMatchObject({ connected: true })
  expect((await plain('status', 'AAAA-AAAA')).status).toBe(400)
  for (const path of ['me', 'disconnect', 'queue', 'extension-token'])
    expect([path, (await plain(path, made.token)).status]).toEqual([path, 400])

  await call('GET', 'disconnect')
  const { body } = await plain('qr-code', made.token)
  const again = await journey.newPhone()
  await again.scan(String(body['value']))
  await expect
    .poll(async () => (await plain('status', made.token)).body)
    .toMatchObject({ connected: true })
})

test('what is not paired has nothing to restart or to ask', async () => {
  const unpaired = await journey.newInstance()
  for (const path of ['restart', 'restore-session', 'device', 'phone-exists/5511977770001'])
    await expect(journey.client.onInstance(unpaired, 'GET', path)).rejects.toThrow('400')
})
