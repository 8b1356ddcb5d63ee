/** The passkey step played by hand: over the control API, as a person at the phone and at a browser would. */

import { describe, expect, vi } from 'vitest'
import type { PhoneView } from '../src/control-answers.js'
import { type Lab, test } from './support/lab.js'
import { type Answer, PasskeyCompanion } from './support/passkey-companion.js'

const ana = '5511999990001'

interface Answered<T> {
  readonly status: number
  readonly answer: T
}

async function call<T = unknown>(
  lab: Lab,
  method: string,
  path: string,
  body?: object,
): Promise<Answered<T>> {
  const response = await fetch(`${lab.simulator.controlUrl}/phones/${ana}${path}`, {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, answer: JSON.parse(await response.text()) }
}

async function untilShown(lab: Lab, step: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const { answer } = await call<PhoneView>(lab, 'GET', '')
      expect(answer.linking?.step).toBe(step)
    },
    { timeout: 60_000 },
  )
}

async function scanned(lab: Lab) {
  lab.announce(/failed to ack notification/)
  await lab.phone(ana)
  await call(lab, 'PUT', '/passkey', { asksForPasskey: 'on' })
  const companion = new PasskeyCompanion(lab.client())
  const qr = await companion.client.until(() => companion.client.qr)
  const { status, answer } = await call<PhoneView>(lab, 'POST', '/scan', { qr })
  expect([status, answer.linking?.step]).toEqual([202, 'continue'])
  const options = await companion.options()
  const signed = await call<Answer>(lab, 'POST', '/passkey/sign', options)
  await companion.sendPrologue(signed.answer, true)
  await untilShown(lab, 'confirm')
  return companion
}

describe('a linking that asks for a passkey', () => {
  test('is signed and confirmed by hand', async ({ lab }) => {
    const companion = await scanned(lab)
    expect((await call(lab, 'POST', '/linking/confirm')).status).toBe(200)
    await companion.finish()
    expect(await companion.client.untilClosed()).toBe(515)
    await lab.client(companion.client.store).untilSettled()
    const { answer } = await call<PhoneView>(lab, 'GET', '')
    expect(answer).toMatchObject({ asksForPasskey: 'on', linkedDevices: 1 })
    expect(answer.linking).toBeUndefined()
  })

  test('is cancelled by hand, and says so', async ({ lab }) => {
    await scanned(lab)
    await call(lab, 'POST', '/linking/cancel')
    await untilShown(lab, 'failed')
  })

  test('can be neither confirmed nor cancelled while there is none', async ({ lab }) => {
    await lab.phone(ana)
    expect((await call(lab, 'POST', '/linking/confirm')).status).toBe(409)
    expect((await call(lab, 'POST', '/linking/cancel')).status).toBe(409)
  })
})
