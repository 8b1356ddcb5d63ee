/** What WhatsApp tells, on its way to the callbacks. */

import type { Config } from '../config.js'
import { isOfAccount } from '../domain/notice.js'
import { AutoRead } from '../inbox/auto-read.js'
import { Calls } from '../inbox/calls.js'
import { Inbox } from '../inbox/inbox.js'
import { Presences } from '../inbox/presences.js'
import type { Instances } from '../instances/instances.js'
import { IncomingMedia, type MediaSource } from '../media/incoming-media.js'
import type { SessionListener } from '../sessions/session-ports.js'
import type { Sessions } from '../sessions/sessions.js'
import type { Webhooks } from '../webhooks/webhooks.js'
import type { Base, Purged } from './base.js'
import type { BuiltDirectory } from './directory.js'
import type { Outgoing } from './outgoing.js'
import { retentionBy } from './retention.js'

export interface IncomingOptions {
  readonly config: Pick<Config, 'keepMediaLinksMs'>
  readonly instances: Instances
  readonly webhooks: Webhooks
  readonly known: Pick<BuiltDirectory, 'keptMessages' | 'directory'>
  readonly outgoing: Pick<Outgoing, 'outbox' | 'restrictions' | 'sender' | 'failover'>
  /** Built later: read when the first session is open. */
  readonly sessions: () => Sessions
  /** Built later, too. */
  readonly files: () => MediaSource
  /** A session was opened: what other nodes know of it is old. */
  readonly opened: () => void
}

export interface Incoming {
  readonly presences: Presences
  readonly incomingMedia: IncomingMedia
  /** Of every session. */
  readonly listener: SessionListener
  readonly purged: readonly Purged[]
}

export function buildIncoming(base: Base, options: IncomingOptions): Incoming {
  const { config, instances, webhooks, known, outgoing, sessions, files } = options
  const { outbox, restrictions, sender, failover } = outgoing
  const { keptMessages, directory } = known
  const told = { ...base, settings: instances, events: webhooks }
  const incomingMedia = new IncomingMedia({
    ...base,
    retention: retentionBy('keepMediaLinksDays', config.keepMediaLinksMs, instances),
    source: { open: (...wanted) => files().open(...wanted) },
    askAgain: async (instanceId, file) => sessions().connectionOf(instanceId).askForFile(file),
  })
  const inbox = new Inbox({
    ...told,
    kept: keptMessages,
    directory,
    contacts: restrictions,
    media: incomingMedia,
    sent: outbox,
  })
  const calls = new Calls({
    ...told,
    outbox,
    reject: async (instanceId, call) => sessions().connectionOf(instanceId).rejectCall(call),
  })
  const autoRead = new AutoRead({
    log: base.log,
    settings: instances,
    markRead: async (instanceId, message) => sessions().connectionOf(instanceId).markRead(message),
  })
  const presences = new Presences({
    ...told,
    ownPhone: (instanceId) => sessions().status(instanceId).phone,
    watch: async (instanceId, chat) => sessions().connectionOf(instanceId).watchPresence(chat),
  })
  const listener: SessionListener = {
    opened: (instanceId) => {
      sender.sessionOpened(instanceId)
      failover.sessionChanged(instanceId)
      void presences.opened(instanceId)
      options.opened()
    },
    closed: (instanceId) => failover.sessionChanged(instanceId),
    receipt: (instanceId, receipt) => inbox.receipt(instanceId, receipt),
    received: async (instanceId, ownPhone, message) => {
      await directory.linked(instanceId, ownPhone)
      await inbox.received(instanceId, ownPhone, message)
      if (isOfAccount(message.content)) return
      void autoRead.stored(instanceId, message)
      void presences.talked(instanceId, message.chat)
    },
    called: (instanceId, ownPhone, call) => calls.heard(instanceId, ownPhone, call),
    presence: (instanceId, presence) => presences.changed(instanceId, presence),
    statusPosted: (instanceId, status) => autoRead.statusPosted(instanceId, status),
  }
  return {
    presences,
    incomingMedia,
    listener,
    purged: [incomingMedia],
  }
}
