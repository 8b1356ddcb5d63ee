/** The Baileys engine alone, against the simulator: what each thing that WhatsApp may do becomes. */

import { type Phone, type Simulator, startSimulator } from '@recado/simulator'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { linkCompanion } from '../../../simulator/test/support/companion.js'
import type { InstanceId } from '../../src/domain/instance.js'
import { PairingError } from '../../src/domain/errors.js'
import { type Clock, systemClock } from '../../src/runtime/clock.js'
import {
  type EngineRig,
  engineRig,
  MemoryCredentials,
  otpTo,
  type Wire,
} from '../support/engine-rig.js'
import { EventLog } from '../support/event-log.js'

const instanceId = '3A' as InstanceId

/** Lets ten seconds pass in half a second, so that a missing ack is noticed soon. */
const hasty: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms / 20, signal) }

let simulator: Simulator
let numbers = 0

beforeAll(async () => {
  simulator = await startSimulator()
})

afterEach(() => {
  simulator.faults.clear()
})

afterAll(async () => {
  await simulator[Symbol.asyncDispose]()
})

function newPhone(change: { phone?: string; business?: boolean } = {}): Promise<Phone> {
  numbers += 1
  return simulator.addPhone({ phone: `551190000${String(1000 + numbers)}`, ...change })
}

function newRig(
  options: { credentials?: MemoryCredentials; clock?: Clock; log?: EventLog } = {},
): EngineRig {
  return engineRig({ url: simulator.url, rootKey: simulator.rootKey, instanceId, ...options })
}

async function connected(rig: EngineRig): Promise<Wire> {
  const wire = await rig.connect()
  onTestFinished(() => wire[Symbol.asyncDispose]())
  await wire.next('opened')
  return wire
}

/** A phone and a rig whose device it has linked. */
async function linked(options: { clock?: Clock; log?: EventLog; business?: boolean } = {}) {
  const own = await newPhone({ business: options.business ?? false })
  const rig = newRig(options)
  const pairing = await rig.connect()
  await own.scan((await pairing.next('qr')).text)
  expect((await pairing.next('closed')).reason).toBe('restart-required')
  return { own, rig }
}

/** The phone's message, as soon as it has it. */
async function shown(phone: Phone, id: string) {
  return await until(() => phone.messages.find((message) => message.id === id))
}

/** The credentials as they are on disk at the moment of the write. */
async function diedWhileSending(rig: EngineRig, wire: Wire, message: ReturnType<typeof otpTo>) {
  let disk = rig.credentials
  const result = await wire.connection.send({
    ...message,
    mayStillLeave() {
      disk = rig.credentials.copy()
      return true
    },
  })
  expect(result).toMatchObject({ kind: 'sent' })
  await wire.connection.close()
  return disk
}

/** The socket of the device that the phone has linked. */
function connectionOf(own: Phone) {
  const found = simulator.connections.find(
    ({ phone, device }) => phone === own.phone && device !== 0,
  )
  if (found === undefined) throw new Error('not connected')
  return found
}

async function until<T>(look: () => T | undefined): Promise<T> {
  const deadline = Date.now() + 15_000
  for (;;) {
    const found = look()
    if (found !== undefined) return found
    if (Date.now() > deadline) throw new Error('it did not come')
    await systemClock.sleep(5)
  }
}

