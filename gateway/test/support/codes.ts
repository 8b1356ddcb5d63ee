/** What became of a code: on the phone, and in the callback. */

import type { Phone } from '@recado/simulator'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { type Journey, shown } from './journey.js'

export interface ArrivedCode {
  readonly messageId: string
  /** How many buttons the phone shows. */
  readonly buttons: number
  readonly from: string
  /** What the callback says. */
  readonly error: unknown
}

/** Of a code that arrives as it should; `from` is the number of the instance. */
export const arrivedFrom = (from: string) => ({ buttons: 1, from, error: undefined })

/** Sends a code and waits until the phone shows it. */
export async function codeOn(
  person: Phone,
  journey: Journey,
  instance: SandboxInstance,
  to: string = person.phone,
): Promise<ArrivedCode> {
  const { messageId, zaapId } = await send(journey, instance, to)
  const { buttons, from } = await shown(person, messageId)
  const { error } = (await journey.delivery(zaapId)).body
  return { messageId, buttons: buttons.length, from, error }
}

/** Sends a code and waits until the callback says how it ended: the error, and after how many seconds. */
export async function endOfCode(
  to: string,
  journey: Journey,
  instance: SandboxInstance,
): Promise<{ readonly error: unknown; readonly seconds: number }> {
  const begun = performance.now()
  const { zaapId } = await send(journey, instance, to)
  const { error } = (await journey.delivery(zaapId)).body
  return { error, seconds: (performance.now() - begun) / 1_000 }
}

/** The most that "at once" may take on this machine as it is now: the time of five codes, and five seconds. */
export async function atOnceSeconds(journey: Journey, instance: SandboxInstance): Promise<number> {
  const person = await journey.newPhone()
  const begun = performance.now()
  await codeOn(person, journey, instance)
  return Math.max(5, (5 * (performance.now() - begun)) / 1_000)
}

function send(journey: Journey, instance: SandboxInstance, phone: string) {
  return journey.sendOtp(instance, { phone, message: 'Seu código', code: journey.newCode() })
}
