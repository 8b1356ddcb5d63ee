/** What all questions about accounts need: the open socket, and the number as WhatsApp has it. */

import type { WASocket } from 'baileys'
import {
  NotConnectedError,
  WhatsappRefusedError,
  WhatsappSilentError,
} from '../../domain/errors.js'
import { openedOf } from '../receive/from-baileys.js'
import { phoneJid } from '../jid.js'
import type { RecipientResolver } from '../send/resolve.js'

export interface AccountOptions {
  readonly sock: Pick<WASocket, 'query' | 'authState'>
  readonly resolver: Pick<RecipientResolver, 'resolve'>
  isOpen(): boolean
}

export function assertOpen({ isOpen }: Pick<AccountOptions, 'isOpen'>): void {
  if (!isOpen()) throw new NotConnectedError('the connection to WhatsApp is not open')
}

/** WhatsApp's own refusal comes without a sentence, so the kind of the account is checked first. */
export function assertBusiness({ sock }: { readonly sock: Pick<WASocket, 'authState'> }): void {
  if (openedOf(sock.authState.creds)?.business !== true)
    throw new WhatsappRefusedError(
      'This number is no WhatsApp Business account: move it to the WhatsApp Business app on the phone, and link it again.',
    )
}

/** The address by number, in the form that WhatsApp has it. `undefined`: the number is not on WhatsApp. */
export async function numberJid(
  phone: string,
  { resolver }: Pick<AccountOptions, 'resolver'>,
): Promise<string | undefined> {
  const address = await resolver.resolve({ kind: 'person', phone }).catch((cause: unknown) => {
    throw new WhatsappSilentError(
      'WhatsApp did not say whether the number is registered. Try again.',
      { cause },
    )
  })
  if (address === undefined) return undefined
  const { chat } = address
  return phoneJid((chat.kind === 'person' ? chat.phone : undefined) ?? phone)
}
