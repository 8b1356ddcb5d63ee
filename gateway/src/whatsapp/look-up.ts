/**
 * Asks WhatsApp which of many numbers it knows, and under which LID.
 *
 * A number that has two forms (`domain/phone-forms.ts`) is asked for in both.
 * WhatsApp answers with the number in its own form, beside the text that was
 * asked for; where it leaves that text out, the form tells whose answer it is.
 */

import { type BinaryNode, S_WHATSAPP_NET, type WASocket } from 'baileys'
import { formsOf } from '../domain/phone-forms.js'
import type { LookedUpPhone } from '../domain/profile.js'
import { ask } from './ask.js'
import { personOfJid } from './jid.js'

/** A stanza of some 100 KB at the most, and few enough questions for a list of 50,000. */
const phonesAtOnce = 500

/** Who is known to WhatsApp, by each form of the number that leads to them. */
type Known = ReadonlyMap<string, { readonly phone: string; readonly lid: string | undefined }>

/**
 * In the order of `phones`; a number that stands there twice is asked for once.
 * Throws `WhatsappRefusedError`, `WhatsappSilentError`, or the signal's reason.
 */
export async function lookUp(
  sock: Pick<WASocket, 'query' | 'generateMessageTag'>,
  phones: readonly string[],
  signal: AbortSignal,
): Promise<readonly LookedUpPhone[]> {
  const different = [...new Set(phones)]
  const found = new Map<string, LookedUpPhone>()
  for (let start = 0; start < different.length; start += phonesAtOnce) {
    signal.throwIfAborted()
    const some = different.slice(start, start + phonesAtOnce)
    const known = knownIn(
      await ask(sock, question([...new Set(some.flatMap(formsOf))], sock.generateMessageTag())),
    )
    for (const asked of some) found.set(asked, lookedUp(asked, known))
  }
  return phones.map((phone) => found.get(phone) ?? { asked: phone })
}

/** Both forms may be on WhatsApp, as two people: the one that was asked for is meant. */
function lookedUp(asked: string, known: Known): LookedUpPhone {
  for (const form of formsOf(asked)) {
    const person = known.get(form)
    if (person !== undefined) return { asked, ...person }
  }
  return { asked }
}

/** What an answer says, by the number that was asked for and by WhatsApp's own form of it. */
function knownIn(answer: BinaryNode): Known {
  const known = new Map<string, { phone: string; lid: string | undefined }>()
  for (const user of childrenOf(childOf(childOf(answer, 'usync'), 'list'))) {
    const contact = childOf(user, 'contact')
    const phone = personOfJid(user.attrs['jid'])?.phone
    if (contact?.attrs['type'] !== 'in' || phone === undefined) continue
    const person = { phone, lid: personOfJid(childOf(user, 'lid')?.attrs['val'])?.lid }
    known.set(phone, person)
    const asked = digitsIn(contact)
    if (asked !== '') known.set(asked, person)
  }
  return known
}

function question(forms: readonly string[], sid: string): BinaryNode {
  const query = node('query', {}, [node('contact'), node('lid')])
  const users = forms.map((form) => node('user', {}, [node('contact', {}, `+${form}`)]))
  const context = { context: 'interactive', mode: 'query', sid, last: 'true', index: '0' }
  return node('iq', { to: S_WHATSAPP_NET, type: 'get', xmlns: 'usync' }, [
    node('usync', context, [query, node('list', {}, users)]),
  ])
}

function digitsIn({ content }: BinaryNode): string {
  const text = content instanceof Uint8Array ? Buffer.from(content).toString() : content
  return typeof text === 'string' ? text.replace(/\D/gu, '') : ''
}

function node(
  tag: string,
  attrs: Readonly<Record<string, string>> = {},
  content?: BinaryNode['content'],
): BinaryNode {
  return content === undefined
    ? { tag, attrs: { ...attrs } }
    : { tag, attrs: { ...attrs }, content }
}

function childrenOf(parent: BinaryNode | undefined): readonly BinaryNode[] {
  return Array.isArray(parent?.content) ? parent.content : []
}

function childOf(parent: BinaryNode | undefined, tag: string): BinaryNode | undefined {
  return childrenOf(parent).find((child) => child.tag === tag)
}
