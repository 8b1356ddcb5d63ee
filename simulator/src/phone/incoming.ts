/** What a phone does with each stanza that arrives: shows, notes, answers and acknowledges. */

import type { EventEmitter } from 'node:events'
import { type BinaryNode, isJidGroup, isJidNewsletter, proto } from 'baileys'
import type { RatchetReuse } from '../model.js'
import { type Change, isChange } from '../draw/change.js'
import { changeFault } from '../draw/attributes.js'
import { contentOf, draw } from '../draw/index.js'
import { timerIn } from '../draw/protocol.js'
import { bytesOf, childOf, childrenOf, STATUS_JID } from '../wire/stanza.js'
import type { Calling } from './calling.js'
import { numberOf, readableChatOf } from './chat-names.js'
import { type DisplayParts, displayed } from './display.js'
import type { MessageShelf, ShelfEmitter } from './message-shelf.js'
import type { Outgoing } from './outgoing.js'
import type { PhoneEvents } from './phone-events.js'
import type { Arrival, Reader } from './reader.js'
import type { AppState } from './app-state.js'
import type { ChatStates } from './chat-states.js'
import { type FetchFile, withFiles } from './shown-file.js'
import type { SignalIdentity } from './signal-identity.js'

const MORE_KEYS = 20
/** Receipts of messages that a person has seen. */
const seenTypes: ReadonlySet<string> = new Set(['read', 'read-self', 'played'])

export interface IncomingParts extends DisplayParts {
  readonly events: EventEmitter<PhoneEvents>
  readonly signal: SignalIdentity
  readonly shelf: MessageShelf
  /** The statuses of the last day, its own too. */
  readonly statuses: MessageShelf
  readonly statusEvents: ShelfEmitter
  readonly reader: Reader
  readonly outgoing: Outgoing
  readonly appState: AppState
  readonly chats: Pick<ChatStates, 'setTimer'>
  readonly calling: Calling
  readonly fetchFile: FetchFile
  /** By a companion, whose JID it is. */
  readonly asked: (content: proto.IMessage, from: string) => Promise<void>
  /** Does to an earlier message what a later one, of this person, asks for. */
  readonly apply: (change: Change, from: string) => Promise<void>
}

export class Incoming {
  readonly ratchetReuses: RatchetReuse[] = []
  readonly #parts: IncomingParts
  #duplicatesDropped = 0

  constructor(parts: IncomingParts) {
    this.#parts = parts
  }

  /** Messages that arrived again under an id that this phone had already. */
  get duplicatesDropped(): number {
    return this.#duplicatesDropped
  }

  /** One at a time: the ratchets are used. */
  async take(node: BinaryNode): Promise<void> {
    const { reader, signal, appState, calling } = this.#parts
    switch (node.tag) {
      case 'message':
        return this.#takeMessage(node)
      case 'receipt':
        await this.#takeReceipt(node)
        return reader.acknowledge(node)
      case 'notification':
        if (node.attrs['type'] === 'encrypt') await signal.uploadKeys(MORE_KEYS)
        if (node.attrs['type'] === 'server_sync') await appState.catchUp(node)
        if (node.attrs['type'] === 'w:gp2') this.#takeGroupChange(node)
        if (node.attrs['type'] === 'newsletter') this.#takeCounts(node)
        return reader.acknowledge(node)
      case 'chatstate':
        return this.#takeTyping(node)
      case 'call':
        calling.take(node)
        return reader.acknowledge(node)
      default:
        return undefined
    }
  }

  async #takeMessage(node: BinaryNode): Promise<void> {
    const { reader, shelf, events } = this.#parts
    const id = node.attrs['id'] ?? ''
    const from = this.#numberOf(node.attrs['participant'] ?? node.attrs['from'])
    if (isJidNewsletter(node.attrs['from']) && node.attrs['edit'] !== undefined)
      return this.#changePost(node)
    const arrival = await reader.read(
      node,
      (shelf.find(id, from) ?? this.#parts.statuses.find(id, from)) !== undefined,
    )
    if (arrival.reuse !== undefined) {
      this.ratchetReuses.push(arrival.reuse)
      events.emit('ratchet-reuse', arrival.reuse)
    }
    switch (arrival.kind) {
      case 'duplicate':
        this.#duplicatesDropped += 1
        events.emit('duplicate', { id, from })
        return undefined
      case 'unreadable':
        events.emit('unreadable', { id, from, asked: arrival.asked })
        return undefined
      case 'unseen':
        return undefined
      case 'peer':
        return this.#parts.asked(arrival.content, node.attrs['from'] ?? '')
      case 'content':
        if (arrival.chatJid === STATUS_JID) return this.#showStatus(node, arrival)
        return this.#show(node, arrival)
    }
  }