describe('pairing', () => {
  it('by QR opens after the restart that WhatsApp asks for', async () => {
    const { own, rig } = await linked({ business: true })
    const wire = await connected(rig)
    expect(await wire.next('opened')).toEqual({
      kind: 'opened',
      phone: own.phone,
      lid: own.lid,
      name: own.name,
      business: true,
    })
  })

  it('by code opens as well', async () => {
    const own = await newPhone()
    const rig = newRig()
    const pairing = await rig.connect()
    await own.enter(await pairing.connection.requestPairingCode(own.phone))
    await pairing.next('closed')
    expect((await (await connected(rig)).next('opened')).phone).toBe(own.phone)
  })

  it('that was not completed leaves nothing behind', async () => {
    const own = await newPhone()
    const rig = newRig()
    const pairing = await rig.connect()
    await pairing.connection.requestPairingCode(own.phone)
    await pairing.connection.close()
    expect([rig.credentials.identity, rig.credentials.keys.size]).toEqual([undefined, 0])
    await expect(pairing.connection.requestPairingCode(own.phone)).rejects.toThrow(PairingError)
    expect((await pairing.next('closed')).reason).toBe('closed-by-us')

    const again = await rig.connect()
    onTestFinished(() => again[Symbol.asyncDispose]())
    await again.next('qr')
  })
})

