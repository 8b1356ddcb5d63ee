/** The way of a message from the call to the session. */

import { Codes } from '../codes/codes.js'
import type { Config } from '../config.js'
import type { FreeDisk } from '../db/free-disk.js'
import type { KeptMessages } from '../directory/kept-messages.js'
import type { InstanceId } from '../domain/instance.js'
import type { Instances } from '../instances/instances.js'
import { Media } from '../media/media.js'
import type { MediaLimits } from '../media/media-limits.js'
import { OutgoingFiles } from '../media/outgoing-files.js'
import { OldCodes } from '../outbox/limits/accepted-codes.js'
import { DoneMessages } from '../outbox/history/done-messages.js'
import { OldKeys } from '../outbox/limits/idempotency-store.js'
import type { EarlierPort } from '../outbox/history/earlier-messages.js'
import { Outbox, type QueuePort } from '../outbox/outbox.js'
import { Restrictions } from '../outbox/limits/restrictions.js'
import type { KeepPort } from '../outbox/queue/send-attempts.js'
import { pacingOf } from '../outbox/queue/pacing.js'
import { Sender } from '../outbox/queue/sender.js'
import { WaitingMessages } from '../outbox/history/waiting-messages.js'
import type { GuardedFetch } from '../runtime/guarded-fetch.js'
import type { Sessions } from '../sessions/sessions.js'
import type { Webhooks } from '../webhooks/webhooks.js'
import { loadWhatsapp } from '../whatsapp/load.js'
import type { SendingLimitsPort, SendsPort } from '../zapi/modules.js'
import type { Base, Purged } from './base.js'
import type { BuiltDirectory } from './directory.js'
import { type BuiltLimits, buildLimits, sendingLimitsOf } from './limits.js'
import { type BuiltPools, buildPools, peopleOfPools, poolStandingsOf, sendsOf } from './pools.js'

export interface OutgoingOptions {
  readonly config: Config
  /** Unset with PostgreSQL, whose disk is not this machine's. */
  readonly disk: FreeDisk | undefined
  readonly fetch: GuardedFetch
  readonly known: Pick<BuiltDirectory, 'people' | 'keptMessages' | 'directory'>
  readonly instances: Instances
  readonly webhooks: Webhooks
  /** Built later: read when the first message is sent. */
  readonly sessions: () => Sessions
  /** Called after what waits or is done has changed. */
  readonly changed: (instanceId: InstanceId) => void
  /** The same. */
  readonly keeping: () => KeepPort
}

export interface Outgoing extends BuiltPools, BuiltLimits, ReturnType<typeof poolStandingsOf> {
  readonly sendingLimits: SendingLimitsPort
  readonly restrictions: Restrictions
  readonly outbox: Outbox
  readonly codes: Codes
  readonly waiting: WaitingMessages
  readonly media: Media
  readonly files: OutgoingFiles
  readonly mediaLimits: MediaLimits
  /** To be started once everything else is built. */
  readonly sender: Sender
  readonly sends: SendsPort
  readonly purged: readonly Purged[]
}

export function buildOutgoing(base: Base, options: OutgoingOptions): Outgoing {
  const { config, disk, instances, webhooks, sessions } = options
  const ownPhone = (id: InstanceId): string | undefined => sessions().status(id).phone
  const { people, keptMessages, directory } = options.known
  const restrictions = new Restrictions({ ...base, people, ownPhone })
  const limits = buildLimits(base, {
    known: { people, chats: directory.chats },
    instances,
    restrictions,
    ownPhone,
  })
  const earlier = earlierMessages(keptMessages)
  const accepting = {
    ...base,
    people,
    restrictions,
    ...limits,
    earlier,
    events: webhooks,
    settings: instances,
    queue: queueOf(() => sender, options),
  }
  const { codeLimits, maxWaitingBytes, codeLifeMs, undeliverableAfterMs } = config
  const pooled = buildPools(base, { people, limits, restrictions, sessions, sender: () => sender })
  const ofPools = peopleOfPools(base, instances, people)
  const outbox = new Outbox({
    ...accepting,
    people: ofPools,
    codeLimits,
    maxWaitingBytes,
    codeLifeMs,
    undeliverableAfterMs,
    disk,
  })
  const sends = sendsOf(instances, outbox, pooled.poolSends)
  const codes = new Codes({ ...base, people: ofPools, outbox: sends })
  const stored = buildMedia(base, options)
  const parts = { ...stored, restrictions, limits, earlier, pooled }
  const sender: Sender = buildSender(base, options, parts)
  const sendingLimits = sendingLimitsOf(limits.holds, instances, () => {
    sender.limitsChanged()
    pooled.failover.wake()
  })
  return {
    sendingLimits,
    ...pooled,
    ...poolStandingsOf(base, { ...pooled, ...limits, outbox, restrictions }),
    ...limits,
    sends,
    restrictions,
    outbox,
    codes,
    waiting: new WaitingMessages(accepting),
    ...stored,
    sender,
    purged: [
      new DoneMessages(base),
      stored.files,
      new OldKeys(base),
      new OldCodes(base),
      codes,
      restrictions,
      pooled.poolSends,
    ],
  }
}

