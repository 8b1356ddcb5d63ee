/** What a process death leaves behind: every accepted message shows exactly once, on the phone and on its companions. */

import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { Journey, shown } from '../support/journey.js'

describe('a gateway that is killed', () => {
  let journey: Journey
  const armed = join(tmpdir(), `recado-linger-${randomUUID()}`)

  beforeEach(async () => {
    journey = await Journey.start({
      program: inject('lingeringProgram'),
      settings: { LINGER_WHILE_EXISTS: armed },
    })
  })

  afterEach(async () => {
    await rm(armed, { force: true })
    await journey[Symbol.asyncDispose]()
  })

  test('right after the 200 sends the message after its restart, once', async () => {
    const { instance } = await journey.pairedInstance()
    const person = await journey.newPhone()
    const companion = await journey.companionOf(person)
    const { messageId, zaapId } = await journey.sendOtp(instance, {
      phone: person.phone,
      message: 'Antes da queda',
      code: journey.newCode(),
    })
    await journey.killGateway()
    await journey.restartGateway()

    await shown(person, messageId)
    await companion.received(messageId)
    expect((await journey.delivery(zaapId)).body).not.toHaveProperty('error')
    expect(person.messages.filter(({ id }) => id === messageId)).toHaveLength(1)
  })

  test('right after the socket write, with the ratchet not yet stored, loses nothing on any device', async () => {
    const { instance } = await journey.pairedInstance()
    const person = await journey.newPhone()
    const companion = await journey.companionOf(person)
    const first = await journey.sendOtp(instance, {
      phone: person.phone,
      message: 'Primeiro',
      code: journey.newCode(),
    })
    await companion.received(first.messageId)
    await journey.status(first.messageId, 'RECEIVED')

    await writeFile(armed, '')
    const written = new Promise<void>((resolve) => {
      journey.simulator.network.once('stanza', () => resolve())
    })
    const second = await journey.sendOtp(instance, {
      phone: person.phone,
      message: 'Na queda',
      code: journey.newCode(),
    })
    await written
    await journey.killGateway()
    await rm(armed)
    await journey.restartGateway()

    const delivery = await journey.delivery(second.zaapId)
    expect(delivery.body).toMatchObject({ messageId: second.messageId })
    expect(delivery.body).not.toHaveProperty('error')
    const third = await journey.sendOtp(instance, {
      phone: person.phone,
      message: 'Depois da queda',
      code: journey.newCode(),
    })
    for (const { messageId } of [first, second, third]) {
      const message = await shown(person, messageId)
      expect(message.buttons).toHaveLength(1)
      await companion.received(messageId)
    }
    expect(person.messages.map(({ text }) => text)).toEqual([
      'Primeiro',
      'Na queda',
      'Depois da queda',
    ])
    expect(companion.texts()).toEqual(['Primeiro', 'Na queda', 'Depois da queda'])
  })
})