describe('a message', () => {
  it('reaches a person, shows its button, and comes back as receipts', async () => {
    const { own, rig } = await linked()
    const ana = await newPhone({ phone: '553188887777' })
    const wire = await connected(rig)
    const message = otpTo('5531988887777')
    const chat = { kind: 'person', phone: ana.phone, lid: ana.lid }

    expect(await wire.connection.send(message)).toEqual({
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

    expect(await wire.connection.send(message)).toMatchObject({ kind: 'sent', chat: recipient })
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
    expect(await wire.connection.send(message)).toMatchObject({
      kind: 'sent',
      chat: { lid: ana.lid },
    })
    await shown(ana, message.whatsappId)
  })

  it('goes to nobody when the number is not on WhatsApp', async () => {
    const { rig } = await linked()
    const wire = await connected(rig)
    expect(await wire.connection.send(otpTo('351900000000'))).toEqual({ kind: 'no-such-recipient' })
  })

  it.each([405, 463, 473, 479])('that is refused with %i is told as refused', async (code) => {
    const { rig } = await linked()
    const ana = await newPhone()
    const wire = await connected(rig)
    simulator.faults.set({ acks: [{ kind: 'error', code, to: ana.phone }] })
    expect(await wire.connection.send(otpTo(ana.phone))).toEqual({ kind: 'refused', code })
  })

  it('whose time is over right before the write does not leave, and the next one does', async () => {
    const { rig } = await linked()
    const ana = await newPhone()
    const wire = await connected(rig)
    const late = otpTo(ana.phone, { mayStillLeave: () => false })
    const plain = otpTo(ana.phone, {
      content: { kind: 'text', text: 'Código: 1' },
      mayStillLeave: () => false,
    })
    expect(await wire.connection.send(late)).toEqual({ kind: 'too-late' })
    expect(await wire.connection.send(plain)).toEqual({ kind: 'too-late' })

    const next = otpTo(ana.phone)
    expect(await wire.connection.send(next)).toMatchObject({ kind: 'sent' })
    await shown(ana, next.whatsappId)
    expect(ana.messages).toHaveLength(1)
    expect(ana.ratchetReuses).toEqual([])
  })

  it('as plain text carries no button', async () => {
    const { rig } = await linked()
    const ana = await newPhone()
    const wire = await connected(rig)
    const message = otpTo(ana.phone, { content: { kind: 'text', text: 'Seu código: 1' } })
    expect(await wire.connection.send(message)).toMatchObject({ kind: 'sent' })
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
    const results = await Promise.all(messages.map((message) => wire.connection.send(message)))
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

    expect(await wire.connection.send(message)).toMatchObject({ kind: 'unknown' })
    expect(await wire.connection.send(otpTo(ana.phone))).toMatchObject({ kind: 'not-sent' })
    expect((await wire.next('closed')).reason).toBe('network')

    const again = await connected(rig)
    expect(await again.connection.send({ ...message, renewEncryption: true })).toMatchObject({
      kind: 'sent',
    })
    await until(() => (ana.duplicatesDropped === 1 ? true : undefined))
    expect(ana.messages).toHaveLength(1)
    expect(ana.ratchetReuses).toEqual([])
  })

  it('in time, but a little later, the message is told as sent', async () => {
    const { rig } = await linked({ clock: hasty })
    const ana = await newPhone()
    const wire = await connected(rig)
    simulator.faults.set({ acks: [{ kind: 'late', delayMs: 510, to: ana.phone }] })
    const message = otpTo(ana.phone)
    const result = await wire.connection.send(message)
    // The ack and the patience end at almost the same time, so either answer is right; both is wrong.
    const told = wire.events.filter(
      (event) => event.kind === 'receipt' && event.receipt.status === 'sent',
    )
    expect([result.kind, told.length]).toSatisfy(
      ([kind, count]) => (kind === 'sent' && count === 0) || kind === 'unknown',
    )
  })

  it('because the socket broke the result is unknown', async () => {
    const { own, rig } = await linked()
    const ana = await newPhone()
    const wire = await connected(rig)
    simulator.faults.set({ acks: [{ kind: 'missing', to: ana.phone, times: 1 }] })
    const message = otpTo(ana.phone)
    const result = wire.connection.send(message)
    await shown(ana, message.whatsappId)
    for (const connection of simulator.connections)
      if (connection.phone === own.phone && connection.device !== 0) connection.drop()
    expect(await result).toMatchObject({ kind: 'unknown' })
    expect((await wire.next('closed')).reason).toBe('network')
    expect(await wire.connection.send(otpTo(ana.phone))).toMatchObject({ kind: 'not-sent' })
  })
})

describe('a device that could not decrypt', () => {
  it('gets the message again, with its button', async () => {
    const { rig } = await linked()
    const ana = await newPhone()
    const wire = await connected(rig)
    simulator.faults.set({ decryption: [{ phone: ana.phone, times: 1 }] })
    const message = otpTo(ana.phone)
    expect(await wire.connection.send(message)).toMatchObject({ kind: 'sent' })
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
    expect(await wire.connection.send(first)).toMatchObject({ kind: 'sent' })
    expect((await shown(ana, first.whatsappId)).shows).toMatchObject({ android: true, web: true })
    expect(await wire.connection.send(second)).toMatchObject({ kind: 'sent' })
    for (const member of [ana, bia]) await shown(member, second.whatsappId)
  })

  it('is our own phone: it gets its copy again', async () => {
    const { own, rig } = await linked()
    const ana = await newPhone()
    const wire = await connected(rig)
    simulator.faults.set({ decryption: [{ phone: own.phone, times: 1 }] })
    const message = otpTo(ana.phone)
    expect(await wire.connection.send(message)).toMatchObject({ kind: 'sent' })
    expect(await shown(own, message.whatsappId)).toMatchObject({ fromMe: true, chat: ana.phone })
  })

  it('gets nothing when the time for that is over', async () => {
    const log = new EventLog()
    const { rig } = await linked({ log })
    const ana = await newPhone()
    const wire = await connected(rig)
    simulator.faults.set({ decryption: [{ phone: ana.phone, times: 1 }] })
    const message = otpTo(ana.phone, { resendUntil: Date.now() })
    expect(await wire.connection.send(message)).toMatchObject({ kind: 'sent' })
    const next = otpTo(ana.phone)
    expect(await wire.connection.send(next)).toMatchObject({ kind: 'sent' })
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
    expect(await wire.connection.send(otpTo(ana.phone))).toMatchObject({ kind: 'sent' })
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
    await wire.connection.send(before)
    await companion.received(before.whatsappId)
    // An answer ends the phase in which each message brings a new session along.
    await ana.send(own.phone, 'oi')
    await wire.next('received')

    const lost = otpTo(ana.phone)
    const disk = await diedWhileSending(rig, wire, lost)
    await companion.received(lost.whatsappId)

    const restarted = await connected(newRig({ credentials: disk }))
    const next = otpTo(ana.phone)
    expect(await restarted.connection.send(next)).toMatchObject({ kind: 'sent' })
    await shown(ana, next.whatsappId)
    await companion.received(next.whatsappId)
    await shown(own, next.whatsappId)
    expect([ana.ratchetReuses, own.ratchetReuses]).toEqual([[], []])
    await restarted.connection.close()
    expect([...disk.keys.keys()].filter((key) => key.includes('doubt'))).toEqual([])
  })

  it('sends the next message to that group so that everybody understands it', async () => {
    const { own, rig } = await linked()
    const [ana, bia] = [await newPhone(), await newPhone()]
    const group = simulator.addGroup({ subject: 'g', members: [own.phone, ana.phone, bia.phone] })
    const send = () =>
      otpTo('', { recipient: { kind: 'group', group: group.id.replace('@g.us', '') } })
    const wire = await connected(rig)
    await wire.connection.send(send())
    const lost = send()
    const disk = await diedWhileSending(rig, wire, lost)

    const log = new EventLog()
    const restarted = await connected(newRig({ credentials: disk, log }))
    const next = send()
    expect(await restarted.connection.send(next)).toMatchObject({ kind: 'sent' })
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
    expect(await restarted.connection.send({ ...lost, renewEncryption: true })).toMatchObject({
      kind: 'sent',
    })
    await until(() => (ana.duplicatesDropped === 1 ? true : undefined))
    expect(ana.messages).toHaveLength(1)
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

describe('the end of a connection', () => {
  it('is replaced when another process uses the credentials', async () => {
    const { own, rig } = await linked()
    const wire = await connected(rig)
    connectionOf(own).sendStreamError('replaced')
    expect((await wire.next('closed')).reason).toBe('replaced')
  })

  it('is logged-out when the phone unlinks the device', async () => {
    const { own, rig } = await linked()
    const wire = await connected(rig)
    await own.unlink(own.linkedDevices()[0]?.device ?? 0)
    expect((await wire.next('closed')).reason).toBe('logged-out')
  })

  it.each([
    [401, 'logged-out'],
    [403, 'banned'],
    [503, 'unavailable'],
    [515, 'restart-required'],
  ] as const)('at a login that is answered %i is %s', async (code, reason) => {
    const { own, rig } = await linked()
    simulator.faults.set({ logins: [{ code, phone: own.phone }] })
    const wire = await rig.connect()
    expect((await wire.next('closed')).reason).toBe(reason)
  })

  it('is the network when the socket breaks', async () => {
    const { own, rig } = await linked()
    const wire = await connected(rig)
    connectionOf(own).drop()
    expect((await wire.next('closed')).reason).toBe('network')
    expect(wire.events.at(-1)?.kind).toBe('closed')
  })

  it('is noticed by asking when the socket is open and dead', async () => {
    const { own, rig } = await linked()
    const wire = await connected(rig)
    expect(await wire.connection.isAlive(5000)).toBe(true)
    connectionOf(own).freeze()
    expect(await wire.connection.isAlive(200)).toBe(false)
    await wire.connection.close()
    expect((await wire.next('closed')).reason).toBe('closed-by-us')
  })

  it('by logging out removes the device from the phone and forgets everything', async () => {
    const { own, rig } = await linked()
    const wire = await connected(rig)
    await wire.connection.logOut()
    expect((await wire.next('closed')).reason).toBe('closed-by-us')
    await until(() => (own.linkedDevices().length === 0 ? true : undefined))
    expect([rig.credentials.identity, rig.credentials.keys.size]).toEqual([undefined, 0])
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
    await wire.connection.send(message)
    await shown(ana, message.whatsappId)
    await ana.send(own.phone, 'segredo')
    await wire.next('received')
    const text = JSON.stringify(log.lines)
    expect(log.count('whatsapp.resent')).toBe(1)
    for (const secret of [own.phone, ana.phone, ana.lid, '123456', 'segredo', 'Seu código'])
      expect(text).not.toContain(secret)
  })
})
