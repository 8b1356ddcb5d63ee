/** What the owner of a phone does while a linking asks for the passkey. */

import { once } from 'node:events'
import type { Phone } from '@recado/simulator'

/** The owner taps "Confirm", as soon as the phone asks. */
export async function confirmOnPhone(own: Phone): Promise<void> {
  await untilScreen(own, 'confirm')
  own.confirmLinking()
}

export async function untilScreen(own: Phone, step: string): Promise<void> {
  while (own.linkingScreen?.step !== step)
    await once(own.events, 'linking-screen', { signal: AbortSignal.timeout(60_000) })
}
