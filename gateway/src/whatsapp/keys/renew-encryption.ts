/**
 * Makes new keys for a chat whose stored ratchets may be behind the wire.
 *
 * Baileys writes a message first and stores the ratchets after. When the
 * process dies between the two, the next message would use a counter again:
 * the recipient's devices take it for a repetition and drop it without a word.
 * New sessions begin at zero on both sides, so nothing can be behind.
 *
 * A group message has one more ratchet, the sender key. A new one is made and
 * given to every member by simply forgetting the old one. Its distribution in
 * the lost send may have moved the pairwise ratchets of those members that did
 * not have it yet, so theirs are renewed as well.
 */

import { isJidGroup, isJidNewsletter, jidNormalizedUser, type WASocket } from 'baileys'
import { statusJid } from '../jid.js'
import type { DeviceSessions } from './device-sessions.js'

export interface RenewContext {
  readonly sock: WASocket
  readonly sessions: DeviceSessions
  readonly statusAudience: () => Promise<{ readonly people: readonly string[] }>
}

/** Throws when WhatsApp does not give the keys; nothing was sent, and trying again is safe. */
export async function renewEncryption(jid: string, context: RenewContext): Promise<void> {
  // What a channel says is not encrypted.
  if (isJidNewsletter(jid)) return
  if (jid === statusJid) return renewStatus(context)
  await (isJidGroup(jid) ? renewGroup(jid, context) : renewPerson(jid, context))
}

async function renewPerson(jid: string, { sock, sessions }: RenewContext): Promise<void> {
  await sessions.reach([jid, ...ownJids(sock)], { renew: true })
}

/** Each status gives its key to all who see it. */
async function renewStatus({ sock, sessions, statusAudience }: RenewContext): Promise<void> {
  const { people } = await statusAudience()
  await sessions.reach(people, { renew: true })
  await forgetSenderKey(statusJid, sock)
}

async function renewGroup(group: string, { sock, sessions }: RenewContext): Promise<void> {
  const { participants } = await sock.groupMetadata(group)
  const members = participants.map(({ id }) => id)
  const except = await keyHolders(group, sock)
  await sessions.reach(members, { renew: true, except })
  await forgetSenderKey(group, sock)
}

async function forgetSenderKey(group: string, sock: WASocket): Promise<void> {
  const { keys, creds } = sock.authState
  const own = [creds.me?.id, creds.me?.lid].filter((each) => each !== undefined)
  await keys.transaction(async () => {
    await keys.set({
      'sender-key': Object.fromEntries(own.map((jid) => [senderKeyId(sock, group, jid), null])),
      'sender-key-memory': { [group]: null },
    })
  }, creds.me?.id ?? group)
}

/** The devices that were given our sender key of the group. */
export async function keyHolders(group: string, sock: WASocket): Promise<ReadonlySet<string>> {
  const stored = await sock.authState.keys.get('sender-key-memory', [group])
  const holders = Object.entries(stored[group] ?? {})
  return new Set(holders.flatMap(([device, holds]) => (holds ? [device] : [])))
}

/** The person that we are ourselves, whose other devices get a copy of each message. */
export function ownJids(sock: WASocket): readonly string[] {
  const { id, lid } = sock.authState.creds.me ?? {}
  const own = lid ?? id
  return own === undefined ? [] : [jidNormalizedUser(own)]
}

/** The name under which Baileys stores our sender key of a group. */
function senderKeyId(sock: WASocket, group: string, jid: string): string {
  const [id, device] = sock.signalRepository.jidToSignalProtocolAddress(jid).split('.')
  return `${group}::${id}::${device}`
}
