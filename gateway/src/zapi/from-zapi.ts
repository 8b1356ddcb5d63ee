/** What Z-API's callers write, in our words. Lenient where their clients are known to be. */

import type { Recipient } from '../domain/chat.js'
import type { FileSource, FileUse } from '../domain/content/files.js'
import { internationalForm } from '../domain/phone-forms.js'
import { findStoredFile } from '../domain/stored-file.js'
import { readDataUri, readStoredUri } from '../media/data-uri.js'
import { largestBytesOf } from '../media/media-limits.js'
import type { AddressRule } from '../runtime/address-rule.js'
import { checkAttribute } from './callback-urls.js'
import { InvalidRequestError } from './error-replies.js'
import type { Modules } from './modules.js'

/** Longer than any phone number or LID; more digits are a mistake. */
const mostDigits = 20

/**
 * Z-API's `phone`: a number with or without mask, `…-group`, the older
 * `creator-epoch` group, or `…@lid`. Whether it exists is not asked here.
 * Throws `InvalidRequestError`.
 */
export function recipientOf(phone: unknown): Recipient {
  const text = textOf(phone)
  const group = /^(\d+(?:-\d+)?)-group$/u.exec(text) ?? /^(\d{8,15}-\d{10})$/u.exec(text)
  if (group?.[1] !== undefined) return { kind: 'group', group: group[1] }

  const lid = /^(\d{1,20})@lid$/u.exec(text)
  if (lid?.[1] !== undefined) return { kind: 'lid', lid: lid[1] }

  if (/@(newsletter|broadcast)$/u.test(text))
    throw new InvalidRequestError('Invalid phone: channels and broadcast lists cannot receive this')
  return { kind: 'person', phone: digitsOf(text) }
}

/** A number with or without mask, as digits that begin with its country code. Throws `InvalidRequestError`. */
export function digitsOf(phone: unknown): string {
  const text = textOf(phone)
  const digits = text.replace(/[^0-9]/gu, '')
  // Only what people put between digits is dropped: letters and `@` mean something else.
  const isMasked = /^[\d\s()+./-]+$/u.test(text)
  if (!isMasked || digits === '' || digits.length > mostDigits)
    throw new InvalidRequestError('Invalid phone')
  const international = internationalForm(digits)
  if (international === undefined)
    throw new InvalidRequestError(
      'Invalid phone: it begins with 0. Write the country code first, as in 5511999999999',
    )
  return international
}

function textOf(phone: unknown): string {
  if (typeof phone === 'number' && Number.isSafeInteger(phone) && phone >= 0) return String(phone)
  return typeof phone === 'string' ? phone.trim() : ''
}

/** A code may come as a number, as long as none of its digits is lost. Throws `InvalidRequestError`. */
export function codeOf(code: string | number): string {
  if (typeof code === 'string') return code
  if (Number.isSafeInteger(code)) return String(code)
  throw new InvalidRequestError('code is not an exact whole number: send it as a string')
}

/**
 * `delayMessage` and `delayTyping`: 1 to 15 seconds, as milliseconds. What is
 * outside is moved to the nearer end; zero, null and what is no number count
 * as not given.
 */
export function delayMsOf(seconds: unknown): number | undefined {
  const isNumeric = typeof seconds === 'number' || typeof seconds === 'string'
  const value = isNumeric ? Number(seconds) : Number.NaN
  if (!Number.isFinite(value) || value <= 0) return undefined
  return Math.round(Math.min(Math.max(value, 1), 15) * 1000)
}

/** A URL, or base64 with or without a data-URI prefix. Throws `InvalidRequestError` or `MediaError`. */
export function imageSourceOf(
  image: string,
  isAllowedAddress: AddressRule,
  attribute = 'image',
): FileSource {
  return fileSourceOf(image, isAllowedAddress, attribute, 'image')
}

/** The same for a file of any type, which may be so large that it was stored while it arrived. */
export function largeFileSourceOf(
  file: string,
  attribute: string,
  use: FileUse,
  { isAllowedAddress, mediaLimits }: Pick<Modules, 'isAllowedAddress' | 'mediaLimits'>,
): FileSource {
  const found = findStoredFile(file)
  if (found === undefined)
    return fileSourceOf(file, isAllowedAddress, attribute, use === 'image' ? 'image' : 'any')
  const maxBytes = largestBytesOf(use, mediaLimits)
  const { id, sha256 } = found.file
  const stored = readStoredUri(found.head, found.file, { attribute, maxBytes })
  return { kind: 'stored', id, sha256, ...stored }
}

/** The same for a file of any type, unless `type` is given. */
export function fileSourceOf(
  file: string,
  isAllowedAddress: AddressRule,
  attribute: string,
  type: 'image' | 'any' = 'any',
): FileSource {
  const text = file.trim()
  if (/^https?:/iu.test(text)) {
    checkAttribute(text, attribute, { isAllowedAddress, allowHttp: true })
    return { kind: 'url', url: text }
  }
  return { kind: 'base64', base64: readDataUri(text, type, attribute) }
}

/** `null` and `""` mean "not given" in Z-API's clients, so such attributes are left out. */
export function withoutBlanks(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
  return Object.fromEntries(
    Object.entries(body).filter(([, value]) => value !== null && value !== ''),
  )
}
