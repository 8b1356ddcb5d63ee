/** What the two calls share that ask whether numbers are on WhatsApp. */

import { type Static, Type } from 'typebox'
import { WhatsappSilentError } from '../../domain/errors.js'
import type { LookedUpPhone } from '../../domain/profile.js'
import type { Caller } from '../endpoint.js'
import type { Modules } from '../modules.js'

export const phoneExistsExample = {
  exists: true,
  phone: '551199999999',
  inputPhone: '5511999999999',
  outputPhone: '551199999999',
  lid: '164354629388413@lid',
}

export const phoneExistsAnswer = Type.Object(
  {
    exists: Type.Boolean({ description: 'Whether it is on WhatsApp.' }),
    phone: Type.String({ description: 'The same as outputPhone.' }),
    inputPhone: Type.String({ description: 'The number that was asked for, digits only.' }),
    outputPhone: Type.String({
      description: 'The number as WhatsApp knows it; the inputPhone if it is not on WhatsApp.',
    }),
    lid: Type.Unsafe<string | null>({
      type: ['string', 'null'],
      description: 'The LID, by which WhatsApp names a person without the number.',
    }),
    error: Type.Optional(
      Type.String({
        description: 'Ours: there if WhatsApp did not say whether the number exists. Ask again.',
      }),
    ),
  },
  { description: 'What WhatsApp says, at most ten minutes ago.', examples: [phoneExistsExample] },
)

type PhoneExists = Static<typeof phoneExistsAnswer>

/** Shorter than a connection may be idle, so that the caller gets the answer. */
const longestMs = 90_000

/** Throws `NotConnectedError`, `WhatsappSilentError`. */
export async function lookUp(
  { instance, gone }: Caller,
  phones: readonly string[],
  { profiles }: Modules,
): Promise<readonly PhoneExists[]> {
  const tooLong = AbortSignal.timeout(longestMs)
  const profile = profiles.profilesOf(instance.id)
  try {
    const found = await profile.lookUp(phones, AbortSignal.any([gone, tooLong]))
    return found.map(answerOf)
  } catch (cause) {
    if (!tooLong.aborted) throw cause
    throw new WhatsappSilentError(
      'WhatsApp did not answer for all of the phones in time. Ask for fewer at once.',
      { cause },
    )
  }
}

const unanswered = 'WhatsApp did not say whether the number exists. Ask again.'

function answerOf({ asked, phone, lid, isUnanswered }: LookedUpPhone): PhoneExists {
  const outputPhone = phone ?? asked
  return {
    exists: phone !== undefined,
    phone: outputPhone,
    inputPhone: asked,
    outputPhone,
    lid: lid === undefined ? null : `${lid}@lid`,
    ...(isUnanswered === true ? { error: unanswered } : {}),
  }
}
