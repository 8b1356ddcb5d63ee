/** What waited for a device while it was not connected: announced, fetched by the client, then handed out. */

import type { BinaryNode } from 'baileys'
import type { Device } from '../account.js'
import { SERVER_JID, stanza } from '../wire/stanza.js'

export class OfflineDelivery {
  readonly #device: Device

  constructor(device: Device) {
    this.#device = device
  }

  /** Undefined when nothing waits. */
  preview(): BinaryNode | undefined {
    const waiting = this.#device.waiting
    if (waiting.length === 0) return undefined
    const count = (tag: string): string =>
      waiting.filter((node) => node.tag === tag).length.toString()
    const preview = stanza('offline_preview', {
      count: waiting.length.toString(),
      message: count('message'),
      receipt: count('receipt'),
      notification: count('notification'),
    })
    return stanza('ib', { from: SERVER_JID }, [preview])
  }

  /** Everything that waits now, marked as having waited. It stays waiting until the client acknowledges it. */
  take(): readonly BinaryNode[] {
    return this.#device.waiting.map((node, index) => ({
      ...node,
      attrs: { ...node.attrs, offline: index.toString() },
    }))
  }

  /** Tells the client that this was all; it holds its events back until then. */
  end(count: number): BinaryNode {
    return stanza('offline', { count: count.toString() })
  }
}
