/**
 * What a stanza says and Baileys leaves out of the message that it makes of it.
 *
 * Kept for a moment, under the chat and the id of that message.
 */

import { type BinaryNode, isJidNewsletter, type WAMessageKey } from 'baileys'
import type { PersonId } from '../../domain/chat.js'
import { personOfJid, withOtherAddress } from '../jid.js'

export interface StanzaFact {
  /** The members were not added: they came by the group's link. */
  readonly joinedByLink?: boolean
  /** WhatsApp's server itself changed the timer of a group: a member's claim does not count. */
  readonly setTimer?: boolean
  /** Who asked to join a group, or asks no longer. Baileys names one of them, and of a request one that is none of them. */
  readonly requesters?: readonly PersonId[]
  /** What this number said in its channel, on another device (zapo `message/kinds/newsletter.ts` and whatsapp-rust `features/newsletter.rs`, 2026-08). */
  readonly isOwnPost?: boolean
  /** To whom a message to a list of our own went. */
  readonly listRecipients?: readonly PersonId[]
}

/** The message of a stanza is read at once, but for those that wait in Baileys for the end of the login. */
const mostFacts = 1_000

export class StanzaFacts {
  readonly #facts = new Map<string, StanzaFact>()

  /** Call it with each `<message>` and `<notification>` before Baileys works on it. */
  hear({ tag, attrs, content }: BinaryNode): void {
    const fact = Array.isArray(content) ? factOf(tag, attrs, content) : undefined
    if (fact === undefined) return
    const [oldest] = this.#facts.keys()
    if (this.#facts.size >= mostFacts && oldest !== undefined) this.#facts.delete(oldest)
    this.#facts.set(nameOf(attrs['from'], attrs['id']), fact)
  }

  of({ remoteJid, id }: WAMessageKey): StanzaFact | undefined {
    return this.#facts.get(nameOf(remoteJid, id))
  }
}

function factOf(
  tag: string,
  attrs: BinaryNode['attrs'],
  content: readonly BinaryNode[],
): StanzaFact | undefined {
  if (tag === 'message') {
    if (attrs['is_sender'] === 'true' && isJidNewsletter(attrs['from'])) return { isOwnPost: true }
    const list = content.find((child) => child.tag === 'participants')
    if (list === undefined || !attrs['from']?.endsWith('@broadcast')) return undefined
    return { listRecipients: recipientsOf(list) }
  }
  const [change] = content
  if (attrs['type'] !== 'w:gp2' || change === undefined) return undefined
  const requesters = requesterTags[change.tag]
  if (requesters !== undefined) return requestersIn(change, requesters)
  if (change.tag === 'add' && change.attrs['reason'] === 'invite') return { joinedByLink: true }
  return change.tag === 'ephemeral' || change.tag === 'not_ephemeral'
    ? { setTimer: true }
    : undefined
}

/** By what happened to a request: the tag that names its people (whatsapp-rust `stanza/groups.rs`, 2026-08). */
const requesterTags: Readonly<Record<string, string>> = {
  created_membership_requests: 'requested_user',
  revoked_membership_requests: 'participant',
}

function requestersIn({ content }: BinaryNode, tag: string): StanzaFact | undefined {
  const named = (Array.isArray(content) ? content : []).filter((child) => child.tag === tag)
  const people = named.flatMap(({ attrs }) => {
    const person = personOfJid(attrs['jid'])
    return person === undefined
      ? []
      : [withOtherAddress(person, personOfJid(attrs['phone_number']))]
  })
  return people.length === 0 ? undefined : { requesters: people }
}

function recipientsOf({ content }: BinaryNode): readonly PersonId[] {
  const entries = Array.isArray(content) ? content : []
  return entries.flatMap(({ tag, attrs }) => {
    const person = tag === 'to' ? personOfJid(attrs['jid']) : undefined
    const other = personOfJid(attrs['peer_recipient_pn'] ?? attrs['peer_recipient_lid'])
    return person === undefined ? [] : [withOtherAddress(person, other)]
  })
}

const nameOf = (chat: string | null | undefined, id: string | null | undefined): string =>
  JSON.stringify([chat, id])
