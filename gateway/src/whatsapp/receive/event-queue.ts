/** Hands our events on, one after the other, in the order in which WhatsApp told of them. */

import type { EngineEvent, EventListener } from '../../domain/engine.js'
import { WhatsappSilentError } from '../../domain/errors.js'
import type { InstanceId } from '../../domain/instance.js'
import type { Log } from '../../runtime/telemetry.js'

export interface EventQueueOptions {
  readonly instanceId: InstanceId
  readonly log: Log
  readonly listen: EventListener
}

/** `undefined` where it turned out that there is nothing to tell. */
type Telling = EngineEvent | undefined | Promise<EngineEvent | undefined>

export class EventQueue {
  readonly #options: EventQueueOptions
  #events: Promise<void> = Promise.resolve()

  constructor(options: EventQueueOptions) {
    this.#options = options
  }

  /** Resolves to whether it is stored. Never throws, and the next event does not wait for it. */
  tell(event: () => Telling): Promise<boolean> {
    const told = this.#events.then(() => this.#tellNow(event))
    this.#events = told.then(() => undefined)
    return told.then(({ stored }) => stored)
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

  /** The promise is wrapped, so that waiting for the turn is not waiting for the store. */
  async #tellNow(event: () => Telling): Promise<{ readonly stored: Promise<boolean> }> {
    const { log, instanceId, listen } = this.#options
    try {
      const told = await event()
      const stored = told && listen(told)
      return { stored: Promise.resolve(stored).then(...whetherItIs) }
    } catch (cause) {
      // It is kept, and tells itself again on the next socket.
      const waits = cause instanceof WhatsappSilentError
      if (waits) log.warn('whatsapp.event-waits', { instanceId, cause })
      else log.error('whatsapp.event-lost', { instanceId, cause })
      return { stored: Promise.resolve(false) }
    }
  }
}

/** The failure is logged where it happened. */
const whetherItIs = [() => true, () => false] as const
