/** A number that another gateway has linked moves here without pairing. */

import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pair } from '../../../sandbox/src/sandbox.js'
import { arrivedFrom, codeOn } from '../support/codes.js'
import { linkDonor } from '../support/donor-gateway.js'
import { Journey } from '../support/journey.js'
import { recado } from '../support/recado-command.js'

let journey: Journey

beforeAll(async () => {
  journey = await Journey.start()
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

function received(messageId: string) {
  return journey.callbacks.next(
    ({ body }) => body['type'] === 'ReceivedCallback' && body['messageId'] === messageId,
  )
}

test('a folder of Baileys: codes leave from the number, and messages of strangers arrive', async () => {
  const phone = await journey.newPhone()
  const donor = await linkDonor(journey.simulator, phone)
  const [known, stranger, recipient] = [
    await journey.newPhone(),
    await journey.newPhone(),
    await journey.newPhone(),
  ]
  await donor.client.socket.sendMessage(`${known.phone}@s.whatsapp.net`, { text: 'before' })
  await known.untilMessage(({ text }) => text === 'before')
  await donor.stop()
  const devices = phone.linkedDevices().map(({ device }) => device)
  const instance = await journey.newInstance()

  const looked = await recado(journey, ['instance', 'import', instance.id, donor.folder])
  expect(looked.text).toContain(`Number     ${phone.phone}`)
  expect(looked.text).toMatch(/Taken over pre-keys \d{3}/u)
  expect(looked.text).toContain('Nothing was changed')
  expect(looked.code).toBe(0)
  expect(await journey.client.isConnected(instance)).toBe(false)

  const done = await recado(journey, ['instance', 'import', instance.id, donor.folder, '--apply'])
  expect(done).toMatchObject({ code: 0, text: expect.stringContaining('Connected.') })
  expect(await codeOn(recipient, journey, instance)).toMatchObject(arrivedFrom(phone.phone))
  expect(await codeOn(known, journey, instance)).toMatchObject(arrivedFrom(phone.phone))
  const sent = await stranger.send(phone.phone, 'Bom dia')
  expect((await received(sent.id)).body).toMatchObject({ text: { message: 'Bom dia' } })
  const reply = await known.send(phone.phone, 'Recebi')
  expect((await received(reply.id)).body).toMatchObject({ text: { message: 'Recebi' } })
  expect(phone.linkedDevices().map(({ device }) => device)).toEqual(devices)

  await journey.killGateway()
  await journey.restartGateway()
  expect(await codeOn(recipient, journey, instance)).toMatchObject(arrivedFrom(phone.phone))
})

test.each([
  ['is asked for once more', []],
  ['is read at once with --keep-sessions', ['--keep-sessions']],
])('a message to the session that the other gateway had %s', async (_, wish) => {
  const phone = await journey.newPhone()
  const donor = await linkDonor(journey.simulator, phone)
  const known = await journey.newPhone()
  await donor.client.socket.sendMessage(`${known.phone}@s.whatsapp.net`, { text: 'before' })
  await known.untilMessage(({ text }) => text === 'before')
  await known.send(phone.phone, 'first')
  await donor.client.untilReceived('first')
  await donor.stop()
  const instance = await journey.newInstance()
  const args = ['instance', 'import', instance.id, donor.folder, '--apply', ...wish]
  expect(await recado(journey, args)).toMatchObject({ code: 0 })
  const sent = await known.send(phone.phone, 'second')
  const { body } = await received(sent.id)
  expect('text' in body).toBe(wish.length > 0)
  const text = await journey.callbacks.next(
    ({ body: each }) => each['messageId'] === sent.id && 'text' in each,
  )
  expect(text.body).toMatchObject({ text: { message: 'second' } })
  expect(await codeOn(known, journey, instance)).toMatchObject(arrivedFrom(phone.phone))
})

test('a gateway that still runs is named, goes on, and nothing is kept here', async () => {
  const phone = await journey.newPhone()
  const donor = await linkDonor(journey.simulator, phone)
  const instance = await journey.newInstance()
  const back = donor.comesBack()
  const done = await recado(journey, ['instance', 'import', instance.id, donor.folder, '--apply'])
  expect(done).toMatchObject({ code: 1, text: expect.stringContaining('still runs with this') })
  expect((await back).isOpen).toBe(true)
  const status = await journey.client.onInstance(instance, 'GET', 'status')
  expect(status).toMatchObject({ connected: false })
  expect(status).not.toHaveProperty('disconnection')

  await donor.stop()
  const again = await recado(journey, ['instance', 'import', instance.id, donor.folder, '--apply'])
  expect(again).toMatchObject({ code: 0, text: expect.stringContaining('Connected.') })
  const other = await journey.newInstance()
  const twice = await recado(journey, ['instance', 'import', other.id, donor.folder])
  expect(twice.text).toContain(`linked here already, by the instance "journey" (${instance.id})`)
  const same = await recado(journey, ['instance', 'import', instance.id, donor.folder])
  expect(same.text).toContain('This instance is linked already')
})

test('a session that was logged out there is refused, and the instance stays as it was', async () => {
  const phone = await journey.newPhone()
  const donor = await linkDonor(journey.simulator, phone)
  await donor.stop()
  for (const { device } of phone.linkedDevices()) await phone.unlink(device)
  const instance = await journey.newInstance()
  const done = await recado(journey, ['instance', 'import', instance.id, donor.folder, '--apply'])
  expect(done).toMatchObject({
    code: 1,
    text: expect.stringContaining('does not know this device'),
  })
  await pair(journey.client, instance, phone)
  const recipient = await journey.newPhone()
  expect(await codeOn(recipient, journey, instance)).toMatchObject(arrivedFrom(phone.phone))
})

test('a session that was never completed is refused with the field that is missing', async () => {
  const phone = await journey.newPhone()
  const donor = await linkDonor(journey.simulator, phone)
  await donor.stop()
  const instance = await journey.newInstance()
  const path = join(donor.folder, 'creds.json')
  const { account: _, ...creds } = JSON.parse(await readFile(path, 'utf8'))
  await writeFile(path, JSON.stringify(creds))
  const refused = await recado(journey, ['instance', 'import', instance.id, donor.folder])
  expect(refused.code).toBe(1)
  expect(refused.text).toContain(
    'account.details is missing. The pairing of this session was never',
  )
  await rm(path)
  const without = await recado(journey, ['instance', 'import', instance.id, donor.folder])
  expect(without.text).toContain('creds is missing')
})
