/** The Baileys engine alone, against the simulator: what becomes of a message, sent and received. */

import { describe, expect, it } from 'vitest'
import { Deferred } from '../../src/whatsapp/deferred.js'
import { otpTo } from '../support/engine-rig.js'
import {
  connected,
  hasty,
  linked,
  newPhone,
  shown,
  simulator,
  until,
} from '../support/engine-stage.js'
import { EventLog } from '../support/event-log.js'

describe('a message', () => {
  it('reaches a person, shows its button, and comes back as receipts', async () => {
    const { own, rig } = await linked()
    const ana = await newPhone({ phone: '553188887777' })
    const wire = await connected(rig)
    const message = otpTo('5531988887777')
    const chat = { kind: 'person', phone: ana.phone, lid: ana.lid }

    expect(await wire.send(message)).toEqual({
      kind: 'sent',
      at: expect.any(Number),
      chat,
    })
    const seen = await shown(ana, message.whatsappId)
    expect(seen).toMatchObject({
      text: 'Seu código',
      buttons: [{ kind: 'copy', text: 'Copiar código', code: '123456' }],
      shows: { android: true, ios: true, web: true },
    })
    expect((await shown(own, message.whatsappId)).text).toBe('Seu código')

    const isFor = ({ receipt }: { receipt: { whatsappIds: readonly string[] } }) =>
      receipt.whatsappIds.includes(message.whatsappId)
    const delivered = await wire.next(
      'receipt',
      (event) => isFor(event) && event.receipt.status === 'delivered',
    )
    expect(delivered.receipt.chat).toEqual(chat)
    await ana.read(message.whatsappId)
    await wire.next('receipt', (event) => isFor(event) && event.receipt.status === 'read')
  })

  it('reaches a group, and each member says so', async () => {
    const { own, rig } = await linked()
    const [ana, bia] = [await newPhone(), await newPhone()]
    const group = simulator.addGroup({ subject: 'g', members: [own.phone, ana.phone, bia.phone] })
    const wire = await connected(rig)
    const recipient = { kind: 'group', group: group.id.replace('@g.us', '') } as const
    const message = otpTo('', { recipient })

    expect(await wire.send(message)).toMatchObject({ kind: 'sent', chat: recipient })
    for (const member of [ana, bia]) {
      expect((await shown(member, message.whatsappId)).shows).toMatchObject({
        android: true,
        web: true,
      })
      const { receipt } = await wire.next(
        'receipt',
        (event) => event.receipt.participant?.lid === member.lid,
      )
      expect(receipt).toMatchObject({
        chat: recipient,
        status: 'delivered',
      })
    }
  })

  it('reaches a LID', async () => {
    const { rig } = await linked()
    const ana = await newPhone()
    const wire = await connected(rig)
    const message = otpTo('', { recipient: { kind: 'lid', lid: ana.lid } })
    expect(await wire.send(message)).toMatchObject({
      kind: 'sent',
      chat: { lid: ana.lid },
    })
    await shown(ana, message.whatsappId)
  })

  it('is not sent when the number is not on WhatsApp', async () => {
    const { rig } = await linked()
    const wire = await connected(rig)
    expect(await wire.send(otpTo('351900000000'))).toEqual({ kind: 'no-such-recipient' })
  })

  it.each([405, 463, 473, 479])('that is refused with %i is told as refused', async (code) => {
    const { rig } = await linked()
    const ana = await newPhone()
    const wire = await connected(rig)
    simulator.faults.set({ acks: [{ kind: 'error', code, to: ana.phone }] })
    expect(await wire.send(otpTo(ana.phone))).toMatchObject({ kind: 'refused', code })
  })

  it('whose time is over right before the write does not leave, and the next one does', async () => {
    const { rig } = await linked()
    const ana = await newPhone()
    const wire = await connected(rig)
    const late = otpTo(ana.phone, { expiresAt: Date.now() })
    const plain = otpTo(ana.phone, {
      content: { kind: 'text', text: 'Código: 1' },
      expiresAt: Date.now(),
    })
    expect(await wire.send(late)).toEqual({ kind: 'too-late' })
    expect(await wire.send(plain)).toEqual({ kind: 'too-late' })

    const next = otpTo(ana.phone)
    expect(await wire.send(next)).toMatchObject({ kind: 'sent' })
    await shown(ana, next.whatsappId)
    expect(ana.messages).toHaveLength(1)
    expect(ana.ratchetReuses).toEqual([])
  })

  it('that is prepared and never written shows nothing, and the next one leaves', async () => {
    const { rig } = await linked()
    const ana = await newPhone()
    const wire = await connected(rig)
    const seen: string[] = []
    ana.events.on('typing', ({ state }) => seen.push(state))
    for (const typingMs of [0, 1_000]) {
      const dropped = await wire.connection.prepare(otpTo(ana.phone, { typingMs }))
      expect(dropped).toMatchObject({ kind: 'prepared' })
    }
    const next = otpTo(ana.phone)
    expect(await wire.send(next)).toMatchObject({ kind: 'sent' })
    await shown(ana, next.whatsappId)
    expect(ana.messages).toHaveLength(1)
    expect(seen).toEqual([])
    expect(ana.ratchetReuses).toEqual([])
  })

  it('waits until it is claimed, and another one leaves meanwhile', async () => {
    const { rig } = await linked()
    const ana = await newPhone()
    const wire = await connected(rig)
    await wire.send(otpTo(ana.phone))
    const claimed = new Deferred()
    const late = otpTo(ana.phone)
    const sending = wire.send(late, { kept: () => claimed.promise })
    const other = otpTo(ana.phone)
    await wire.send(other)
    await shown(ana, other.whatsappId)
    expect(ana.messages.map(({ id }) => id)).not.toContain(late.whatsappId)
    claimed.come()
    expect(await sending).toMatchObject({ kind: 'sent' })
    await shown(ana, late.whatsappId)
  })

  it('is of no use any more when its connection has ended', async () => {
    const { rig } = await linked()
    const ana = await newPhone()
    const wire = await connected(rig)
    const prepared = await wire.connection.prepare(otpTo(ana.phone))
    if (prepared.kind !== 'prepared') throw new Error(prepared.kind)
    expect(prepared.isUsable()).toBe(true)
    await wire.connection.close()
    expect(prepared.isUsable()).toBe(false)
    expect(await prepared.write()).toMatchObject({ kind: 'not-sent' })
  })

  it('as plain text carries no button', async () => {
    const { rig } = await linked()
    const ana = await newPhone()
    const wire = await connected(rig)
    const message = otpTo(ana.phone, { content: { kind: 'text', text: 'Seu código: 1' } })
    expect(await wire.send(message)).toMatchObject({ kind: 'sent' })
    expect(await shown(ana, message.whatsappId)).toMatchObject({
      text: 'Seu código: 1',
      buttons: [],
    })
  })

  it('to many people at once reaches each of them', async () => {
    const { rig } = await linked()
    const people = await Promise.all(Array.from({ length: 5 }, () => newPhone()))
    const wire = await connected(rig)
    const messages = people.map(({ phone }) => otpTo(phone))
    const results = await Promise.all(messages.map((message) => wire.send(message)))
    expect(results.map(({ kind }) => kind)).toEqual(people.map(() => 'sent'))
    for (const [index, message] of messages.entries()) {
      const person = people[index]
      if (person) await shown(person, message.whatsappId)
    }
  })
})

