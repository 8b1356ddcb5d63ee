/** How we want Baileys to behave. What is not named here stays at its default, the protocol version above all. */

import type { UserFacingSocketConfig } from 'baileys'
import type { ProxyAgent } from './proxy-agent.js'
import type { InstanceId } from '../../domain/instance.js'
import type { Log } from '../../runtime/telemetry.js'
import type { StoredAuthState } from '../keys/auth-state.js'
import { baileysLogger } from './baileys-logger.js'
import { RemovedRecords } from '../baileys-patches/removed-records.js'
import { hearingSyncActions, type SyncAction } from '../baileys-patches/sync-actions.js'
import { withoutHistory } from '../baileys-patches/own-history.js'
import type { PairingMemory } from './pairing-memory.js'
import type { FreshGroups } from '../send/reach.js'
import { rememberingNone } from '../send/without-lid.js'
import type { UntoldMessages } from '../baileys-patches/untold-messages.js'

export function socketOptions(options: {
  readonly instanceId: InstanceId
  readonly url: string
  readonly agent?: ProxyAgent | undefined
  readonly auth: StoredAuthState
  readonly untold: UntoldMessages
  readonly memory: PairingMemory
  readonly groups: FreshGroups
  readonly log: Log
  /** For what Baileys fetches by itself. */
  readonly download: RequestInit
  readonly wantsAllHistory: boolean
  readonly changedSetting: (action: SyncAction) => void
}): UserFacingSocketConfig {
  const { instanceId, url, agent, auth, untold, memory, groups, log, download, wantsAllHistory } =
    options
  const removed = new RemovedRecords()
  const isRemoved = (index: readonly string[]): boolean => removed.take(index)
  return {
    auth: { creds: auth.state.creds, keys: removed.watching(auth.state.keys) },
    makeSignalRepository: (keys, logger, findLids) =>
      untold.makeSignalRepository(
        keys,
        logger,
        findLids && rememberingNone(findLids, memory.withoutLid),
      ),
    cachedGroupMetadata: groups.cached,
    logger: hearingSyncActions(baileysLogger(log, instanceId), isRemoved, options.changedSetting),
    waWebSocketUrl: url,
    // Uploads too: what WhatsApp sees of an instance is one address.
    ...(agent === undefined ? {} : { agent, fetchAgent: agent }),
    options: download,
    userDevicesCache: memory.devices,
    msgRetryCounterCache: memory.ownRetries,
    // Retries are answered in `retry-resend.ts`, so Baileys never has to ask for a message.
    getMessage: async () => undefined,
    // "Online" would take the notifications away from the phone.
    markOnlineOnConnect: false,
    syncFullHistory: wantsAllHistory,
    // `receive/history-sync.ts` reads the history: it brings LIDs and privacy tokens, without which first messages are refused.
    shouldSyncHistoryMessage: withoutHistory,
    // QR codes are rotated in `connection/pairing-qrs.ts`: Baileys must neither show its own second nor run out.
    qrTimeout: 86_400_000,
    // A look-up on the way of a message should fail in time for another try.
    defaultQueryTimeoutMs: 20_000,
    transactionOpts: { maxCommitRetries: 5, delayBetweenTriesMs: 200 },
  }
}
