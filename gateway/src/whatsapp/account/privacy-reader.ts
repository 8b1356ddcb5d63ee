/** Reads what this number shows of itself and whom it blocks (`xmlns=privacy`, `blocklist`). */

import {
  type BinaryNode,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  S_WHATSAPP_NET,
  type WASocket,
} from 'baileys'
import type { PersonId } from '../../domain/chat.js'
import type {
  Audience,
  ListedSetting,
  OnlineAudience,
  PrivacyFact,
  PrivacyFacts,
} from '../../domain/privacy.js'
import { ask } from '../connection/ask.js'
import { personOfJid, withOtherAddress } from '../jid.js'

/** WhatsApp's words. */
export const categories: Readonly<Record<ListedSetting, string>> = {
  'last-seen': 'last',
  picture: 'profile',
  about: 'status',
  'group-adds': 'groupadd',
}
export const audiences: Readonly<Record<Audience, string>> = {
  all: 'all',
  contacts: 'contacts',
  none: 'none',
  'all-but': 'contact_blacklist',
}
const online: Readonly<Record<OnlineAudience, string>> = {
  all: 'all',
  'as-last-seen': 'match_last_seen',
}
export const blacklist = audiences['all-but']

type Asker = Pick<WASocket, 'query'>

export interface ReadList {
  /** Names the list as it is now. */
  readonly dhash: string | undefined
  readonly people: readonly PersonId[]
}

/** Everything at once. Throws `WhatsappRefusedError`, `WhatsappSilentError`; again is safe. */
export async function readPrivacy(sock: Asker): Promise<readonly PrivacyFact[]> {
  const facts = await readSettings(sock)
  const found: PrivacyFact[] = [{ kind: 'privacy', facts }]
  for (const list of keysIn(categories))
    if (facts[list] === 'all-but')
      found.push({ kind: 'privacy-list', list, people: (await readList(sock, list)).people })
  found.push({ kind: 'privacy-list', list: 'blocked', people: await readBlocked(sock) })
  return found
}

/** Who is left out of the setting. Throws as `readPrivacy`. */
export async function readList(sock: Asker, setting: ListedSetting): Promise<ReadList> {
  const list = { tag: 'list', attrs: { name: categories[setting], value: blacklist } }
  const answer = await askFor(sock, 'privacy', privacy({ addressing_mode: 'lid' }, list))
  const found = getBinaryNodeChild(getBinaryNodeChild(answer, 'privacy'), 'list')
  return { dhash: found?.attrs['dhash'], people: peopleIn(found, 'user') }
}

export function privacy(attrs: Readonly<Record<string, string>>, content?: BinaryNode): BinaryNode {
  return { tag: 'privacy', attrs: { ...attrs }, ...(content && { content: [content] }) }
}

async function readSettings(sock: Asker): Promise<PrivacyFacts> {
  const answer = await askFor(sock, 'privacy', privacy({}))
  const children = getBinaryNodeChildren(getBinaryNodeChild(answer, 'privacy'), 'category')
  const told = new Map(children.map(({ attrs }) => [attrs['name'], attrs['value']]))
  const listed = keysIn(categories).map((setting) => {
    const value = told.get(categories[setting])
    return [setting, keysIn(audiences).find((audience) => audiences[audience] === value)]
  })
  const sees = told.get('online')
  const receipts = told.get('readreceipts')
  return {
    ...Object.fromEntries(listed.filter(([, audience]) => audience !== undefined)),
    ...onlineIn(keysIn(online).find((audience) => online[audience] === sees)),
    ...(receipts === undefined ? {} : { readReceipts: receipts !== 'none' }),
  }
}

const onlineIn = (audience: OnlineAudience | undefined) =>
  audience === undefined ? {} : { online: audience }

async function readBlocked(sock: Asker): Promise<readonly PersonId[]> {
  return peopleIn(getBinaryNodeChild(await askFor(sock, 'blocklist'), 'list'), 'item')
}

function peopleIn(list: BinaryNode | undefined, tag: string): readonly PersonId[] {
  return getBinaryNodeChildren(list, tag).flatMap(({ attrs }) => {
    const person = personOfJid(attrs['jid'])
    return person === undefined ? [] : [withOtherAddress(person, personOfJid(attrs['pn_jid']))]
  })
}

function askFor(sock: Asker, xmlns: string, content?: BinaryNode): Promise<BinaryNode> {
  const attrs = { xmlns, to: S_WHATSAPP_NET, type: 'get' }
  return ask(sock, { tag: 'iq', attrs, ...(content && { content: [content] }) })
}

function keysIn<Key extends string>(table: Readonly<Record<Key, string>>): readonly Key[] {
  // `keys` forgets which names they are.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.keys(table) as Key[]
}
