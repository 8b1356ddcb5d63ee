/** What an agent is told, without codes and invitations: a prompt in a message must not make it give one away. */

import { maskCode } from '../../outbox/history/masking.js'
import { maskedBody } from '../masked-body.js'

/** Words of four characters and more with a digit in them: `G-845201`, `AB12CD`. */
const wordsWithDigits = /[\p{L}\p{N}]*\p{N}[\p{L}\p{N}]*(?:[ .-]?\p{N}[\p{L}\p{N}]*)*/gu
const fewest = 4

/** Its last part lets a person into a group. */
const invitations = /(?<=chat\.whatsapp\.com\/(?:invite\/)?)[\w-]{8,}/gu

/** `json`: the answer of a call. What is hidden too much does no harm. */
export function maskedAnswer(json: string): unknown {
  return maskedBody(json.replaceAll(invitations, '••••'), (text) =>
    text.replace(wordsWithDigits, (word) => (word.length < fewest ? word : maskCode(word))),
  )
}
