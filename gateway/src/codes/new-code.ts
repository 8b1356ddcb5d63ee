/**
 * Makes login codes: every code of its length and alphabet is as likely as any other.
 */

import type { RandomBytes } from '../runtime/ids.js'

export type Charset = 'digits' | 'alphanumeric'

/** Without 0 O 1 I L, which people take for each other. */
const alphabets: Readonly<Record<Charset, string>> = {
  digits: '0123456789',
  alphanumeric: '23456789ABCDEFGHJKMNPQRSTUVWXYZ',
}

/** `length` characters. `random` must be unpredictable. */
export function newCode(length: number, charset: Charset, random: RandomBytes): string {
  const alphabet = alphabets[charset]
  // A byte above the last whole multiple would favour the first characters: it is drawn again.
  const tooHigh = 256 - (256 % alphabet.length)
  let code = ''
  while (code.length < length) {
    for (const byte of random(length - code.length))
      if (byte < tooHigh) code += alphabet.charAt(byte % alphabet.length)
  }
  return code
}

/**
 * As it was made, however it was typed or pasted: `123 456`, `ab3-7kq`, with dashes of any
 * kind, or with invisible characters from a chat. A code has letters and digits only, so all else goes.
 */
export function asMade(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}|[^\p{L}\p{N}]/gu, '')
    .toUpperCase()
}
