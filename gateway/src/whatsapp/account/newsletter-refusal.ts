/** What WhatsApp's codes mean where they answer a question or a change of a channel. */

import { WhatsappRefusedError } from '../../domain/errors.js'

const sentences: ReadonlyMap<number, string> = new Map([
  [
    400,
    'the value is not accepted, or the terms of channels were not accepted yet: open Updates, Channels in the WhatsApp app once',
  ],
  [401, 'this number may not do that: only the owner of the channel, or an admin, can'],
  [403, 'this number may not do that: only the owner of the channel, or an admin, can'],
  [404, 'there is no such channel, invitation or admin'],
  [409, 'it is so already, or was changed at the same moment'],
  [429, 'that is too often for WhatsApp. Wait some minutes'],
  [501, 'WhatsApp does not know the operation any more: see RECADO_MEX_IDS'],
])

export function newsletterRefusal(refusal: number, options?: ErrorOptions): WhatsappRefusedError {
  const sentence = sentences.get(refusal)
  return new WhatsappRefusedError(
    `WhatsApp refused it (${refusal})${sentence === undefined ? '' : `: ${sentence}`}.`,
    { ...options, refusal },
  )
}
