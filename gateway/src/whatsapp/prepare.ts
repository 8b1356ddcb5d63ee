/**
 * Learns ahead, in three questions for all, what a send to each of many people would ask for.
 *
 * A stranger costs round trips one after the other: whether the number is on WhatsApp, which
 * devices it has, their keys. Nothing here is needed for a send to succeed: what could not be
 * learned, the send asks for itself.
 *
 * A session that was opened ahead has sent nothing, so it is behind nobody's ratchet,
 * and it is stored before any send sees it.
 */

import { setImmediate as nextTurn } from 'node:timers/promises'
import { type BinaryNode, parseAndInjectE2ESessions, S_WHATSAPP_NET, type WASocket } from 'baileys'
import type { Recipient } from '../domain/chat.js'
import { ask } from './ask.js'
import { ownJids } from './renew-encryption.js'
import type { RecipientResolver } from './resolve.js'

export interface PrepareContext {
  readonly sock: WASocket
  readonly resolver: RecipientResolver
  readonly closed: AbortSignal
}

/** So many sessions a write; in between, others have their turn: one takes some milliseconds to compute. */
const sessionsAtOnce = 8
/** Of everything that opens sessions ahead of their sends. */
const lock = 'sessions-opened-ahead'

/** Throws when WhatsApp does not answer; what was learned until then is kept, and trying again is safe. */
export async function prepareSends(
  recipients: readonly Recipient[],
  { sock, resolver, closed }: PrepareContext,
): Promise<void> {
  const jids = await resolver.addressesOf(recipients)
  if (jids.length === 0 || closed.aborted) return
  const devices = await sock.getUSyncDevices([...jids, ...ownJids(sock)], true, false)
  const withoutSession = await strangersAmong(
    devices.map(({ jid }) => jid),
    sock,
  )
  if (withoutSession.length === 0 || closed.aborted) return
  const answer = await ask(sock, keysQuestion(withoutSession))
  const bundles = bundlesIn(answer)
  for (let start = 0; start < bundles.length; start += sessionsAtOnce) {
    if (closed.aborted) return
    await openSessions(bundles.slice(start, start + sessionsAtOnce), sock)
    await nextTurn()
  }
}

/** Sessions are kept under LIDs; keys of a number without one are never asked for. */
async function strangersAmong(jids: readonly string[], sock: WASocket): Promise<readonly string[]> {
  const { authState, signalRepository } = sock
  const { id, lid } = authState.creds.me ?? {}
  const addresses = new Map(
    jids
      .filter((jid) => jid.endsWith('@lid') && jid !== id && jid !== lid)
      .map((jid) => [jid, signalRepository.jidToSignalProtocolAddress(jid)]),
  )
  const known = await authState.keys.get('session', [...addresses.values()])
  return [...addresses].filter(([, address]) => known[address] === undefined).map(([jid]) => jid)
}

function keysQuestion(jids: readonly string[]): BinaryNode {
  const users = jids.map((jid) => ({ tag: 'user', attrs: { jid } }))
  return {
    tag: 'iq',
    attrs: { xmlns: 'encrypt', type: 'get', to: S_WHATSAPP_NET },
    content: [{ tag: 'key', attrs: {}, content: users }],
  }
}

/** Those devices whose keys WhatsApp gave. */
function bundlesIn(answer: BinaryNode): readonly BinaryNode[] {
  const lists = Array.isArray(answer.content) ? answer.content : []
  const users = lists.flatMap(({ tag, content }) =>
    tag === 'list' && Array.isArray(content) ? content : [],
  )
  return users.filter(
    ({ content }) => Array.isArray(content) && !content.some(({ tag }) => tag === 'error'),
  )
}

/** In one write. A session that came into being meanwhile stays: it may have been used. */
async function openSessions(bundles: readonly BinaryNode[], sock: WASocket): Promise<void> {
  await sock.authState.keys.transaction(async () => {
    const jids = bundles.map(({ attrs }) => attrs['jid'] ?? '')
    const wanted = new Set(await strangersAmong(jids, sock))
    for (const bundle of bundles) {
      if (!wanted.has(bundle.attrs['jid'] ?? '')) continue
      const list: BinaryNode = { tag: 'list', attrs: {}, content: [bundle] }
      const one: BinaryNode = { tag: 'iq', attrs: {}, content: [list] }
      // A forged signature concerns nobody else; the send to this device will say so.
      await parseAndInjectE2ESessions(one, sock.signalRepository).catch(() => {})
    }
  }, lock)
}
