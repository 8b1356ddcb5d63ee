/** Hands our events on, one after the other, in the order in which WhatsApp told of them. */

import type { EngineEvent } from '../domain/engine.js'
import type { InstanceId } from '../domain/instance.js'
import type { Log } from '../runtime/telemetry.js'

export interface EventLineOptions {
  readonly instanceId: InstanceId
  readonly log: Log
  listen(event: EngineEvent): void
}

export class EventLine {
  readonly #options: EventLineOptions
  #events: Promise<void> = Promise.resolve()

  constructor(options: EventLineOptions) {
    this.#options = options
  }

  tell(event: () => EngineEvent | Promise<EngineEvent>): void {
    this.#events = this.#events.then(() => this.#tellNow(event))
  }

  /** Resolves when all that was to be told until now is told. */
  async settled(): Promise<void> {
    await this.#events
  }

  /** Whatever strangers may send, it must not break the socket. */
  read<T>(translate: () => T): T | undefined {
    try {
      return translate()
    } catch (cause) {
      const { log, instanceId } = this.#options
      log.error('whatsapp.not-understood', { instanceId, cause })
      return undefined
    }
  }

  async #tellNow(event: () => EngineEvent | Promise<EngineEvent>): Promise<void> {
    try {
      this.#options.listen(await event())
    } catch (cause) {
      const { log, instanceId } = this.#options
      log.error('whatsapp.event-lost', { instanceId, cause })
    }
  }
}