describe('without an ack', () => {
  it('the result is unknown, the socket ends, and the same id again is one message on the phone', async () => {
    const { rig } = await linked({ clock: hasty })
    const ana = await newPhone()
    const wire = await connected(rig)
    simulator.faults.set({ acks: [{ kind: 'missing', to: ana.phone, times: 1 }] })
    const message = otpTo(ana.phone)

    expect(await wire.send(message)).toMatchObject({ kind: 'unknown' })
    expect(await wire.send(otpTo(ana.phone))).toMatchObject({ kind: 'not-sent' })
    expect((await wire.next('closed')).reason).toBe('network')

    const again = await connected(rig)
    expect(await again.send({ ...message, renewEncryption: true })).toMatchObject({
      kind: 'sent',
    })
    await until(() => (ana.duplicatesDropped === 1 ? true : undefined))
    expect(ana.messages).toHaveLength(1)
    expect(ana.ratchetReuses).toEqual([])
  })

  it('that comes late but in time, the result is sent, and nothing is told twice', async () => {
    const { own, rig } = await linked()
    const ana = await newPhone()
    const wire = await connected(rig)
    simulator.faults.set({ acks: [{ kind: 'late', delayMs: 1_000, to: ana.phone }] })
    // Our own phone's receipt for its copy would say "sent" too.
    own.goOffline()
    const calledAt = Date.now()
    expect(await wire.send(otpTo(ana.phone))).toMatchObject({ kind: 'sent' })
    expect(Date.now() - calledAt).toBeGreaterThanOrEqual(1_000)
    const told = wire.events.filter(
      (event) => event.kind === 'receipt' && event.receipt.status === 'sent',
    )
    expect(told).toEqual([])
  })

  it('because the socket broke the result is unknown', async () => {
    const { own, rig } = await linked()
    const ana = await newPhone()
    const wire = await connected(rig)
    simulator.faults.set({ acks: [{ kind: 'missing', to: ana.phone, times: 1 }] })
    const message = otpTo(ana.phone)
    const result = wire.send(message)
    await shown(ana, message.whatsappId)
    for (const connection of simulator.connections)
      if (connection.phone === own.phone && connection.device !== 0) connection.drop()
    expect(await result).toMatchObject({ kind: 'unknown' })
    expect((await wire.next('closed')).reason).toBe('network')
    expect(await wire.send(otpTo(ana.phone))).toMatchObject({ kind: 'not-sent' })
  })
})

