import { expect, test } from 'vitest'
import { drawnOf } from '../../test/support/drawn.js'

const vcard = [
  'BEGIN:VCARD',
  'VERSION:3.0',
  'FN:Ana\\, a vizinha',
  'ORG:Padaria;',
  'item1.TEL;type=CELL;waid=5511999990003:+55 11 99999-0003',
  'TEL:+55 11 3333-',
  ' 4444',
  'X-WA-BIZ-DESCRIPTION:Pães\\nBolos',
  'END:VCARD',
].join('\r\n')

const card = {
  name: 'Ana, a vizinha',
  organisation: 'Padaria',
  about: 'Pães\nBolos',
  phones: [
    { number: '+55 11 99999-0003', whatsapp: '5511999990003' },
    { number: '+55 11 3333-4444' },
  ],
}

test('a contact is read from its vCard', () => {
  const { view } = drawnOf({ contactMessage: { vcard } })
  expect(view).toEqual({ kind: 'contact', parts: [{ type: 'contacts', contacts: [card] }] })
})

test('several contacts have the name that the sender gave them together', () => {
  const { view } = drawnOf({
    contactsArrayMessage: {
      displayName: '2 contatos',
      contacts: [
        { vcard, displayName: 'Aninha' },
        { displayName: 'Bia', vcard: 'nonsense' },
      ],
    },
  })
  expect(view).toEqual({
    kind: 'contacts',
    parts: [
      {
        type: 'contacts',
        name: '2 contatos',
        contacts: [
          { ...card, name: 'Aninha' },
          { name: 'Bia', phones: [] },
        ],
      },
    ],
  })
})
