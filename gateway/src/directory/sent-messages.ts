/**
 * Tells the chats of what was sent in them, many at once: a send does not wait for it, and while
 * one write runs the next ones gather.
 */

import type { ChatId } from '../domain/chat.js'
import type { DirectoryFact } from '../domain/directory.js'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import type { Log } from '../runtime/telemetry.js'

type Take = (instanceId: InstanceId, facts: readonly DirectoryFact[]) => Promise<void>

export class SentMessages {
  readonly #take: Take
  readonly #log: Log
  #waiting = new Map<InstanceId, DirectoryFact[]>()
  #running: Promise<void> | undefined

  constructor(take: Take, log: Log) {
    this.#take = take
    this.#log = log
  }

  sent(instanceId: InstanceId, chat: ChatId, at: EpochMs): void {
    const fact = { kind: 'chat', chat, facts: { lastMessageAt: at } } as const
    const facts = this.#waiting.get(instanceId)
    if (facts === undefined) this.#waiting.set(instanceId, [fact])
    else facts.push(fact)
    this.#running ??= this.#write()
  }

  /** Resolves when all of it is stored, or logged as lost. */
  async settled(): Promise<void> {
    await this.#running
  }

  async #write(): Promise<void> {
    while (this.#waiting.size > 0) {
      const waiting = this.#waiting
      this.#waiting = new Map()
      for (const [instanceId, facts] of waiting)
        await this.#take(instanceId, facts).catch((cause: unknown) =>
          this.#log.warn('chats-not-updated', { instanceId, cause }),
        )
    }
    this.#running = undefined
  }
}
