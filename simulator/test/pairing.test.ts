import { Curve, initAuthCreds, jidNormalizedUser } from 'baileys'
import { describe, expect } from 'vitest'
import { PairingRefusedError } from '../src/model.js'
import { memoryKeyStore } from '../src/phone/memory-keys.js'
import { newStore } from './support/client.js'
import { test } from './support/lab.js'

const ANA = '5511999990001'

describe('pairing by QR', () => {
  test('links the client, restarts it and lets it in', async ({ lab }) => {
    const phone = await lab.phone(ANA, { name: 'Ana' })
    const client = await lab.linked(phone)
    const { me, platform } = client.store.auth.creds
    expect(me).toMatchObject({ id: `${ANA}:1@s.whatsapp.net`, name: 'Ana' })
    expect(jidNormalizedUser(me?.lid)).toBe(`${phone.lid}@lid`)
    expect(platform).toBe('android')
    expect(phone.linkedDevices()).toMatchObject([{ device: 1, connected: true }])
  })

  test('tells the client when the phone is a business', async ({ lab }) => {
    const client = await lab.linked(await lab.phone(ANA, { business: true }))
    expect(client.store.auth.creds.platform).toBe('smba')
  })

  test('is refused for a QR that no device shows', async ({ lab }) => {
    const phone = await lab.phone(ANA)
    const client = lab.client()
    const qr = await client.until(() => client.qr)
    await client.end()
    await expect(phone.scan('https://wa.me/settings/linked_devices#2@x,a,b,c,1')).rejects.toThrow(
      PairingRefusedError,
    )
    await expect(phone.scan(qr)).rejects.toThrow(PairingRefusedError)
    expect(phone.linkedDevices()).toEqual([])
  })

  test('is refused when the QR names other keys than its connection', async ({ lab }) => {
    const phone = await lab.phone(ANA)
    const client = lab.client()
    const [ref, , ...rest] = (await client.until(() => client.qr)).split(',')
    const otherKey = Buffer.from(Curve.generateKeyPair().public).toString('base64')
    await expect(phone.scan([ref, otherKey, ...rest].join(','))).rejects.toThrow(/other keys/)
  })

  test('is refused by the client when the secret in the QR was forged', async ({ lab }) => {
    const phone = await lab.phone(ANA)
    const client = lab.client()
    const [ref, noise, identity, , platform] = (await client.until(() => client.qr)).split(',')
    const forged = [ref, noise, identity, Buffer.alloc(32).toString('base64'), platform].join(',')
    await expect(phone.scan(forged)).rejects.toThrow(PairingRefusedError)
    expect(phone.linkedDevices()).toEqual([])
  })
})

describe('pairing by code', () => {
  test('links the client that shows the code, and takes the keys that it makes', async ({
    lab,
  }) => {
    const phone = await lab.phone(ANA)
    const client = lab.client({ auth: { creds: initAuthCreds(), keys: memoryKeyStore() } })
    await client.until(() => client.qr)
    const asked = new Promise((resolve) => lab.simulator.network.once('link-code', resolve))
    const code = await client.socket.requestPairingCode(ANA)
    await asked
    await phone.enter(`${code.slice(0, 4)}-${code.slice(4).toLowerCase()}`)
    expect(await client.untilClosed()).toBe(515)
    const again = await lab.client(client.store).untilSettled()
    expect(again.store.auth.creds.me?.id).toBe(`${ANA}:1@s.whatsapp.net`)
    // The phone has used one to open its session with the new companion.
    expect(lab.simulator.network.byPhone(ANA)?.devices.get(1)?.keys?.count).toBe(812 - 1)
  })

  test('is refused for a wrong code, and still works with the right one', async ({ lab }) => {
    lab.announce(/handling notification/)
    const phone = await lab.phone(ANA)
    const client = lab.client()
    await client.until(() => client.qr)
    const asked = new Promise((resolve) => lab.simulator.network.once('link-code', resolve))
    const code = await client.socket.requestPairingCode(ANA)
    await asked
    await expect(phone.enter(code === 'AAAAAAAA' ? 'BBBBBBBB' : 'AAAAAAAA')).rejects.toThrow(
      PairingRefusedError,
    )
    expect(phone.linkedDevices()).toEqual([])
    await phone.enter(code)
    expect(await client.untilClosed()).toBe(515)
  })

  test('is refused when no client asked for this number', async ({ lab }) => {
    const phone = await lab.phone(ANA)
    await expect(phone.enter('ABCD1234')).rejects.toThrow(PairingRefusedError)
  })
})

describe('logging in', () => {
  test('is refused with 401 under another Noise key', async ({ lab }) => {
    const client = await lab.linked(await lab.phone(ANA))
    await client.end()
    const creds = { ...client.store.auth.creds, noiseKey: Curve.generateKeyPair() }
    const thief = lab.client({ auth: { ...client.store.auth, creds } })
    expect(await thief.untilClosed()).toBe(401)
  })

  test('ends an older connection of the same device with 440', async ({ lab }) => {
    const client = await lab.linked(await lab.phone(ANA))
    const newer = await lab.again(client)
    expect(await client.untilClosed()).toBe(440)
    expect(newer.isOpen).toBe(true)
  })

  test('is over with 401 once the phone unlinks the device, and so is the next try', async ({
    lab,
  }) => {
    const phone = await lab.phone(ANA)
    const client = await lab.linked(phone)
    await phone.unlink(1)
    expect(await client.untilClosed()).toBe(401)
    expect(phone.linkedDevices()).toEqual([])
    expect(await lab.client(client.store).untilClosed()).toBe(401)
  })

  test('is over when the client logs itself out', async ({ lab }) => {
    const phone = await lab.phone(ANA)
    const client = await lab.linked(phone)
    const gone = new Promise((resolve) => lab.simulator.network.once('unlinked', resolve))
    await client.socket.logout()
    await gone
    expect(phone.linkedDevices()).toEqual([])
  })

  test('never gives a removed device number to another device', async ({ lab }) => {
    const phone = await lab.phone(ANA)
    await lab.linked(phone)
    await phone.unlink(1)
    const second = await lab.linked(phone)
    expect(second.store.auth.creds.me?.id).toBe(`${ANA}:2@s.whatsapp.net`)
  })

  test('without credentials never reaches an account', async ({ lab }) => {
    const phone = await lab.phone(ANA)
    const client = lab.client(newStore())
    await client.until(() => client.qr)
    expect(client.isOpen).toBe(false)
    expect(phone.linkedDevices()).toEqual([])
  })
})
