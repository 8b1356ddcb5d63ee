import { type ContactsContent, vCardOf } from '../../domain/content/contacts.js'
import type { ToWire } from './wire-message.js'

export const contactsToWire: ToWire<ContactsContent> = ({ contacts }) => {
  const cards = contacts.map((contact) => ({ displayName: contact.name, vcard: vCardOf(contact) }))
  const [only, ...others] = cards
  if (only !== undefined && others.length === 0)
    return { message: { contactMessage: only }, additionalNodes: [] }
  const displayName = `${cards.length} contacts`
  return {
    message: { contactsArrayMessage: { displayName, contacts: cards } },
    additionalNodes: [],
  }
}
