/** The Baileys engine alone, against the simulator: devices whose keys do not fit. */

import { describe, expect, it, onTestFinished } from 'vitest'
import { linkCompanion } from '../../../simulator/test/support/companion.js'
import { otpTo } from '../support/engine-rig.js'
import {
  connected,
  diedWhileSending,
  linked,
  newPhone,
  newRig,
  shown,
  simulator,
  until,
} from '../support/engine-stage.js'
import { EventLog } from '../support/event-log.js'

describe('a device that could not decrypt', () => {
  it('gets the message again, with its button', async () => {
    const { rig } = await linked()
    const ana = await newPhone()
    const wire = await connected(rig)
    simulator.faults.set({ decryption: [{ phone: ana.phone, times: 1 }] })
    const message = otpTo(ana.phone)
    expect(await wire.send(message)).toMatchObject({ kind: 'sent' })
    expect(await shown(ana, message.whatsappId)).toMatchObject({
      text: 'Seu código',
      shows: { android: true, ios: true, web: true },
    })
    expect(ana.ratchetReuses).toEqual([])
  })

  it('gets it again in a group', async () => {
    const { own, rig } = await linked()
    const [ana, bia] = [await newPhone(), await newPhone()]
    const group = simulator.addGroup({ subject: 'g', members: [own.phone, ana.phone, bia.phone] })
    const wire = await connected(rig)
    simulator.faults.set({ decryption: [{ phone: ana.phone, times: 1 }] })
    const send = () =>
      otpTo('', { recipient: { kind: 'group', group: group.id.replace('@g.us', '') } })
    const [first, second] = [send(), send()]
    expect(await wire.send(first)).toMatchObject({ kind: 'sent' })
    expect((await shown(ana, first.whatsappId)).shows).toMatchObject({ android: true, web: true })
    expect(await wire.send(second)).toMatchObject({ kind: 'sent' })
    for (const member of [ana, bia]) await shown(member, second.whatsappId)
  })

  it('is our own phone: it gets its copy again', async () => {
    const { own, rig } = await linked()
    const ana = await newPhone()
    const wire = await connected(rig)
    simulator.faults.set({ decryption: [{ phone: own.phone, times: 1 }] })
    const message = otpTo(ana.phone)
    expect(await wire.send(message)).toMatchObject({ kind: 'sent' })
    expect(await shown(own, message.whatsappId)).toMatchObject({ fromMe: true, chat: ana.phone })
  })

  it('gets nothing when the time for that is over', async () => {
    const log = new EventLog()
    const { rig } = await linked({ log })
    const ana = await newPhone()
    const wire = await connected(rig)
    simulator.faults.set({ decryption: [{ phone: ana.phone, times: 1 }] })
    const message = otpTo(ana.phone)
    expect(await wire.send(message, { resendUntil: Date.now() })).toMatchObject({ kind: 'sent' })
    const next = otpTo(ana.phone)
    expect(await wire.send(next)).toMatchObject({ kind: 'sent' })
    await shown(ana, next.whatsappId)
    expect(ana.messages.map(({ id }) => id)).toEqual([next.whatsappId])
    expect(log.count('whatsapp.resent')).toBe(0)
  })

  it('does not get it for ever', async () => {
    const log = new EventLog()
    const { rig } = await linked({ log })
    const ana = await newPhone()
    const wire = await connected(rig)
    simulator.faults.set({ decryption: [{ phone: ana.phone }] })
    expect(await wire.send(otpTo(ana.phone))).toMatchObject({ kind: 'sent' })
    await until(() => (log.count('whatsapp.resend-refused') > 0 ? true : undefined)).catch(() => {})
    expect(log.count('whatsapp.resent')).toBeLessThanOrEqual(4)
    expect(log.count('whatsapp.resent')).toBeGreaterThan(0)
  })
})

describe('a process that died between the write and the store', () => {
  it('sends the next message to that person so that every device understands it', async () => {
    const { own, rig } = await linked()
    const ana = await newPhone()
    const companion = await linkCompanion(simulator, ana)
    onTestFinished(() => companion.end())
    const wire = await connected(rig)
    const before = otpTo(ana.phone)
    await wire.send(before)
    await companion.received(before.whatsappId)
    // An answer ends the phase in which each message brings a new session along.
    await ana.send(own.phone, 'oi')
    await wire.next('received')

    const lost = otpTo(ana.phone)
    const disk = await diedWhileSending(rig, wire, lost)
    await companion.received(lost.whatsappId)

    const restarted = await connected(newRig({ credentials: disk }))
    const next = otpTo(ana.phone)
    expect(await restarted.send(next)).toMatchObject({ kind: 'sent' })
    await shown(ana, next.whatsappId)
    await companion.received(next.whatsappId)
    await shown(own, next.whatsappId)
    expect([ana.ratchetReuses, own.ratchetReuses]).toEqual([[], []])
    await restarted.connection.close()
    expect([...disk.keys.keys()].filter((key) => key.includes('doubt'))).toEqual([])
  })

  it('sends the next message to that group so that all members can read it', async () => {
    const { own, rig } = await linked()
    const [ana, bia] = [await newPhone(), await newPhone()]
    const group = simulator.addGroup({ subject: 'g', members: [own.phone, ana.phone, bia.phone] })
    const send = () =>
      otpTo('', { recipient: { kind: 'group', group: group.id.replace('@g.us', '') } })
    const wire = await connected(rig)
    await wire.send(send())
    const lost = send()
    const disk = await diedWhileSending(rig, wire, lost)

    const log = new EventLog()
    const restarted = await connected(newRig({ credentials: disk, log }))
    const next = send()
    expect(await restarted.send(next)).toMatchObject({ kind: 'sent' })
    for (const member of [ana, bia]) {
      await shown(member, lost.whatsappId)
      await shown(member, next.whatsappId)
      expect(member.ratchetReuses).toEqual([])
    }
    // At the first try, not because they asked for it again.
    expect(log.count('whatsapp.resent')).toBe(0)
  })

  it('may repeat the message itself', async () => {
    const { rig } = await linked()
    const ana = await newPhone()
    const wire = await connected(rig)
    const lost = otpTo(ana.phone)
    const disk = await diedWhileSending(rig, wire, lost)
    const restarted = await connected(newRig({ credentials: disk }))
    expect(await restarted.send({ ...lost, renewEncryption: true })).toMatchObject({
      kind: 'sent',
    })
    await until(() => (ana.duplicatesDropped === 1 ? true : undefined))
    expect(ana.messages).toHaveLength(1)
  })
})
