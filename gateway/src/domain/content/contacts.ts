import type { Traits } from './traits.js'

export interface SentContact {
  readonly name: string
  /** Digits only, each with its country. */
  readonly phones: readonly string[]
  readonly businessDescription?: string | undefined
}

/** One card or several. */
export interface ContactsContent {
  readonly kind: 'contacts'
  readonly contacts: readonly SentContact[]
}

export const contactsTraits: Traits<ContactsContent> = {
  text: ({ contacts }) => contacts.map(({ name }) => name).join(', '),
  asReceived: ({ contacts }) => ({
    kind: 'contacts',
    contacts: contacts.map((contact) => ({
      displayName: contact.name,
      vCard: vCardOf(contact),
      phones: contact.phones,
    })),
  }),
}

/**
 * The card as vCard 3.0. Phones offer to write to a number only if `waid` names it.
 * `X-WA-BIZ-DESCRIPTION` is WhatsApp's own line.
 */
export function vCardOf({ name, phones, businessDescription }: SentContact): string {
  return [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:;${escaped(name)};;;`,
    `FN:${escaped(name)}`,
    ...phones.map((phone) => `TEL;type=CELL;type=VOICE;waid=${phone}:+${phone}`),
    ...(businessDescription === undefined
      ? []
      : [`X-WA-BIZ-NAME:${escaped(name)}`, `X-WA-BIZ-DESCRIPTION:${escaped(businessDescription)}`]),
    'END:VCARD',
  ].join('\n')
}

/** RFC 2426, section 5. A line break of the caller's must not begin a line of the card. */
function escaped(text: string): string {
  return text
    .replace(/[\\,;]/gu, String.raw`\$&`)
    .replace(/\r\n|[\r\n\u2028\u2029]/gu, String.raw`\n`)
}
