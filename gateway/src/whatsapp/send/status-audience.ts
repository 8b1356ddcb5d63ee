/**
 * Who sees the statuses of this number. The server keeps the choice; each client names the people itself.
 *
 * By LID: an account that WhatsApp has moved to LIDs gets 479 for numbers (Baileys #2794, 2026-09-02). This
 * number is one of them, so that its own phone shows the status, and `<meta status_setting>` repeats the
 * choice (whatsapp-rust `send/status.rs`, 2026-04-18).
 */

import {
  type BinaryNode,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  jidNormalizedUser,
  type proto,
  S_WHATSAPP_NET,
  type WASocket,
} from 'baileys'
import type { PersonId } from '../../domain/chat.js'
import type { InstanceId } from '../../domain/instance.js'
import { ask } from '../connection/ask.js'
import { lidJid, personOfJid } from '../jid.js'

export interface StatusAudience {
  /** Their addresses, this number's own among them. */
  readonly people: readonly string[]
  readonly setting: 'contacts' | 'allowlist' | 'denylist'
}

export interface StatusAudienceOptions {
  readonly instanceId: InstanceId
  readonly sock: Pick<WASocket, 'query' | 'authState'>
  readonly contacts: { savedContacts(instanceId: InstanceId): Promise<readonly PersonId[]> }
  /** The LIDs' addresses of these numbers. */
  readonly directory: { lidsOf(phones: readonly string[]): Promise<ReadonlyMap<string, string>> }
}

/** So many numbers a question: WhatsApp takes no list of any length. */
const lidsAtOnce = 500

/** WhatsApp's words for the lists, and those for the choice. */
const settings = { contacts: 'contacts', whitelist: 'allowlist', blacklist: 'denylist' } as const

/** Throws when WhatsApp does not answer; asking again is safe. */
export async function statusAudience(options: StatusAudienceOptions): Promise<StatusAudience> {
  const { sock, instanceId, contacts } = options
  const { list, people } = chosenIn(await ask(sock, privacyQuestion))
  const named = new Set(await lidsOf(people, options))
  const all =
    list === 'whitelist' ? [] : await lidsOf(await contacts.savedContacts(instanceId), options)
  const chosen = list === 'whitelist' ? [...named] : all.filter((jid) => !named.has(jid))
  const { id = '', lid } = sock.authState.creds.me ?? {}
  return {
    people: [...new Set([...chosen, jidNormalizedUser(lid ?? id)])],
    setting: settings[list],
  }
}

const privacyQuestion: BinaryNode = {
  tag: 'iq',
  attrs: { to: S_WHATSAPP_NET, type: 'get', xmlns: 'status' },
  content: [{ tag: 'privacy', attrs: {} }],
}

interface Chosen {
  readonly list: keyof typeof settings
  /** Those whom a list names. */
  readonly people: readonly PersonId[]
}

function chosenIn(answer: BinaryNode): Chosen {
  const lists = getBinaryNodeChildren(getBinaryNodeChild(answer, 'privacy'), 'list')
  const chosen = lists.find(({ attrs }) => attrs['default'] === 'true')
  const list = chosen?.attrs['type']
  if (chosen === undefined || (list !== 'whitelist' && list !== 'blacklist'))
    return { list: 'contacts', people: [] }
  const people = getBinaryNodeChildren(chosen, 'user').flatMap(({ attrs }) => {
    const person = personOfJid(attrs['jid'])
    return person === undefined ? [] : [person]
  })
  return { list, people }
}

/** Without those who have none. */
async function lidsOf(
  people: readonly PersonId[],
  { directory }: StatusAudienceOptions,
): Promise<readonly string[]> {
  const found = people.flatMap(({ lid }) => (lid === undefined ? [] : [lidJid(lid)]))
  const phones = people.flatMap(({ phone, lid }) =>
    lid === undefined && phone !== undefined ? [phone] : [],
  )
  for (let start = 0; start < phones.length; start += lidsAtOnce) {
    const lids = await directory.lidsOf(phones.slice(start, start + lidsAtOnce))
    found.push(...[...lids.values()].map((jid) => jidNormalizedUser(jid)))
  }
  return found
}

export function settingNode({ setting }: StatusAudience): BinaryNode {
  return { tag: 'meta', attrs: { status_setting: setting } }
}

/** WhatsApp's own green. */
const background = 0xff_1f_a8_55
const white = 0xff_ff_ff_ff

/** A text stands on a ground of its own. */
export function asStatus(message: proto.IMessage): proto.IMessage {
  const { extendedTextMessage: text } = message
  if (!text) return message
  const colours = { backgroundArgb: background, textArgb: white, font: 0 }
  return { ...message, extendedTextMessage: { ...text, ...colours } }
}
