/** Asking the phone for older messages of a chat: not more often than once a minute for each. */

import { type ChatId, chatKey } from '../../domain/chat.js'
import type { InstanceId } from '../../domain/instance.js'
import type { EpochMs } from '../../domain/time.js'

const pauseMs = 60_000
const mostRemembered = 10_000

export class OlderAsks {
  readonly #asked = new Map<string, EpochMs>()

  /** Whether the phone may be asked now; from then on it was. */
  mayAsk(instanceId: InstanceId, chat: ChatId, now: EpochMs): boolean {
    const name = `${instanceId} ${chatKey(chat)}`
    const last = this.#asked.get(name)
    if (last !== undefined && now - last < pauseMs) return false
    this.#asked.delete(name)
    const [oldest] = this.#asked.keys()
    if (this.#asked.size >= mostRemembered && oldest !== undefined) this.#asked.delete(oldest)
    this.#asked.set(name, now)
    return true
  }
}
