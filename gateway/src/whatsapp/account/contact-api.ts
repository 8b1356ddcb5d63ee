/** The address book, blocked people and reports, over one open socket. */

import {
  type BinaryNode,
  chatModificationToAppPatch,
  proto,
  S_WHATSAPP_NET,
  type WASocket,
} from 'baileys'
import type { Recipient } from '../../domain/chat.js'
import type { ContactApi, Evidence, NewContact } from '../../domain/contact-changes.js'
import type { DirectoryFact } from '../../domain/directory.js'
import { NotConnectedError, WhatsappSilentError } from '../../domain/errors.js'
import { ask } from '../connection/ask.js'
import { unsaved } from '../receive/directory-facts.js'
import { jidOfPerson, lidJid, personOfJid, phoneJid } from '../jid.js'
import { decodeOriginal } from '../send/original-message.js'
import type { Address, RecipientResolver } from '../send/resolve.js'
import { planOf } from '../send/stanza-plan.js'
import type { AppState } from './app-state.js'
import { knownAddress, namesInList } from './known-address.js'

export interface ContactApiOptions {
  readonly sock: Pick<WASocket, 'query'>
  readonly resolver: Pick<RecipientResolver, 'resolve' | 'addressesOf'>
  readonly appState: Pick<AppState, 'write'>
  isOpen(): boolean
  /** Stores it in the directory. */
  readonly keep: (facts: readonly DirectoryFact[]) => Promise<void>
}

export class BaileysContactApi implements ContactApi {
  readonly #options: ContactApiOptions

  constructor(options: ContactApiOptions) {
    this.#options = options
  }

  async save(contacts: readonly NewContact[]): Promise<readonly string[]> {
    const found = await this.#addressesOf(contacts.map(({ phone }) => phone))
    const changes = contacts.flatMap((contact) => {
      const address = found.get(contact.phone)
      return address === undefined ? [] : [contactPatch(contact, address)]
    })
    await this.#options.appState.write(changes)
    return contacts.flatMap(({ phone }) => (found.get(phone) === undefined ? [phone] : []))
  }

  async remove(phones: readonly string[]): Promise<void> {
    const found = await this.#addressesOf(phones)
    const { appState, keep } = this.#options
    const jids = phones.map((phone) => numberJid(phone, found.get(phone)))
    await appState.write(jids.map((jid) => chatModificationToAppPatch({ contact: null }, jid)))
    // Baileys tells of new names alone.
    await keep(
      jids.flatMap((jid) => {
        const person = personOfJid(jid)
        return person === undefined ? [] : [unsaved(person)]
      }),
    )
  }

  /** By LID; WhatsApp wants the number beside it where it is known. */
  async setBlocked(person: Recipient, isBlocked: boolean): Promise<void> {
    const { sock, keep } = this.#options
    const address = await knownAddress(person, this.#options)
    const names = namesInList(address)
    const attrs = isBlocked ? { action: 'block', ...names } : { action: 'unblock', jid: names.jid }
    await ask(sock, setQuery('blocklist', { tag: 'item', attrs }))
    if (address.chat.kind !== 'person') return
    const { phone, lid } = address.chat
    const listed = { list: 'blocked', person: { phone, lid }, isListed: isBlocked } as const
    await keep([{ kind: 'privacy-list-changed', ...listed }])
  }

  /** The shape is that of whatsapp-rust (`iq/spam_report.rs`), which was not seen on a real account. */
  async report(person: Recipient, evidence: Evidence): Promise<void> {
    const { jid } = await knownAddress(person, this.#options)
    const { whatsappId: id, at, author, original } = evidence
    const message = decodeOriginal(original)
    const { mediatype } = planOf(message)
    const attrs = { id, t: Math.floor(at / 1_000).toString(), from: jidOfPerson(author) ?? jid }
    const raw = {
      tag: 'raw',
      attrs: { v: '3', ...(mediatype === undefined ? {} : { mediatype }) },
      content: proto.Message.encode(message).finish(),
    }
    const content = [{ tag: 'message', attrs, content: [raw] }]
    const list = { tag: 'spam_list', attrs: { spam_flow: 'ContactInfo' }, content }
    await ask(this.#options.sock, setQuery('spam', list))
  }

  /** Without those that are not on WhatsApp. */
  async #addressesOf(phones: readonly string[]): Promise<ReadonlyMap<string, Address>> {
    const { resolver } = this.#options
    if (!this.#options.isOpen())
      throw new NotConnectedError('the connection to WhatsApp is not open')
    const people = phones.map((phone) => ({ kind: 'person', phone }) as const)
    try {
      // All at once; each of them is known then.
      await resolver.addressesOf(people)
      const found = new Map<string, Address>()
      for (const person of people) {
        const address = await resolver.resolve(person)
        if (address !== undefined) found.set(person.phone, address)
      }
      return found
    } catch (cause) {
      throw new WhatsappSilentError(
        'WhatsApp did not say whether the phones are on WhatsApp. Try again.',
        { cause },
      )
    }
  }
}

/** Contacts are named by number, however the chat is. */
function numberJid(asked: string, address: Address | undefined): string {
  const phone = address?.chat.kind === 'person' ? address.chat.phone : undefined
  return phoneJid(phone ?? asked)
}

function contactPatch({ phone, firstName, lastName }: NewContact, address: Address) {
  const lid = address.chat.kind === 'person' ? address.chat.lid : undefined
  const contact = {
    fullName: [firstName, lastName].filter((name) => name !== undefined).join(' '),
    firstName,
    ...(lid === undefined ? {} : { lidJid: lidJid(lid) }),
    saveOnPrimaryAddressbook: true,
  }
  return chatModificationToAppPatch({ contact }, numberJid(phone, address))
}

function setQuery(xmlns: string, content: BinaryNode): BinaryNode {
  return { tag: 'iq', attrs: { xmlns, to: S_WHATSAPP_NET, type: 'set' }, content: [content] }
}
