/** What callers write about buttons, in our words. */

import { type Static, Type } from 'typebox'
import type { CardButton } from '../../domain/incoming-content.js'
import { InvalidRequestError } from '../error-replies.js'
import { digitsOf } from '../from-zapi.js'
import { codeOfOtpUrl } from '../../domain/otp-url.js'

/** Phones cut what is longer than about 25 characters; Z-API names no limit. */
const longestLabel = 255
const longestId = 256
const longestText = 1_024
const longestUrl = 2_048

export const messageText = Type.String({ minLength: 1, maxLength: 4096, description: 'The text.' })

/** Where a text may be left out. */
export const optionalText = (description: string) =>
  Type.Optional(Type.Union([Type.String({ maxLength: longestText }), Type.Null()], { description }))

export const label = Type.String({
  minLength: 1,
  maxLength: longestLabel,
  description: 'On the button. Phones show about 25 characters.',
})

/** Of a button that is there. Some callers count their ids. */
export const givenButtonId = (description: string) =>
  Type.Unsafe<string | number>({
    type: ['string', 'number'],
    minLength: 1,
    maxLength: longestId,
    description,
  })

export const buttonId = Type.Optional(
  Type.Unsafe<string | number | null>({
    type: ['string', 'number', 'null'],
    maxLength: longestId,
    description: 'Comes back when it is tapped. Its number in the list, from 1, if unset.',
  }),
)

export const buttonAction = Type.Object({
  id: buttonId,
  type: Type.Enum(['CALL', 'URL', 'REPLY'], { description: 'What a tap does.' }),
  label,
  phone: Type.Optional(
    Type.Unsafe<string | number | null>({
      type: ['string', 'number', 'null'],
      description: 'With CALL: the number to call, with its country.',
    }),
  ),
  url: Type.Optional(
    Type.Union([Type.String({ maxLength: longestUrl }), Type.Null()], {
      description:
        'With URL: https://… or http://…. https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp123456 makes a button that copies 123456.',
    }),
  ),
})

/** `index` counts from 0. */
export function idOf(id: string | number | null | undefined, index: number): string {
  const given = id === undefined || id === null ? '' : String(id)
  return given === '' ? String(index + 1) : given
}

/** `place` is where it stands in the body. Throws `InvalidRequestError`. */
export function buttonOf(
  { id, type, label: text, phone, url }: Static<typeof buttonAction>,
  index: number,
  place: string,
): CardButton {
  switch (type) {
    case 'REPLY':
      return { kind: 'reply', text, id: idOf(id, index) }
    case 'CALL':
      return { kind: 'call', text, phone: numberOf(phone, `${place}.phone`) }
    case 'URL':
      return linkOf(text, url, `${place}.url`)
  }
}

function linkOf(text: string, given: string | null | undefined, place: string): CardButton {
  const url = given?.trim() ?? ''
  if (!/^https?:\/\//iu.test(url) || !URL.canParse(url))
    throw new InvalidRequestError(`${place} must begin with https:// or http://`)
  const code = codeOfOtpUrl(url)
  return code === undefined ? { kind: 'url', text, url } : { kind: 'copy', text, code }
}

function numberOf(phone: string | number | null | undefined, place: string): string {
  try {
    return digitsOf(phone)
  } catch (cause) {
    if (!(cause instanceof InvalidRequestError)) throw cause
    throw new InvalidRequestError(`${place} must be a number with its country, as 5511999999999`)
  }
}
