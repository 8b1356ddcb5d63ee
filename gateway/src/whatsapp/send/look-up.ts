/**
 * Asks WhatsApp which of many numbers it knows, and under which LID.
 *
 * A number that has two forms (`domain/phone-forms.ts`) is asked for in both.
 * WhatsApp answers with the number in its own form, beside the text that was
 * asked for; where it leaves that text out, the form tells whose answer it is.
 */

import { areJidsSameUser, type BinaryNode, S_WHATSAPP_NET, type WASocket } from 'baileys'
import { formsOf } from '../../domain/phone-forms.js'
import type { LookedUpPhone } from '../../domain/profile.js'
import { ask } from '../connection/ask.js'
import { personOfJid } from '../jid.js'

/** A stanza of some 100 KB at the most, and few enough questions for a list of 50,000. */
const phonesAtOnce = 500

/** By each form of a number that the answer mentions: the person, or that it is not on WhatsApp. */
type Known = ReadonlyMap<string, Person | 'not-on-whatsapp'>

interface Person {
  readonly phone: string
  readonly lid: string | undefined
}

/**
 * In the order of `phones`; a number that stands there twice is asked for once.
 * What an answer leaves out is asked for once more; a second silence is told as such.
 * Throws `WhatsappRefusedError`, `WhatsappSilentError`, or the signal's reason.
 */
export async function lookUp(
  sock: Asking,
  phones: readonly string[],
  signal: AbortSignal,
): Promise<readonly LookedUpPhone[]> {
  const found = await lookUpOnce(sock, [...new Set(phones)], signal)
  const leftOut = [...found.values()].filter(({ isUnanswered }) => isUnanswered)
  if (leftOut.length > 0) {
    const asked = leftOut.map((each) => each.asked)
    for (const [phone, each] of await lookUpOnce(sock, asked, signal)) found.set(phone, each)
  }
  return phones.map((phone) => found.get(phone) ?? { asked: phone, isUnanswered: true })
}

type Asking = Pick<WASocket, 'query' | 'generateMessageTag'>

async function lookUpOnce(
  sock: Asking,
  different: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, LookedUpPhone>> {
  const found = new Map<string, LookedUpPhone>()
  for (let start = 0; start < different.length; start += phonesAtOnce) {
    signal.throwIfAborted()
    const some = different.slice(start, start + phonesAtOnce)
    const known = knownIn(
      await ask(sock, question([...new Set(some.flatMap(formsOf))], sock.generateMessageTag())),
    )
    for (const asked of some) found.set(asked, lookedUp(asked, known))
  }
  return found
}

/** Both forms may be on WhatsApp, as two people: the one that was asked for is meant. */
function lookedUp(asked: string, known: Known): LookedUpPhone {
  const answers = formsOf(asked).map((form) => known.get(form))
  for (const answer of answers)
    if (answer !== undefined && answer !== 'not-on-whatsapp') return { asked, ...answer }
  // Of two forms of one number WhatsApp may answer one.
  return answers.includes('not-on-whatsapp') ? { asked } : { asked, isUnanswered: true }
}

/** What an answer says, by the number that was asked for and by WhatsApp's own form of it. */
function knownIn(answer: BinaryNode): Known {
  const known = new Map<string, Person | 'not-on-whatsapp'>()
  for (const user of usersIn(answer)) {
    const contact = childOf(user, 'contact')
    const phone = personOfJid(user.attrs['jid'])?.phone
    const names = [phone ?? '', contact === undefined ? '' : digitsIn(contact)].filter(Boolean)
    const lid = personOfJid(childOf(user, 'lid')?.attrs['val'])?.lid
    const isIn = contact?.attrs['type'] === 'in' && phone !== undefined
    for (const name of names) known.set(name, isIn ? { phone, lid } : 'not-on-whatsapp')
  }
  return known
}

/**
 * Whether WhatsApp lists any device of this person, asked for by address. `undefined`: asked twice, it did
 * not say. Throws `WhatsappRefusedError`, `WhatsappSilentError`; Baileys takes silence for an empty list.
 */
export async function hasDevices(sock: Asking, jid: string): Promise<boolean | undefined> {
  for (let times = 0; times < 2; times += 1) {
    const query = [node('devices', { version: '2' })]
    const users = [node('user', { jid })]
    const answer = await ask(sock, usync('message', query, users, sock.generateMessageTag()))
    const told = usersIn(answer).find((user) => areJidsSameUser(user.attrs['jid'], jid))
    if (told !== undefined)
      return childrenOf(childOf(childOf(told, 'devices'), 'device-list')).length > 0
  }
  return undefined
}

function question(forms: readonly string[], sid: string): BinaryNode {
  const users = forms.map((form) => node('user', {}, [node('contact', {}, `+${form}`)]))
  return usync('interactive', [node('contact'), node('lid')], users, sid)
}

function usync(context: string, query: BinaryNode[], users: BinaryNode[], sid: string): BinaryNode {
  const attrs = { context, mode: 'query', sid, last: 'true', index: '0' }
  return node('iq', { to: S_WHATSAPP_NET, type: 'get', xmlns: 'usync' }, [
    node('usync', attrs, [node('query', {}, query), node('list', {}, users)]),
  ])
}

function usersIn(answer: BinaryNode): readonly BinaryNode[] {
  return childrenOf(childOf(childOf(answer, 'usync'), 'list'))
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