describe('what others say', () => {
  it('arrives, also what was said while we were away', async () => {
    const { own, rig } = await linked()
    const ana = await newPhone()
    const wire = await connected(rig)
    const live = await ana.send(own.phone, 'oi')
    const { message } = await wire.next('received', (event) => event.message.whatsappId === live.id)
    expect(message).toMatchObject({
      chat: { kind: 'person', phone: ana.phone, lid: ana.lid },
      sender: { phone: ana.phone },
      fromMe: false,
      content: { kind: 'text', text: 'oi' },
    })
    await wire.connection.close()

    const missed = await ana.send(own.phone, 'está aí?')
    const again = await connected(rig)
    await again.next('received', (event) => event.message.whatsappId === missed.id)
  })

  it('from our own phone is ours', async () => {
    const { own, rig } = await linked()
    const ana = await newPhone()
    const wire = await connected(rig)
    const sent = await own.send(ana.phone, 'do celular')
    const { message } = await wire.next('received', (event) => event.message.whatsappId === sent.id)
    expect(message).toMatchObject({
      fromMe: true,
      sender: { phone: own.phone },
      chat: { lid: ana.lid },
    })
  })
})

describe('the log', () => {
  it('holds no number, no LID, no text and no code', async () => {
    const log = new EventLog()
    const { own, rig } = await linked({ log })
    const ana = await newPhone()
    const wire = await connected(rig)
    simulator.faults.set({ decryption: [{ phone: ana.phone, times: 1 }] })
    const message = otpTo(ana.phone)
    await wire.send(message)
    await shown(ana, message.whatsappId)
    await ana.send(own.phone, 'segredo')
    await wire.next('received')
    const text = JSON.stringify(log.lines)
    expect(log.count('whatsapp.resent')).toBe(1)
    for (const secret of [own.phone, ana.phone, ana.lid, '123456', 'segredo', 'Seu código'])
      expect(text).not.toContain(secret)
  })
})
