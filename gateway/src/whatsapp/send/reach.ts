/**
 * The way to a recipient: the address, and a session with each of its devices.
 *
 * What is remembered may be older than the truth: a number can have moved to another LID, a
 * device can have been removed. What leads nowhere is asked for once more, and only then given up.
 */

import type { GroupMetadata, WASocket } from 'baileys'
import { areJidsSameUser, jidNormalizedUser } from 'baileys'
import type { Recipient } from '../../domain/chat.js'
import type { Unreachable } from '../../domain/sending.js'
import { refusalCodeOf } from '../connection/ask.js'
import { hasDevices } from './look-up.js'
import type { DeviceSessions } from '../keys/device-sessions.js'
import { keyHolders } from '../keys/renew-encryption.js'
import type { StatusAudience } from './status-audience.js'
import { type Address, type RecipientResolver, UnansweredError } from './resolve.js'

export interface ReachContext {
  readonly sock: WASocket
  readonly resolver: RecipientResolver
  readonly sessions: DeviceSessions
  readonly groups: FreshGroups
  /** Throws when WhatsApp does not answer. */
  readonly statusAudience: () => Promise<StatusAudience>
}

export type Way = Address | { readonly unreachable: Unreachable } | undefined

/** `undefined`: the recipient is not on WhatsApp. Throws when WhatsApp does not answer; asking again is safe. */
export async function wayTo(recipient: Recipient, context: ReachContext): Promise<Way> {
  try {
    const address = await context.resolver.resolve(recipient)
    if (address === undefined) return undefined
    // What a channel says is not encrypted.
    if (recipient.kind === 'newsletter') return address
    if (recipient.kind === 'status') return await wayToAudience(address, context)
    if (recipient.kind === 'group') return await wayToGroup(address, context)
    if (await reaches(address, context)) return address
    const another = await askAnew(recipient, address, context)
    if (another === undefined) return undefined
    if (await reaches(another, context)) return another
    throw new Error('WhatsApp lists no device of the recipient')
  } catch (cause) {
    if (cause instanceof UnansweredError) return { unreachable: 'unanswered' }
    throw cause
  }
}

/** A number may have another LID by now; a LID is never another person's. */
async function askAnew(
  recipient: Recipient,
  address: Address,
  { resolver, sock }: ReachContext,
): Promise<Address | undefined> {
  if (recipient.kind === 'person') return resolver.resolveAnew(recipient.phone)
  const isThere = await hasDevices(sock, address.jid)
  if (isThere === undefined) throw new UnansweredError('WhatsApp did not say whose LID it is')
  return isThere ? address : undefined
}

/** Whether there is a device of the person. Our own other devices get a copy. */
async function reaches({ jid }: Address, { sock, sessions }: ReachContext): Promise<boolean> {
  const own = ownJid(jid, sock)
  const devices = await sessions.reach([jid, own])
  return devices.some((device) => areJidsSameUser(device, jid) || !areJidsSameUser(device, own))
}

/** Baileys takes our own devices from the list that is named as the recipient is. */
function ownJid(jid: string, sock: WASocket): string {
  const { id = '', lid } = sock.authState.creds.me ?? {}
  return jidNormalizedUser(jid.endsWith('@lid') ? (lid ?? id) : id)
}

async function wayToAudience(address: Address, context: ReachContext): Promise<Way> {
  const audience = await context.statusAudience()
  await context.sessions.reach(audience.people)
  return { ...address, audience }
}

async function wayToGroup(address: Address, context: ReachContext): Promise<Way> {
  const { sock, sessions, groups } = context
  const { jid } = address
  const metadata = await groups.ask(jid, sock)
  if ('unreachable' in metadata) return metadata
  const members = metadata.participants.map(({ id }) => id)
  await sessions.reach(members, { except: await keyHolders(jid, sock) })
  return address
}

/** What WhatsApp said about groups for the sends that are being made. Baileys would ask again for each. */
export class FreshGroups {
  readonly #known = new Map<string, GroupMetadata>()

  /** For Baileys' options. */
  readonly cached = async (jid: string): Promise<GroupMetadata | undefined> => this.#known.get(jid)

  /** Throws when WhatsApp does not answer. */
  async ask(
    jid: string,
    sock: Pick<WASocket, 'groupMetadata'>,
  ): Promise<GroupMetadata | { readonly unreachable: Unreachable }> {
    try {
      const metadata = await sock.groupMetadata(jid)
      this.#known.set(jid, metadata)
      return metadata
    } catch (cause) {
      const code = refusalCodeOf(cause)
      if (code === 404) return { unreachable: 'no-such-group' }
      if (code === 401 || code === 403) return { unreachable: 'not-a-member' }
      throw cause
    }
  }

  /** The send is over: the next one asks again. */
  forget(jid: string): void {
    this.#known.delete(jid)
  }
}
