/** Statuses (stories): those that the phone shows, its own too, and what its owner posts. */

import { EventEmitter } from 'node:events'
import { generateMessageIDV2, type proto } from 'baileys'
import type { Account } from '../account.js'
import { ActRefusedError, type PhoneMessage } from '../model.js'
import type { Post } from '../person-acts.js'
import { STATUS_JID, stanza } from '../wire/stanza.js'
import { compose, type StoreFile } from './composing.js'
import { type DisplayParts, displayed } from './display.js'
import { MessageShelf, type ShelfEvents } from './message-shelf.js'
import { contentOfPost } from './posts.js'
import { type FetchFile, withFiles } from './shown-file.js'

export interface StoriesParts extends DisplayParts {
  readonly fetchFile: FetchFile
  readonly storeFile: StoreFile
  readonly send: (id: string, to: readonly Account[], content: proto.IMessage) => Promise<void>
  readonly receipt: (story: PhoneMessage) => void
  readonly unreadable: () => number
}

export class Stories {
  readonly events = new EventEmitter<ShelfEvents>()
  readonly shelf: MessageShelf
  readonly #parts: StoriesParts

  constructor(parts: StoriesParts) {
    this.#parts = parts
    this.shelf = new MessageShelf(this.events, parts.unreadable)
  }

  /** For these people (digits) to see. Returns its id. */
  async post(post: Post, to: readonly string[]): Promise<string> {
    const { account, network, storeFile, fetchFile, send } = this.#parts
    const id = generateMessageIDV2(account.jid('pn'))
    const people = to.flatMap((number) => network.byDialledNumber(number) ?? [])
    const content =
      post.text === undefined
        ? await compose(contentOfPost(post), storeFile)
        : { extendedTextMessage: { text: post.text } }
    await send(id, people, content)
    const from = account.phone
    const node = stanza('message', { id, to: STATUS_JID })
    const said = { stanza: node, id, chat: account, from, content, status: 'sent' } as const
    const story = await withFiles({ ...displayed(this.#parts, said), chat: STATUS_JID }, fetchFile)
    this.shelf.put(story)
    return id
  }

  /** Its author is told. Throws `ActRefusedError`. */
  see(id: string): void {
    const story = this.shelf.find(id)
    if (story === undefined || story.fromMe) throw new ActRefusedError('no such status of others')
    if (story.status === 'read') return
    this.#parts.receipt(story)
    this.shelf.advance(id, 'read')
  }
}
