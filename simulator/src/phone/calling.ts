/** Calls and presence of a phone: what a person does without writing. */

import { randomBytes, randomUUID } from 'node:crypto'
import type { BinaryNode } from 'baileys'
import type { Account, Device } from '../account.js'
import type { Group } from '../group.js'
import { childrenOf, stanza } from '../wire/stanza.js'
import type { PhoneLine } from './phone-line.js'

/** What a chat shows while a person types. */
export type Doing = 'composing' | 'recording' | 'paused'

export interface CallingParts {
  readonly device: Device
  /** Throws when the number is not registered or the group does not exist. */
  readonly chatOf: (to: string) => Account | Group
  readonly line: PhoneLine
  /** The other side does not want to talk. */
  readonly rejected: (callId: string) => void
  /** A call rings. */
  readonly ringing: (callId: string, from: string | undefined) => void
}

export class Calling {
  readonly #parts: CallingParts
  readonly #calls = new Map<string, Account>()
  /** Who rings, by the JID that the answer goes to. */
  readonly #ringing = new Map<string, string>()

  constructor(parts: CallingParts) {
    this.#parts = parts
  }

  /** Rings a person until `hangUp`. Returns the call's id. */
  ring(number: string, { video = false }: { readonly video?: boolean | undefined } = {}): string {
    const to = this.#parts.chatOf(number)
    if ('subject' in to) throw new Error('groups cannot be called here')
    const id = randomBytes(16).toString('hex').toUpperCase()
    this.#calls.set(id, to)
    const media = [stanza('audio', { enc: 'opus', rate: '16000' })]
    if (video) media.push(stanza('video', { enc: 'vp8' }))
    this.#send(to, 'offer', id, {}, media)
    return id
  }

  /** Throws when it rings nowhere. `timeout`: WhatsApp gives up for the caller. */
  hangUp(id: string, reason?: 'timeout'): void {
    const to = this.#calls.get(id)
    if (to === undefined) throw new Error('there is no such call')
    this.#calls.delete(id)
    this.#send(to, 'terminate', id, { reason })
  }

  /** Takes the call that rings. Throws when none does. */
  accept(id: string): void {
    const to = this.#ringing.get(id)
    if (to === undefined) throw new Error('there is no such call')
    this.#ringing.delete(id)
    const step = stanza('accept', { 'call-id': id, 'call-creator': to })
    this.#parts.line.send(stanza('call', { id: randomUUID(), to }, [step]))
  }

  take(call: BinaryNode): void {
    for (const { tag, attrs } of childrenOf(call)) {
      const id = attrs['call-id'] ?? ''
      if (tag === 'offer') {
        this.#ringing.set(id, attrs['call-creator'] ?? '')
        this.#parts.ringing(id, call.attrs['from'])
      }
      if (tag === 'terminate') this.#ringing.delete(id)
      if (tag === 'reject' && this.#calls.delete(id)) this.#parts.rejected(id)
    }
  }

  /** Shows in the chat that its owner types, records, or stopped. */
  show(number: string, doing: Doing): void {
    const chat = this.#parts.chatOf(number)
    const state = doing === 'recording' ? stanza('composing', { media: 'audio' }) : stanza(doing)
    const to = 'subject' in chat ? chat.id : chat.jid('lid')
    this.#parts.line.send(stanza('chatstate', { to }, [state]))
  }

  #send(
    to: Account,
    tag: 'offer' | 'terminate',
    id: string,
    more: Readonly<Record<string, string | undefined>>,
    content?: BinaryNode[],
  ): void {
    const { device, line } = this.#parts
    const creator = device.jid('lid')
    const attrs = { 'call-id': id, 'call-creator': creator, caller_pn: device.account.jid('pn') }
    const step = stanza(tag, { ...attrs, ...more }, content)
    line.send(stanza('call', { id: randomUUID(), to: to.jid('lid') }, [step]))
  }
}