/** What accepted and finished messages tell, and what the outbox asks about the queues. */
function queueOf(sender: () => Sender, { sessions, changed }: OutgoingOptions): QueuePort {
  return {
    isOpen: (instanceId) => sessions().isOpen(instanceId),
    accepted: (instanceId, place) => {
      sender().accepted(instanceId, place)
      changed(instanceId)
    },
    done: (message) => {
      sender().done(message)
      changed(message.instanceId)
    },
    forecast: (instanceId, query) => sender().forecast(instanceId, query),
    lookAgain: (instanceId) => sender().lookAgain(instanceId),
  }
}

function buildMedia(
  base: Base,
  { config, disk, fetch }: OutgoingOptions,
): Pick<Outgoing, 'files' | 'media' | 'mediaLimits'> {
  const { dataDir: folder, programs, mediaLimits } = config
  const files = new OutgoingFiles({ ...base, folder, disk })
  const { log } = base
  const media = new Media({ fetch, log, folder, programs, limits: mediaLimits, stored: files })
  return { files, media, mediaLimits }
}

interface SenderParts {
  readonly restrictions: Restrictions
  readonly limits: BuiltLimits
  readonly earlier: EarlierPort
  readonly pooled: BuiltPools
  readonly media: Media
}

function buildSender(base: Base, options: OutgoingOptions, parts: SenderParts): Sender {
  const { config, sessions, webhooks: events } = options
  const { limits, pooled, ...rest } = parts
  return new Sender({
    ...base,
    ...limits,
    ...rest,
    members: {
      takeOver: async (messages, move, transaction) => {
        const isTaken = await pooled.poolSends.takeOver(messages, move, transaction)
        // What is known of the number that lost it may concern the others that wait there.
        if (isTaken) transaction.afterCommit(() => pooled.failover.wake())
        return isTaken
      },
      held: () => pooled.failover.wake(),
    },
    session: {
      isOpen: (instanceId) => sessions().isOpen(instanceId),
      prepare: (instanceId, message) => sessions().prepare(instanceId, message),
      lookAhead: (instanceId, recipients) => sessions().lookAhead(instanceId, recipients),
    },
    keeping: { keep: (...kept) => options.keeping().keep(...kept) },
    events,
    pacing: async (id, query) =>
      pacingOf(config.pacing, (await options.instances.find(id, { query }))?.settings),
    undeliverableAfterMs: config.undeliverableAfterMs,
  })
}

/** For the outbox, which knows no form of the engine. */
export function earlierMessages(keptMessages: KeptMessages): EarlierPort {
  return {
    find: async (instanceId, reference, query) => {
      const kept = await keptMessages.find(instanceId, reference, query)
      if (kept === undefined) return undefined
      const { whatsappId, chat, author, fromMe, at } = kept
      const target = { whatsappId, fromMe, chat, ...(chat.kind === 'group' ? { author } : {}) }
      const { contentOfKept } = await loadWhatsapp()
      return { target, at, content: contentOfKept(kept) }
    },
    sent: ({ instanceId, whatsappId }, { chat, serverId }, query) =>
      keptMessages.sent(instanceId, { whatsappId, chat }, serverId, query),
  }
}
