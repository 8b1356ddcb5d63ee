/** The Baileys engine alone, against the simulator: how a connection begins and ends. */

import { describe, expect, it, onTestFinished } from 'vitest'
import { PairingError } from '../../src/domain/errors.js'
import { Deferred } from '../../src/whatsapp/deferred.js'
import {
  connected,
  connectionOf,
  linked,
  newPhone,
  newRig,
  simulator,
  until,
} from '../support/engine-stage.js'

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

  it('opens when the identity is stored, and not before', async () => {
    const { rig } = await linked()
    const stored = new Deferred()
    rig.credentials.beforeIdentity = stored.promise
    // What Baileys asks when it is open itself.
    const isOpen = new Promise<void>((resolve) => {
      simulator.network.on('question', ({ stanza }) => {
        if (stanza.attrs['xmlns'] === 'abt') resolve()
      })
    })
    const wire = await rig.connect()
    onTestFinished(() => wire[Symbol.asyncDispose]())
    await isOpen
    const before = [...wire.events]
    stored.come()
    await wire.next('opened')
    expect(before).toEqual([])
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

  it('is logged-out when the device is removed and no code says so', async () => {
    const { own, rig } = await linked()
    const wire = await connected(rig)
    const conflict = { tag: 'conflict', attrs: { type: 'device_removed' } }
    connectionOf(own).send({ tag: 'stream:error', attrs: {}, content: [conflict] })
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
