/**
 * What a listing may show of a message that holds a code: whoever can list must
 * not be able to log in with what they read.
 */

import type { MessageContent } from '../domain/message.js'

const dots = '••••'
const longestHidden = 4
const shownAtEnd = 2

/** `••••56`: the last two characters tell one code from another, and of a short one nothing is shown. */
export function maskCode(code: string): string {
  const characters = Array.from(code)
  return characters.length <= longestHidden ? dots : dots + characters.slice(-shownAtEnd).join('')
}

/**
 * The text with the code masked wherever it stands, also as people write it
 * for people: `123 456`, `123-456`, `*123456*`.
 */
export function maskIn(text: string, code: string): string {
  const sought = lettersOf(code).folded
  if (sought === '') return code === '' ? text : text.replaceAll(code, () => maskCode(code))

  const { folded, places } = lettersOf(text)
  let masked = ''
  let copied = 0
  for (let at = folded.indexOf(sought); at >= 0; at = folded.indexOf(sought, at + sought.length)) {
    const start = places[at]?.start ?? copied
    masked += text.slice(copied, start) + maskCode(code)
    copied = places[at + sought.length - 1]?.end ?? text.length
  }
  return masked + text.slice(copied)
}

interface Letters {
  /** Letters and digits alone, without case. */
  readonly folded: string
  /** Where each unit of `folded` stands in the text. */
  readonly places: readonly { readonly start: number; readonly end: number }[]
}

/** No pattern does it: one that allows separators takes seconds for a code of 2,048 characters. */
function lettersOf(text: string): Letters {
  let folded = ''
  const places: { start: number; end: number }[] = []
  for (const { 0: letter, index: start } of text.matchAll(/[\p{L}\p{N}]/gu)) {
    const end = start + letter.length
    for (const unit of letter.toLowerCase().split('')) {
      folded += unit
      places.push({ start, end })
    }
  }
  return { folded, places }
}

/** `code` only where there is one. */
export interface Shown {
  readonly text: string
  readonly code?: string
}

/** `isFallback`: the text is a button's, with its code in it, and nobody knows any more which part that is. */
export function shown(content: MessageContent, isFallback: boolean): Shown {
  if (content.kind === 'text') return { text: isFallback ? dots : content.text }
  return { text: maskIn(content.text, content.code), code: maskCode(content.code) }
}
