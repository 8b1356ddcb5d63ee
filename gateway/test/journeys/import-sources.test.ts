/** Each kind of store that a number can be brought from: codes leave, a stranger's first message arrives. */

import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrivedFrom, codeOn } from '../support/codes.js'
import { linkDonor } from '../support/donor-gateway.js'
import {
  evolutionFiles,
  evolutionRedis,
  wahaFolder,
  whatsmeowFile,
} from '../support/donor-stores.js'
import { Journey } from '../support/journey.js'
import { recado } from '../support/recado-command.js'

let journey: Journey

beforeAll(async () => {
  journey = await Journey.start()
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
})

test.each([
  ['WAHA NOWEB', 'Baileys or of WAHA', wahaFolder],
  ['Evolution with files', 'Evolution API', evolutionFiles],
  ['Evolution with Redis', 'Evolution API', evolutionRedis],
  ['whatsmeow', 'a database of whatsmeow', (folder: string) => whatsmeowFile(folder)],
])('%s', async (_, source, write) => {
  const phone = await journey.newPhone()
  const donor = await linkDonor(journey.simulator, phone)
  await donor.stop()
  const devices = phone.linkedDevices().map(({ device }) => device)
  const paths = await write(donor.folder)
  const instance = await journey.newInstance()
  const done = await recado(journey, ['instance', 'import', instance.id, ...paths, '--apply'])
  expect(done.text).toContain(source)
  expect(done.text).toMatch(/Taken over pre-keys \d{3}, app state keys \d/u)
  expect(done).toMatchObject({ code: 0, text: expect.stringContaining('Connected.') })

  const [stranger, recipient] = [await journey.newPhone(), await journey.newPhone()]
  expect(await codeOn(recipient, journey, instance)).toMatchObject(arrivedFrom(phone.phone))
  const sent = await stranger.send(phone.phone, 'Bom dia')
  const { body } = await journey.callbacks.next(({ body: each }) => each['messageId'] === sent.id)
  expect(body).toMatchObject({ type: 'ReceivedCallback', text: { message: 'Bom dia' } })
  expect(phone.linkedDevices().map(({ device }) => device)).toEqual(devices)
})

test('a database of several devices: they are named, and the one that is asked for moves', async () => {
  const phones = [await journey.newPhone(), await journey.newPhone({ business: true })]
  const donors = []
  for (const phone of phones) donors.push(await linkDonor(journey.simulator, phone))
  for (const donor of donors) await donor.stop()
  const [one = '', two = ''] = donors.map(({ folder }) => folder)
  const paths = await whatsmeowFile(one, [two])
  const instance = await journey.newInstance()
  const asked = await recado(journey, ['instance', 'import', instance.id, ...paths])
  expect(asked.code).toBe(1)
  const [first, second] = phones.map(({ phone }) => phone)
  expect(asked.text).toMatch(new RegExp(`--device ${first}:\\d+@s.whatsapp.net`, 'u'))
  const args = ['instance', 'import', instance.id, ...paths, '--device', second ?? '', '--apply']
  expect(await recado(journey, args)).toMatchObject({ code: 0 })
  const recipient = await journey.newPhone()
  expect(await codeOn(recipient, journey, instance)).toMatchObject(arrivedFrom(second ?? ''))
})

test('without its pre-keys, the first message of a stranger is asked for once more', async () => {
  const phone = await journey.newPhone()
  const donor = await linkDonor(journey.simulator, phone)
  await donor.stop()
  for (const name of await readdir(donor.folder))
    if (name.startsWith('pre-key-')) await rm(join(donor.folder, name))
  const instance = await journey.newInstance()
  const args = ['instance', 'import', instance.id, donor.folder, '--apply']
  const done = await recado(journey, args)
  expect(done).toMatchObject({ code: 0, text: expect.stringContaining('without pre-keys') })
  const stranger = await journey.newPhone()
  const sent = await stranger.send(phone.phone, 'Bom dia')
  // The first one above has its text at once, so it was read with a pre-key.
  const first = await journey.callbacks.next(({ body }) => body['messageId'] === sent.id)
  expect(first.body).not.toHaveProperty('text')
  const { body } = await journey.callbacks.next(
    ({ body: each }) => each['messageId'] === sent.id && 'text' in each,
  )
  expect(body).toMatchObject({ type: 'ReceivedCallback', text: { message: 'Bom dia' } })
})
