/** What WhatsApp's codes mean where they answer a question or a change of a group. */

import { WhatsappRefusedError } from '../../domain/errors.js'

const sentences: ReadonlyMap<number, string> = new Map([
  [401, 'this number is no admin of the group, or no member'],
  [403, 'this number is no member of the group, or may not do that'],
  [404, 'there is no such group, or this number is not in it'],
  [406, 'WhatsApp does not take this value or this invitation link'],
  [409, 'the group was changed at the same moment. Try again'],
  [410, 'the invitation link does not hold any more'],
  [419, 'the group is full'],
  [429, 'that is too often for WhatsApp. Wait some minutes'],
])

export function groupRefusal(refusal: number, options?: ErrorOptions): WhatsappRefusedError {
  const sentence = sentences.get(refusal)
  return new WhatsappRefusedError(
    `WhatsApp refused it (${refusal})${sentence === undefined ? '' : `: ${sentence}`}.`,
    { ...options, refusal },
  )
}
