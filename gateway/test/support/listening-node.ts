/** What a node hears of others over PostgreSQL. */

import { onTestFinished, vi } from 'vitest'
import { Notifications } from '../../src/db/notifications.js'
import { type News, Signals, type Work } from '../../src/db/signals.js'
import type { InstanceId } from '../../src/domain/instance.js'
import { type Clock, systemClock } from '../../src/runtime/clock.js'
import { type Log, silentLog } from '../../src/runtime/telemetry.js'

interface ListeningNode {
  readonly signals: Signals
  readonly notifications: Notifications
  readonly heard: readonly (readonly [Work, InstanceId])[]
  readonly news: readonly (readonly [News, string])[]
  /** How often it began to hear. */
  readonly missed: () => number
  readonly hears: (times?: number) => Promise<void>
}

/** A node that listens; it ends with the test. */
export function aListeningNode(
  url: string,
  nodeId: string,
  { clock = systemClock, log = silentLog }: { readonly clock?: Clock; readonly log?: Log } = {},
): ListeningNode {
  const signals = new Signals()
  const heard: (readonly [Work, InstanceId])[] = []
  const news: (readonly [News, string])[] = []
  signals.onNews((kind, id) => void news.push([kind, id]))
  let missed = 0
  const notifications = new Notifications({
    url,
    nodeId,
    signals,
    heard: (work, id) => void heard.push([work, id]),
    missed: () => (missed += 1),
    clock,
    log,
  })
  onTestFinished(() => notifications[Symbol.asyncDispose]())
  notifications.start()
  return {
    signals,
    notifications,
    heard,
    news,
    missed: () => missed,
    hears: (times = 1) =>
      vi.waitFor(() => {
        if (missed !== times) throw new Error(`it began to hear ${missed} times`)
      }, 60_000),
  }
}
