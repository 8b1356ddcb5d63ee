/** What its owner says and does with the phone: sent, and then shown or applied as on every other phone. */

import type { EventEmitter } from 'node:events'
import { type AnyMessageContent, type BinaryNode, generateMessageIDV2, type proto } from 'baileys'
import type { Account } from '../account.js'
import { type Change, isChange } from '../draw/change.js'
import { draw } from '../draw/index.js'
import type { Group } from '../group.js'
import type { MessageAct, Post } from '../person-acts.js'
import { ActRefusedError, type PhoneMessage } from '../model.js'
import {
  type Act,
  answerOf,
  correctionOf,
  deletionOf,
  forwardOf,
  pinOf,
  reactionTo,
  replyTo,
  tapOf,
  voteOf,
} from './acts.js'
import { apply } from './applied.js'
import { chatOf, numberOf } from './chat-names.js'
import { compose, type StoreFile } from './composing.js'
import { type DisplayParts, displayed } from './display.js'
import type { MessageShelf } from './message-shelf.js'
import type { PhoneEvents } from './phone-events.js'
import { contentOfPost } from './posts.js'
import { type FetchFile, withFiles } from './shown-file.js'

export interface TalkParts extends DisplayParts {
  readonly shelf: MessageShelf
  readonly events: EventEmitter<PhoneEvents>
  readonly fetchFile: FetchFile
  readonly storeFile: StoreFile
  /** Encrypts it for everyone in the chat; gives the stanza that left. */
  readonly send: (id: string, chat: Account | Group, content: proto.IMessage) => Promise<BinaryNode>
}

interface SentMessage {
  readonly id: string
  /** Undefined for what changed another message. */
  readonly message?: PhoneMessage
}

export class Talk {
  readonly #parts: TalkParts

  constructor(parts: TalkParts) {
    this.#parts = parts
  }

  async say(to: string, content: proto.IMessage): Promise<SentMessage> {
    const { network, account, shelf, fetchFile, send } = this.#parts
    const chat = chatOf(network, to)
    const id = generateMessageIDV2(account.jid('pn'))
    const stanza = await send(id, chat, content)
    const drawn = draw(content, (jid) => numberOf(network, jid ?? undefined))
    if (isChange(drawn)) {
      await this.apply(drawn, account.phone)
      return { id }
    }
    const from = account.phone
    const said = { stanza, id, chat, from, content, status: 'sent' } as const
    const message = await withFiles(displayed(this.#parts, said), fetchFile)
    return { id, message: shelf.put(message) }
  }

  async share(to: string, what: AnyMessageContent): Promise<string> {
    const { id } = await this.say(to, await compose(what, this.#parts.storeFile))
    return id
  }

  async post(to: string, post: Post, replyToKey?: string): Promise<PhoneMessage> {
    const content = await compose(contentOfPost(post), this.#parts.storeFile)
    const whole = replyToKey === undefined ? content : replyTo(this.#about(replyToKey), content)
    const { message } = await this.say(to, whole)
    if (message === undefined) throw new Error('a post changes no other message')
    return message
  }

  async act(messageKey: string, what: Exclude<MessageAct, { act: 'open' }>): Promise<void> {
    const about = this.#about(messageKey)
    const to = what.act === 'forward' ? what.to : about.message.chat
    await this.say(to, contentOfAct(about, what))
  }

  async apply(change: Change, from: string): Promise<void> {
    await apply(this.#parts, change, from)
  }

  #about(messageKey: string): Act {
    const { shelf, network, account: self } = this.#parts
    const message = shelf.find(messageKey)
    if (message === undefined) throw new ActRefusedError('no such message')
    if (message.state.deletedBy !== undefined) throw new ActRefusedError('it is deleted')
    const author = network.byPhone(message.from)
    if (author === undefined) throw new ActRefusedError('its author has no phone any more')
    const chat = chatOf(network, message.chat)
    const chatJid = 'subject' in chat ? chat.id : chat.jid('lid')
    return { message, self, author, chatJid, now: network.now() }
  }
}

function contentOfAct(about: Act, what: Exclude<MessageAct, { act: 'open' }>): proto.IMessage {
  switch (what.act) {
    case 'reaction':
      return reactionTo(about, what.text)
    case 'edit':
      return correctionOf(about, what.text)
    case 'delete':
      return deletionOf(about)
    case 'forward':
      return forwardOf(about)
    case 'vote':
      return voteOf(about, what.options)
    case 'answer':
      return answerOf(about, what.answer)
    case 'tap':
      return tapOf(about, what.id)
    case 'pin':
      return pinOf(about, what.seconds)
  }
}
