/** The body of a callback for a person who only looks at it: with no code in it. */

import { maskCode, maskIn } from '../outbox/history/masking.js'

/** Attributes that name, date or place something. All other texts were written by people, and may hold a code. */
const naming =
  /^(?:type|status|error|errorCode|reason|connectedPhone|mimeType|participant|currencyCode)$|(?:id|ids|lid|jid|phone|url)$/iu

/** Four digits and more, also as people write them for people. What is hidden too much does no harm here. */
const digits = /\d(?:[ .-]?\d){3,}/gu
/** WhatsApp's mark `otp` stands in front of the code, once. */
const codeInUrl = /([?&]code=(?:otp)?)([^&]+)/gu

/** A moment as the gateway writes it, for `at`, `created` and `lastMessageTime`. */
const moment = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/u

/**
 * Codes behind buttons are masked wherever they stand; in what was said, whatever looks like one:
 * `maskSuspects` finds that in a text.
 */
export function maskedBody(
  json: string,
  maskSuspects = (text: string) => text.replace(digits, maskCode),
): unknown {
  const body: unknown = JSON.parse(json)
  const codes = codesIn(body)
  return masked(body, '', (text) =>
    moment.test(text) ? text : maskSuspects(codes.reduce(maskIn, text)),
  )
}

/** What a receiver answered to this body: it may repeat what it got. */
export function maskedAnswer(answer: string, json: string): string {
  return codesIn(JSON.parse(json)).reduce(maskIn, answer).replace(digits, maskCode)
}

/** The longest first: one may be a part of another. */
function codesIn(body: unknown): readonly string[] {
  const codes: string[] = []
  masked(
    body,
    '',
    (text) => text,
    (url) => {
      for (const [, , code = ''] of url.matchAll(codeInUrl)) codes.push(decoded(code))
      return url
    },
  )
  const instead = codeOfFallback(body)
  if (instead !== undefined) codes.push(instead)
  return codes.toSorted((one, other) => other.length - one.length)
}

/** The last paragraph of a text of ours: there stands the code of a button that WhatsApp refused. */
function codeOfFallback(body: unknown): string | undefined {
  if (!isObject(body) || body['fromApi'] !== true || !isObject(body['text'])) return undefined
  const { message } = body['text']
  return typeof message === 'string' ? /\n\n((?:(?!\n\n)[^])+)$/u.exec(message)?.[1] : undefined
}

/** `key`: the attribute that the value is of, or that its list is. */
function masked(
  value: unknown,
  key: string,
  maskText: (text: string) => string,
  maskNaming = (url: string) => url.replace(codeInUrl, maskedQuery),
): unknown {
  if (Array.isArray(value)) return value.map((each) => masked(each, key, maskText, maskNaming))
  if (isObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, masked(each, name, maskText, maskNaming)]),
    )
  if (typeof value !== 'string') return value
  return naming.test(key) ? maskNaming(value) : maskText(value)
}

function maskedQuery(_query: string, before: string, code: string): string {
  return before + encodeURIComponent(maskCode(decoded(code)))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function decoded(code: string): string {
  try {
    return decodeURIComponent(code)
  } catch {
    return code
  }
}
