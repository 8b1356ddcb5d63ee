/** The address of a person or group that a call of the account is about. */

import type { Recipient } from '../../domain/chat.js'
import {
  NotConnectedError,
  WhatsappRefusedError,
  WhatsappSilentError,
} from '../../domain/errors.js'
import { lidJid, phoneJid } from '../jid.js'
import type { Address, RecipientResolver } from '../send/resolve.js'

export interface KnownAddressOptions {
  readonly resolver: Pick<RecipientResolver, 'resolve'>
  isOpen(): boolean
}

/** Throws `NotConnectedError`, `WhatsappSilentError`, and `WhatsappRefusedError` for a number that is not on WhatsApp. */
export async function knownAddress(
  recipient: Recipient,
  options: KnownAddressOptions,
): Promise<Address> {
  if (!options.isOpen()) throw new NotConnectedError('the connection to WhatsApp is not open')
  const address = await options.resolver.resolve(recipient).catch((cause: unknown) => {
    throw new WhatsappSilentError(
      'WhatsApp did not say whether the number is registered. Try again.',
      { cause },
    )
  })
  if (address !== undefined) return address
  throw new WhatsappRefusedError('The phone is not on WhatsApp.')
}

/** A person in a list of people: by LID, with the number beside it where it is known. */
export function namesInList({ jid, chat }: Address): { jid: string; pn_jid?: string } {
  const { phone, lid } = chat.kind === 'person' ? chat : {}
  if (lid === undefined) return { jid }
  return { jid: lidJid(lid), ...(phone === undefined ? {} : { pn_jid: phoneJid(phone) }) }
}
