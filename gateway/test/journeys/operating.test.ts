/** What an operator does with a gateway that runs: reads its figures, backs it up, restores it. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Journey, shown } from '../support/journey.js'
import { recado } from '../support/recado-command.js'

const metricsToken = 'a-token-that-reads-figures-only'
const passphrase = 'correct horse battery staple'
let journey: Journey
let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recado-operating-'))
  journey = await Journey.start({ settings: { RECADO_METRICS_TOKEN: metricsToken } })
})

afterEach(async () => {
  await journey[Symbol.asyncDispose]()
  await rm(directory, { recursive: true, force: true })
})

function get(path: string, token: string): Promise<Response> {
  return fetch(journey.gateway.url + path, { headers: { authorization: `Bearer ${token}` } })
}

test('the figures follow a message to its reader and name no person', async () => {
  const { instance } = await journey.pairedInstance()
  const person = await journey.newPhone()
  const { messageId } = await journey.sendOtp(instance, {
    phone: person.phone,
    message: 'Oi',
    code: journey.newCode(),
  })
  await shown(person, messageId)
  await journey.status(messageId, 'RECEIVED')
  await person.read(messageId)
  await journey.status(messageId, 'READ')

  const text = await (await get('/metrics', metricsToken)).text()
  for (const line of [
    'recado_messages_accepted_total 1',
    'recado_message_accepted_to_sent_seconds_count{priority="high"} 1',
    'recado_message_sent_to_delivered_seconds_count 1',
    'recado_message_delivered_to_read_seconds_count 1',
    'recado_sessions{state="open"} 1',
    'recado_messages_waiting{status="queued"} 0',
  ])
    expect(text.split('\n')).toContain(line)
  expect(text).toMatch(/^recado_callback_lag_seconds_count [1-9]/mu)
  for (const name of [person.phone, instance.id, instance.token, journey.partnerToken])
    expect(text).not.toContain(name)

  expect((await get('/metrics', journey.partnerToken)).status).toBe(200)
  expect((await get('/metrics', journey.clientToken)).status).toBe(401)
  // A caller's token alone never opens all that is stored.
  for (const token of [metricsToken, journey.partnerToken, journey.clientToken])
    expect((await get('/operator/backup', token)).status).toBe(401)
})

test('a backup of a running gateway, restored later, loses no message that is sent then', async () => {
  const { instance, phone } = await journey.pairedInstance()
  const person = await journey.newPhone()
  const companion = await journey.companionOf(person)
  const send = async () => {
    const sent = await journey.sendOtp(instance, {
      phone: person.phone,
      message: 'Oi',
      code: journey.newCode(),
    })
    await shown(person, sent.messageId)
    await companion.received(sent.messageId)
    await journey.status(sent.messageId, 'RECEIVED')
  }
  await send()
  const away = await journey.newInstance()
  const waiting = await journey.sendOtp(away, {
    phone: person.phone,
    message: 'Espera',
    code: journey.newCode(),
  })
  const settings = { RECADO_BACKUP_PASSPHRASE: passphrase }
  const file = join(directory, 'recado.backup')
  const taken = await recado(journey, ['backup', file], settings)
  expect(taken).toMatchObject({ code: 0, text: expect.stringContaining('read back to its end') })
  // The ratchets move on: those of the backup are behind now.
  await send()
  await send()

  expect(await recado(journey, ['restore', file], settings)).toMatchObject({
    code: 1,
    text: expect.stringContaining('A gateway runs on this database'),
  })
  await journey.killGateway()
  const restored = await recado(journey, ['restore', file, '--force'], settings)
  expect(restored.text).toContain('1 messages waited then')
  expect(restored.code).toBe(0)
  await journey.restartGateway()

  const told = await journey.delivery(waiting.zaapId)
  expect(told.body['error']).toMatch(/may or may not have arrived/)
  await send()
  const reply = await person.send(phone.phone, 'Voltou')
  const heard = await journey.callbacks.next(({ body }) => body['messageId'] === reply.id)
  expect(heard.body['text']).toEqual({ message: 'Voltou' })
})

test('the doctor finds a running gateway well, and says what is not', async () => {
  await journey.pairedInstance()
  const settings = { RECADO_ALLOWED_NETWORKS: '127.0.0.0/8,::1/128' }
  const well = await recado(journey, ['doctor'], settings)
  expect(well.text).not.toMatch(/^(fail|warn)/mu)
  for (const line of [
    /^ok +master key .*the running gateway has the same$/mu,
    /^ok +database .*runs on it and is ready$/mu,
    /^ok +whatsapp .*takes a WebSocket$/mu,
    /^ok +clock /mu,
    /^ok +callbacks .*answers/mu,
    /^ok +sessions +1 open$/mu,
  ])
    expect(well.text).toMatch(line)
  expect(well.code).toBe(0)

  // Without the setting its guard does not let the receiver on this machine be called.
  const ill = await recado(journey, ['doctor'])
  expect(ill.text).toMatch(/^fail +callbacks .*\n +→ .*RECADO_ALLOWED_NETWORKS/mu)
  expect(ill.text).toContain('1 of ')
  expect(ill.code).toBe(1)
})
