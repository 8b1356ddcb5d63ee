/**
 * Marks what others write as read, where the instance wants that.
 *
 * It comes after the message is stored. A mark that fails is not made later:
 * the next one says the same to the person who waits for an answer.
 */

import type { MessageMark } from '../domain/engine.js'
import { isNotice } from '../domain/notice.js'
import type { InstanceId, InstanceSettings } from '../domain/instance.js'
import type { IncomingMessage } from '../domain/incoming-message.js'
import type { Log } from '../runtime/telemetry.js'

export interface AutoReadOptions {
  readonly settings: {
    settingsOf(
      instanceId: InstanceId,
    ): Promise<Pick<InstanceSettings, 'readMessages' | 'readStatuses'>>
  }
  /** Throws when it could not. */
  readonly markRead: (instanceId: InstanceId, message: MessageMark) => Promise<void>
  readonly log: Log
}

export class AutoRead {
  readonly #options: AutoReadOptions

  constructor(options: AutoReadOptions) {
    this.#options = options
  }

  /** Notices are not marked as read. Never throws. */
  async stored(instanceId: InstanceId, message: IncomingMessage): Promise<void> {
    if (message.fromMe || isNotice(message.content)) return
    await this.#mark(instanceId, 'readMessages', message)
  }

  /** Never throws. */
  async statusPosted(instanceId: InstanceId, status: MessageMark): Promise<void> {
    await this.#mark(instanceId, 'readStatuses', status)
  }

  async #mark(
    instanceId: InstanceId,
    wanted: 'readMessages' | 'readStatuses',
    { whatsappId, chat, sender }: MessageMark,
  ): Promise<void> {
    const { settings, markRead, log } = this.#options
    try {
      if (!(await settings.settingsOf(instanceId))[wanted]) return
      await markRead(instanceId, { whatsappId, chat, sender })
    } catch (cause) {
      log.warn('message-not-marked-read', { instanceId, cause })
    }
  }
}
