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

import { isJidGroup, jidNormalizedUser, type WASocket } from 'baileys'

/** Throws when WhatsApp does not give the keys; nothing was sent, and trying again is safe. */
export async function renewEncryption(sock: WASocket, jid: string): Promise<void> {
  await (isJidGroup(jid) ? renewGroup(sock, jid) : renewPerson(sock, jid))
}

async function renewPerson(sock: WASocket, jid: string): Promise<void> {
  const devices = await devicesOf(sock, [jid, ...ownJids(sock)])
  if (devices.length > 0) await sock.assertSessions(devices, true)
}

async function renewGroup(sock: WASocket, group: string): Promise<void> {
  const { participants } = await sock.groupMetadata(group)
  const { keys, creds } = sock.authState
  const devices = await devicesOf(
    sock,
    participants.map(({ id }) => id),
  )
  const memory = (await keys.get('sender-key-memory', [group]))[group] ?? {}
  const without = devices.filter((device) => memory[device] !== true)
  if (without.length > 0) await sock.assertSessions(without, true)

  const own = [creds.me?.id, creds.me?.lid].filter((each) => each !== undefined)
  await keys.transaction(async () => {
    await keys.set({
      'sender-key': Object.fromEntries(own.map((jid) => [senderKeyId(sock, group, jid), null])),
      'sender-key-memory': { [group]: null },
    })
  }, creds.me?.id ?? group)
}

/** Every device but this one. */
async function devicesOf(sock: WASocket, jids: readonly string[]): Promise<string[]> {
  const { id, lid } = sock.authState.creds.me ?? {}
  const devices = await sock.getUSyncDevices([...jids], true, false)
  return devices.map(({ jid }) => jid).filter((jid) => jid !== id && jid !== lid)
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
