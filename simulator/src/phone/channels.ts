/** What a person does with channels by hand: each act is the GraphQL operation that WhatsApp's app asks for. */

import { randomUUID } from 'node:crypto'
import type { Account } from '../account.js'
import { ActRefusedError } from '../model.js'
import type { Network } from '../network.js'
import type { ChannelAct } from '../person-acts.js'
import { documentOf, type NewsletterOperation } from '../server/mex-ids.js'
import { childOf, SERVER_JID, stanza, textOf } from '../wire/stanza.js'
import type { PhoneLine } from './phone-line.js'

export interface PhoneChannelsParts {
  readonly network: Network
  readonly line: PhoneLine
}

interface Answer {
  readonly data: Readonly<Record<string, { readonly id?: string } | undefined>> | null
  readonly errors?: readonly { readonly message: string }[]
}

export class PhoneChannels {
  readonly #parts: PhoneChannelsParts

  constructor(parts: PhoneChannelsParts) {
    this.#parts = parts
  }

  /** Returns the id of the channel. Throws `ActRefusedError`. */
  create(name: string, description = ''): string {
    const { data } = this.#ask('create', { input: { name, description } })
    const [made] = Object.values(data ?? {})
    return made?.id ?? ''
  }

  /** Throws `ActRefusedError`. */
  act(id: string, act: ChannelAct): void {
    const channel = { newsletter_id: id }
    switch (act.act) {
      case 'follow':
        return void this.#ask('join', channel)
      case 'unfollow':
        return void this.#ask('leave', channel)
      case 'mute': {
        const input = { ...channel, type: 'MUTE_FOLLOWER_ACTIVITY', value: act.on ? 'ON' : 'OFF' }
        return void this.#ask('setting', { input })
      }
      case 'rename':
        return void this.#ask('update', { ...channel, updates: { name: act.name } })
      case 'invite-admin':
        return void this.#ask('inviteAdmin', { ...channel, user_id: this.#lidOf(act.person) })
      case 'accept-invitation':
        return void this.#ask('acceptInvite', channel)
      case 'remove-admin':
        return void this.#ask('removeAdmin', { ...channel, user_id: this.#lidOf(act.person) })
      case 'delete':
        return void this.#ask('delete', channel)
    }
  }

  #ask(operation: NewsletterOperation, variables: object): Answer {
    const content = Buffer.from(JSON.stringify({ variables }))
    const query = stanza('query', { query_id: documentOf(operation) }, content)
    const attrs = { id: randomUUID(), to: SERVER_JID, type: 'get', xmlns: 'w:mex' }
    const reply = this.#parts.line.query(stanza('iq', attrs, [query]))
    const answer: Answer = JSON.parse(textOf(childOf(reply, 'result')) ?? '{"data":null}')
    const [error] = answer.errors ?? []
    if (error !== undefined) throw new ActRefusedError(`WhatsApp refuses it: ${error.message}`)
    return answer
  }

  #lidOf(number: string): string {
    const account: Account | undefined = this.#parts.network.byDialledNumber(number)
    if (account === undefined) throw new ActRefusedError(`${number} is not on WhatsApp`)
    return account.jid('lid')
  }
}
