/**
 * Who is there and who types, for those instances that want to be told.
 *
 * WhatsApp tells it only to a number that is online itself and of chats that
 * were asked for. So nothing is asked for until a callback URL is set: a number
 * that is online takes the notifications away from its phone.
 */

import type { Database, Transaction } from '../db/database.js'
import { type ChatId, chatKey } from '../domain/chat.js'
import type { GatewayEvent } from '../domain/gateway-event.js'
import type { InstanceId, InstanceSettings } from '../domain/instance.js'
import type { ChatPresence } from '../domain/presence.js'
import type { Clock } from '../runtime/clock.js'
import type { Log } from '../runtime/telemetry.js'

export interface PresencesOptions {
  readonly database: Database
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
  readonly events: {
    publish(event: GatewayEvent, transaction: Transaction): Promise<void>
    /** Whether a URL is set for events of this kind. */
    hasEndpoint(instanceId: InstanceId, kind: GatewayEvent['kind']): Promise<boolean>
  }
  readonly settings: {
    settingsOf(instanceId: InstanceId): Promise<Pick<InstanceSettings, 'muted'>>
  }
  /** The number that is linked now. A chat of the number before it is none of this one's. */
  readonly ownPhone: (instanceId: InstanceId) => string | undefined
  /** Asks WhatsApp to tell of this chat, on the connection that is open. Throws when there is none. */
  readonly watch: (instanceId: InstanceId, chat: ChatId) => Promise<void>
}

interface Talks {
  readonly ownPhone: string | undefined
  /** The latest last. */
  readonly chats: Map<string, ChatId>
}

/** WhatsApp forgets with the connection what was asked for; so many chats are asked for again. */
const remembered = 200

export class Presences {
  readonly #options: PresencesOptions
  readonly #talks = new Map<InstanceId, Talks>()

  constructor(options: PresencesOptions) {
    this.#options = options
  }

  /** A message went either way. Never throws. */
  async talked(instanceId: InstanceId, chat: ChatId): Promise<void> {
    if (chat.kind !== 'person') return
    this.#remember(instanceId, chat)
    await this.#watch(instanceId, [chat])
  }

  /** A new connection is open. Never throws. */
  async opened(instanceId: InstanceId): Promise<void> {
    await this.#watch(instanceId, [...this.#talksOf(instanceId).values()])
  }

  /** Throws when the database failed. */
  async changed(instanceId: InstanceId, presence: ChatPresence): Promise<void> {
    const { database, events, clock } = this.#options
    await database.transaction((transaction) =>
      events.publish(
        { kind: 'chat.presence-changed', instanceId, occurredAt: clock.now(), presence },
        transaction,
      ),
    )
  }

  async #watch(instanceId: InstanceId, chats: readonly ChatId[]): Promise<void> {
    const { watch, log } = this.#options
    try {
      if (chats.length === 0 || !(await this.#isWanted(instanceId))) return
      for (const chat of chats) await watch(instanceId, chat)
    } catch (cause) {
      log.info('presence-not-watched', { instanceId, cause })
    }
  }

  async #isWanted(instanceId: InstanceId): Promise<boolean> {
    const { events, settings } = this.#options
    if (!(await events.hasEndpoint(instanceId, 'chat.presence-changed'))) return false
    return !(await settings.settingsOf(instanceId)).muted.topics.includes('presence')
  }

  #talksOf(instanceId: InstanceId): Map<string, ChatId> {
    const ownPhone = this.#options.ownPhone(instanceId)
    const known = this.#talks.get(instanceId)
    if (known !== undefined && known.ownPhone === ownPhone) return known.chats
    const chats = new Map<string, ChatId>()
    this.#talks.set(instanceId, { ownPhone, chats })
    return chats
  }

  #remember(instanceId: InstanceId, chat: ChatId): void {
    const talks = this.#talksOf(instanceId)
    const key = chatKey(chat)
    talks.delete(key)
    talks.set(key, chat)
    const [oldest] = talks.keys()
    if (talks.size > remembered && oldest !== undefined) talks.delete(oldest)
  }
}
