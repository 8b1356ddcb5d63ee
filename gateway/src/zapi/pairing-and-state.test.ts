/** Pairing and the state of an instance, over the real modules. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openZapiStage, type ZapiStage } from '../../test/support/zapi-stage.js'
import { PairingError } from '../domain/errors.js'

let stage: ZapiStage

beforeEach(async () => {
  stage = await openZapiStage()
})

afterEach(() => stage[Symbol.asyncDispose]())

describe('pairing and state', () => {
  it('gives the text of the QR, and its picture', async () => {
    expect((await stage.call('GET', 'qr-code')).json()).toEqual({ value: '2@abc,def' })
    const { value } = (await stage.call('GET', 'qr-code/image')).json()
    expect(value).toMatch(/^data:image\/png;base64,iVBORw0KGgo/u)
  })

  it('gives a pairing code for a number with or without mask', async () => {
    const answer = await stage.call('GET', `phone-code/${encodeURIComponent('+55 11 99999-9999')}`)
    expect(answer.json()).toEqual({ value: 'A1B2C3D4' })
    expect(stage.sessions.pairedPhones).toEqual(['5511999999999'])
    const bad = await stage.call('GET', 'phone-code/letters')
    expect([bad.statusCode, bad.json()]).toEqual([400, { error: 'Invalid phone' }])
  })

  it('has nothing to pair while it is connected', async () => {
    stage.sessions.connected.add(stage.instance.id)
    for (const action of ['qr-code', 'qr-code/image', 'phone-code/5511999999999']) {
      const answer = await stage.call('GET', action)
      expect([answer.statusCode, answer.json()]).toEqual([200, { connected: true }])
    }
  })

  it('asks to try again when WhatsApp gives no QR', async () => {
    stage.sessions.failure = new PairingError('WhatsApp gave no QR in time. Ask again.')
    const answer = await stage.call('GET', 'qr-code')
    expect([answer.statusCode, answer.json()]).toEqual([
      503,
      { error: 'WhatsApp gave no QR in time. Ask again.' },
    ])
  })

  it('tells the state, and disconnects', async () => {
    stage.sessions.connected.add(stage.instance.id)
    expect((await stage.call('GET', 'status')).json()).toEqual({
      connected: true,
      error: 'You are already connected.',
      smartphoneConnected: true,
    })
    expect((await stage.call('GET', 'disconnect')).json()).toEqual({ value: true })
    expect((await stage.call('GET', 'status')).json()).toEqual({
      connected: false,
      error: 'You are not connected.',
      smartphoneConnected: false,
    })
  })

  it('does not disconnect on POST or HEAD', async () => {
    stage.sessions.connected.add(stage.instance.id)
    for (const method of ['POST', 'HEAD'] as const)
      expect((await stage.call(method, 'disconnect')).statusCode).toBe(405)
    expect(stage.sessions.connected.size).toBe(1)
  })
})
