/**
 * What a listing may show of a message that holds a code: a person who can list
 * messages must not be able to log in with what they read.
 */

import { type MessageContent, traitsOf } from '../../domain/content/index.js'
import type { Fallback } from '../../domain/message.js'
import { hasPlainForm } from '../plain-form.js'

const dots = '••••'
const longestHidden = 4
const shownAtEnd = 2
/** Fewer letters and digits than this are too common in a text to be taken for the code. */
const fewestLoose = 4

/** `••••56`: the last two characters tell one code from another, and of a short one nothing is shown. */
export function maskCode(code: string): string {
  const characters = Array.from(code)
  return characters.length <= longestHidden ? dots : dots + characters.slice(-shownAtEnd).join('')
}

/**
 * The text with the code masked wherever it stands, also as a part of a longer
 * word, in other case, and as people write it for people: `123 456`, `123-456`,
 * `*123456*`. Places that overlap are masked as one.
 */
export function maskIn(text: string, code: string): string {
  if (code === '') return text
  let masked = ''
  let copied = 0
  for (const { start, end } of merged(placesOf(text, code))) {
    masked += text.slice(copied, start) + maskCode(code)
    copied = end
  }
  return masked + text.slice(copied)
}

interface Place {
  readonly start: number
  readonly end: number
}

function placesOf(text: string, code: string): readonly Place[] {
  const exact = search(fold(text, /[^]/gu), fold(code, /[^]/gu))
  if (!isLoose(code)) return exact
  const letters = /[\p{L}\p{N}]/gu
  return [...exact, ...search(fold(text, letters), fold(code, letters))]
}

/**
 * Whether the code may also be written with other separators. Not a code of signs:
 * its few letters and digits stand in many words that are no code.
 */
function isLoose(code: string): boolean {
  const hasOtherSigns = /[^\p{L}\p{M}\p{N}\p{Cf}\s\p{Pd}.,:/()+*_]/u.test(code)
  const letters = code.match(/[\p{L}\p{N}]/gu)?.length ?? 0
  return !hasOtherSigns && letters >= fewestLoose && 2 * letters >= Array.from(code).length
}

interface Folded {
  /** Without case, and with one form for characters that look the same (NFKD). */
  readonly units: string
  /** Where each unit stands in the text. */
  readonly places: readonly Place[]
}

function fold(text: string, wanted: RegExp): Folded {
  let units = ''
  const places: Place[] = []
  for (const { 0: character, index: start } of text.matchAll(wanted)) {
    const place = { start, end: start + character.length }
    for (const unit of character.normalize('NFKD').toLowerCase().split('')) {
      units += unit
      places.push(place)
    }
  }
  return { units, places }
}

/**
 * Every place, overlapping ones too, in one pass (Knuth, Morris, Pratt). A regular
 * expression with separators takes seconds for a code of 2,048 characters.
 */
function search({ units, places }: Folded, { units: sought }: Folded): readonly Place[] {
  const borders = bordersOf(sought)
  const found: Place[] = []
  let matched = 0
  for (let at = 0; at < units.length; at += 1) {
    while (matched > 0 && units[at] !== sought[matched]) matched = borders[matched - 1] ?? 0
    if (units[at] === sought[matched]) matched += 1
    if (matched < sought.length) continue
    const [first, last] = [places[at - sought.length + 1], places[at]]
    if (first !== undefined && last !== undefined) found.push({ start: first.start, end: last.end })
    matched = borders[matched - 1] ?? 0
  }
  return found
}

/** For each beginning of the text: how long its longest proper part is that stands at both its ends. */
function bordersOf(sought: string): readonly number[] {
  const borders = [0]
  let length = 0
  for (let at = 1; at < sought.length; at += 1) {
    while (length > 0 && sought[at] !== sought[length]) length = borders[length - 1] ?? 0
    if (sought[at] === sought[length]) length += 1
    borders.push(length)
  }
  return borders
}

function merged(places: readonly Place[]): readonly Place[] {
  const all: { start: number; end: number }[] = []
  for (const { start, end } of places.toSorted((one, other) => one.start - other.start)) {
    const last = all.at(-1)
    if (last === undefined || start >= last.end) all.push({ start, end })
    else last.end = Math.max(last.end, end)
  }
  return all
}

/** `code` only where there is one. */
export interface Shown {
  readonly text: string
  readonly code?: string
}

/** Whether a code may stand in the content that is not marked as one: so older versions stored their fallbacks. */
export function mayHoldCode(fallback: Fallback | undefined): boolean {
  return fallback !== undefined && fallback.sentAs === undefined
}

/** `holdsCode`: a code may stand in it that is not marked as one, so it is hidden whole. */
export function shown(content: MessageContent, holdsCode: boolean): Shown {
  const masked = maskedContent(content, holdsCode)
  const code = codeOf(content)
  const text = traitsOf(masked).text(masked)
  // Plain text shows its text alone: it has no button.
  return code === undefined || !hasPlainForm(content) ? { text } : { text, code: maskCode(code) }
}

/** The content with its code masked wherever it stands. */
export function maskedContent(content: MessageContent, holdsCode: boolean): MessageContent {
  const code = codeOf(content)
  const mask = code === undefined ? () => dots : (text: string) => maskIn(text, code)
  if (code === undefined && !holdsCode) return content
  return traitsOf(content).masked?.(content, mask) ?? content
}

function codeOf(content: MessageContent): string | undefined {
  return traitsOf(content).code?.(content)
}
