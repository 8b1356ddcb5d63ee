import { kind } from './kind.js'
import { filled } from './plain.js'
import type { ContactCard } from './view.js'

export const contact = kind('contactMessage', ({ displayName, vcard }) => ({
  kind: 'contact',
  parts: [{ type: 'contacts', contacts: [cardOf(vcard, displayName)] }],
}))

export const contacts = kind('contactsArrayMessage', (message) => ({
  kind: 'contacts',
  parts: [
    filled({
      type: 'contacts',
      name: message.displayName,
      contacts: (message.contacts ?? []).map(({ vcard, displayName }) =>
        cardOf(vcard, displayName),
      ),
    }),
  ],
}))

interface Line {
  readonly name: string
  readonly params: string
  readonly value: string
}

/** Reads a vCard (RFC 2426) as far as phones show it. What cannot be read is left out. */
function cardOf(
  vcard: string | null | undefined,
  displayName: string | null | undefined,
): ContactCard {
  const lines = linesOf(vcard ?? '')
  const valueOf = (name: string): string | undefined =>
    lines.find((line) => line.name === name)?.value
  return filled({
    name: displayName || valueOf('FN') || '',
    organisation: valueOf('ORG')?.replace(/;+$/u, ''),
    about: valueOf('X-WA-BIZ-DESCRIPTION'),
    phones: lines
      .filter(({ name }) => name === 'TEL')
      .map(({ value, params }) =>
        filled({ number: value, whatsapp: /waid=(\d+)/iu.exec(params)?.[1] }),
      ),
  })
}

function linesOf(vcard: string): readonly Line[] {
  // A line that begins with a space goes on with the one before it.
  const unfolded = vcard.replace(/\r?\n[ \t]/gu, '')
  return unfolded.split(/\r?\n/u).flatMap((line) => {
    const match = /^(?:[\w-]+\.)?([\w-]+)((?:;[^:]*)?):(.*)$/u.exec(line)
    if (match === null) return []
    const [, name = '', params = '', value = ''] = match
    return [{ name: name.toUpperCase(), params, value: unescaped(value) }]
  })
}

function unescaped(value: string): string {
  return value.replace(/\\([\\,;nN])/gu, (_, mark: string) =>
    mark === 'n' || mark === 'N' ? '\n' : mark,
  )
}
