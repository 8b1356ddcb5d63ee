/** Whether numbers are on WhatsApp: one at a time, and many. */

import type { Instance } from '../domain/instance.js'
import { WhatsappSilentError } from '../domain/errors.js'
import type { LookedUpPhone } from '../domain/profile.js'
import { InvalidRequestError } from './error-replies.js'
import { digitsOf } from './from-zapi.js'
import type { ProfileDirectory } from './instance-settings.js'

export interface PhoneExistsAnswer {
  readonly exists: boolean
  readonly phone: string
  readonly inputPhone: string
  readonly outputPhone: string
  readonly lid: string | null
}

/** Less than a connection may be idle, so that the caller hears of it. */
const longestMs = 90_000

export class PhoneExistsHandlers {
  readonly #profiles: ProfileDirectory

  constructor(profiles: ProfileDirectory) {
    this.#profiles = profiles
  }

  async one(
    instance: Instance,
    { phone }: { phone: string },
    gone: AbortSignal,
  ): Promise<PhoneExistsAnswer | undefined> {
    const [answer] = await this.#ask(instance, [digitsOf(phone)], gone)
    return answer
  }

  many(
    instance: Instance,
    { phones }: { phones: readonly unknown[] },
    gone: AbortSignal,
  ): Promise<readonly PhoneExistsAnswer[]> {
    return this.#ask(instance, phones.map(digitsAt), gone)
  }

  async #ask(
    instance: Instance,
    phones: readonly string[],
    gone: AbortSignal,
  ): Promise<readonly PhoneExistsAnswer[]> {
    const tooLong = AbortSignal.timeout(longestMs)
    const desk = this.#profiles.profilesOf(instance.id)
    try {
      const found = await desk.lookUp(phones, AbortSignal.any([gone, tooLong]))
      return found.map(phoneExistsAnswer)
    } catch (cause) {
      if (!tooLong.aborted) throw cause
      throw new WhatsappSilentError(
        'WhatsApp did not answer for all of the phones in time. Ask for fewer at once.',
        { cause },
      )
    }
  }
}

function phoneExistsAnswer({ asked, phone, lid }: LookedUpPhone): PhoneExistsAnswer {
  const outputPhone = phone ?? asked
  return {
    exists: phone !== undefined,
    phone: outputPhone,
    inputPhone: asked,
    outputPhone,
    lid: lid === undefined ? null : `${lid}@lid`,
  }
}

function digitsAt(phone: unknown, index: number): string {
  try {
    return digitsOf(phone)
  } catch (cause) {
    throw new InvalidRequestError(`phones[${index}] is no phone number`, { cause })
  }
}
