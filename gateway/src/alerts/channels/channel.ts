/** What a channel is: it tells a notice to its service, and says how that ended. */

import type { AlertNotice } from '../../domain/alert.js'
import type { EpochMs } from '../../domain/time.js'
import type { GuardedFetch } from '../../runtime/guarded-fetch.js'
import type { HostResolver } from '../../runtime/host-resolver.js'

export interface ChannelPorts {
  readonly fetch: GuardedFetch
  readonly resolve: HostResolver
  /** The Standard Webhooks headers of one attempt. */
  readonly sign: (
    secrets: readonly string[],
    id: string,
    attemptedAt: EpochMs,
    body: string,
  ) => Readonly<Record<string, string>>
  readonly now: () => EpochMs
  /** Of the gateway, for the `user-agent`. */
  readonly version: string
}

/** Undefined when the service took it; else a few words without a secret: `HTTP 500`, `ECONNREFUSED`. */
export type TellProblem = string | undefined

/** Never throws. Telling again is safe: the id of the notice stays the same. */
export type Tell = (notice: AlertNotice, signal: AbortSignal) => Promise<TellProblem>
