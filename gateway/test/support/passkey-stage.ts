/** A number that asks for a passkey, and the engine that links it. Needs the simulator of `engine-stage.ts`. */

import { once } from 'node:events'
import type { Phone } from '@recado/simulator'
import { onTestFinished } from 'vitest'
import type { PasskeyStep } from '../../src/domain/passkey.js'
import type { EngineRig, Wire } from './engine-rig.js'
import type { EventLog } from './event-log.js'
import { connected, newPhone, newRig, shown, simulator } from './engine-stage.js'
import { otpTo } from './engine-rig.js'
import { ManualClock } from './manual-clock.js'
import { confirmOnPhone } from './passkey-phone.js'

export type Way = 'qr' | 'code'

export interface PasskeyStage {
  readonly own: Phone
  readonly rig: EngineRig
  readonly clock: ManualClock
  readonly pairing: Wire
  /** Settles with the phone's linking, `undefined` where that failed. */
  readonly linking: Promise<unknown>
  step<K extends PasskeyStep['kind']>(kind: K): Promise<Extract<PasskeyStep, { kind: K }>>
  /** Signs what is asked now, as a browser would. */
  answer(): Promise<void>
}

/** The phone has scanned the QR, or its owner typed the code. */
export async function beginLinking({
  way = 'qr',
  asks = 'on',
  log,
}: {
  readonly way?: Way
  readonly asks?: 'on' | 'by-iq'
  readonly log?: EventLog
} = {}): Promise<PasskeyStage> {
  const own = await newPhone({ asksForPasskey: asks })
  const clock = new ManualClock(Date.now())
  return linkWith({ own, clock, rig: newRig({ clock, ...(log && { log }) }), way })
}

/** Begins to link an account, with whatever its phone asks for. */
async function linkWith({
  own,
  clock,
  rig,
  way,
}: Pick<PasskeyStage, 'own' | 'clock' | 'rig'> & { readonly way: Way }): Promise<PasskeyStage> {
  const pairing = await rig.connect()
  onTestFinished(() => pairing[Symbol.asyncDispose]())
  const qr = await pairing.next('qr')
  let linking: Promise<unknown>
  if (way === 'qr') linking = own.scan(qr.text)
  else {
    const offered = once(simulator.network, 'link-code')
    const code = await pairing.connection.requestPairingCode(own.phone)
    await offered
    linking = own.enter(code)
  }
  const step: PasskeyStage['step'] = async (kind) => {
    const { step: found } = await pairing.next('passkey', (event) => event.step.kind === kind)
    // `next` has just looked.
    return found as Extract<PasskeyStep, { kind: typeof kind }>
  }
  return {
    own,
    rig,
    clock,
    pairing,
    linking: linking.catch(() => undefined),
    step,
    async answer() {
      const { options } = await step('passkey')
      await pairing.connection.answerPasskey(own.signWithPasskey(options.challenge))
    },
  }
}

/** Links the same number once more; gives the code that is then on a person's phone. */
export async function codeAfterNewLinking(
  { own, rig, clock }: PasskeyStage,
  way: Way = 'qr',
): Promise<string | undefined> {
  const stage = await linkWith({ own, rig, clock, way })
  await stage.answer()
  await confirmOnPhone(own)
  return codeOnPhone(stage)
}

/** Logs in with the linked device and sends a code; gives what is on the person's phone. */
export async function codeOnPhone({ pairing, rig }: PasskeyStage): Promise<string | undefined> {
  await pairing.next('closed')
  const wire = await connected(rig)
  const person = await newPhone()
  const message = otpTo(person.phone)
  await wire.send(message)
  const { buttons } = await shown(person, message.whatsappId)
  await wire.connection.close()
  return buttons[0]?.code
}
