/** A person that the number knows, in Z-API's words. */

import { Type } from 'typebox'
import type { PersonId } from '../../domain/chat.js'
import { type ContactFacts, firstNameOf } from '../../domain/directory.js'
import { phoneOfPerson } from '../to-zapi.js'

export const contactAnswer = {
  phone: Type.String({ description: 'The number; `…@lid` where it is not known.' }),
  name: Type.String({ description: 'The name in the address book of the phone.' }),
  short: Type.String({ description: 'The first name in the address book.' }),
  notify: Type.String({ description: 'The name that the person chose.' }),
  vname: Type.String({ description: 'The name of a business that WhatsApp has verified.' }),
}

export const contactExample = {
  phone: '5511999999999',
  name: 'Ana Souza',
  short: 'Ana',
  notify: 'aninha',
  vname: '',
}

/** What is not known is empty. */
export function contactKeys(person: PersonId, facts: ContactFacts) {
  const { name = '', pushName = '', verifiedName = '' } = facts
  return {
    phone: phoneOfPerson(person) ?? '',
    name,
    short: facts.shortName ?? firstNameOf(name),
    notify: pushName,
    vname: verifiedName,
  }
}