  async #show(stanza: BinaryNode, arrival: Arrival & { kind: 'content' }): Promise<void> {
    const change = draw(arrival.content, (jid) => this.#numberOf(jid ?? undefined))
    if (isChange(change)) {
      const from = this.#numberOf(arrival.authorJid)
      const why = changeFault(contentOf(arrival.content), stanza)
      if (why === undefined) return this.#parts.apply(change, from)
      this.#parts.events.emit('change-refused', { id: change.changes, from, why })
      return undefined
    }
    const { network, fetchFile, shelf, events } = this.#parts
    const { content, chatJid, authorJid, fromMe } = arrival
    const message = displayed(this.#parts, {
      stanza,
      id: stanza.attrs['id'] ?? '',
      chat: readableChatOf(network, chatJid),
      from: this.#numberOf(authorJid),
      content,
      status: fromMe ? 'sent' : 'delivered',
    })
    const timer = timerIn(content)
    // That of a group is the server's.
    if (timer !== undefined && !isJidGroup(chatJid)) this.#parts.chats.setTimer(message.chat, timer)
    // A message on the shelf is whole.
    events.emit('message', shelf.put(await withFiles(message, fetchFile)))
  }

  /** A channel changes what it said under the same id. */
  async #changePost(node: BinaryNode): Promise<void> {
    const { id = '', from, edit } = node.attrs
    const bytes = bytesOf(childOf(node, 'plaintext'))
    const by =
      edit === '8' || bytes === undefined
        ? ({ change: 'delete' } as const)
        : ({ change: 'edit', content: proto.Message.decode(bytes) } as const)
    await this.#parts.apply({ changes: id, by }, this.#numberOf(from))
    this.#parts.reader.acknowledge(node)
  }

  /** How often each reaction stands below what a channel said. WhatsApp does not tell who reacted. */
  #takeCounts(notification: BinaryNode): void {
    const { shelf } = this.#parts
    for (const update of childrenOf(notification, 'live_updates'))
      for (const told of childrenOf(childOf(update, 'messages'), 'message')) {
        const message = shelf.find(told.attrs['id'] ?? '')
        if (message === undefined) continue
        const reactions = childrenOf(childOf(told, 'reactions'), 'reaction').flatMap(({ attrs }) =>
          Array.from({ length: Number(attrs['count']) }, () => ({
            from: '',
            text: attrs['code'] ?? '',
          })),
        )
        shelf.change({ ...message, state: { ...message.state, reactions } })
      }
  }

  /** On the page of statuses, which is not one of its chats. */
  async #showStatus(stanza: BinaryNode, arrival: Arrival & { kind: 'content' }): Promise<void> {
    const { network, account, fetchFile, statuses, statusEvents } = this.#parts
    const { content, authorJid } = arrival
    const from = this.#numberOf(authorJid)
    const shown = displayed(this.#parts, {
      stanza,
      id: stanza.attrs['id'] ?? '',
      chat: network.byPhone(from) ?? account,
      from,
      content,
      status: 'delivered',
    })
    const complete = await withFiles({ ...shown, chat: STATUS_JID }, fetchFile)
    statusEvents.emit('message', statuses.put(complete))
  }

  async #takeReceipt(receipt: BinaryNode): Promise<void> {
    const { outgoing, shelf, events } = this.#parts
    const { id, type } = receipt.attrs
    if (type === 'retry') return outgoing.sendAgain(receipt)
    const ids = [
      id,
      ...childrenOf(childOf(receipt, 'list'), 'item').map((item) => item.attrs['id']),
    ]
    const status = seenTypes.has(type ?? '') ? 'read' : 'delivered'
    if (receipt.attrs['from'] === STATUS_JID && status === 'read') {
      const from = this.#numberOf(receipt.attrs['participant'])
      events.emit('status-seen', { id: id ?? '', from })
    }
    // Its own companion's receipt says nothing about the other person.
    if (type === 'sender') return undefined
    for (const each of ids) if (each !== undefined) shelf.advance(each, status)
    return undefined
  }

  #takeGroupChange(notification: BinaryNode): void {
    for (const { tag, attrs } of childrenOf(notification))
      if (tag === 'ephemeral' || tag === 'not_ephemeral')
        this.#parts.chats.setTimer(
          notification.attrs['from'] ?? '',
          Number(attrs['expiration'] ?? 0),
        )
  }

  #takeTyping(chatstate: BinaryNode): void {
    const from = this.#numberOf(chatstate.attrs['participant'] ?? chatstate.attrs['from'])
    const chat = isJidGroup(chatstate.attrs['from']) ? (chatstate.attrs['from'] ?? '') : from
    for (const { tag: state } of childrenOf(chatstate)) {
      this.#parts.events.emit('typing', { chat, from, state })
    }
  }

  #numberOf(jid: string | undefined): string {
    return numberOf(this.#parts.network, jid)
  }
}
