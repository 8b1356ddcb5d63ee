/**
 * How an instance ends: its row first, so that nothing more is accepted for it,
 * then its queue and its session. Part of the composition root; a crash between
 * two steps leaves a cancelled instance, and those are deleted in the end.
 */

import type { Actor } from '../domain/audit.js'
import type { InstanceId } from '../domain/instance.js'
import type { InstanceLife } from '../instances/instance-life.js'
import type { WaitingMessages } from '../outbox/history/waiting-messages.js'
import type { Sender } from '../outbox/queue/sender.js'
import type { Log } from '../runtime/telemetry.js'
import type { Sessions } from '../sessions/sessions.js'

export interface EndingInstancesOptions {
  readonly life: InstanceLife
  readonly waiting: Pick<WaitingMessages, 'cancelAll' | 'endUnknown'>
  /** Moves what waits there for pools to other members. */
  readonly failover: { handOn(id: InstanceId): Promise<void> }
  readonly sender: Pick<Sender, 'forget'>
  readonly sessions: Pick<Sessions, 'disconnect' | 'forget'>
  readonly log: Log
  /** Whether this node runs the instance: the one that does deletes it. */
  readonly runs: (id: InstanceId) => boolean
}

/** Deletes instances that were not taken back. */
const byItself: Actor = { role: 'operator', address: 'this gateway' }

export class EndingInstances {
  readonly #options: EndingInstancesOptions

  constructor(options: EndingInstancesOptions) {
    this.#options = options
  }

  /** Safe to repeat: what is done is left as it is. */
  async cancel(id: InstanceId, by: Actor): Promise<void> {
    const { life, failover, waiting, sessions } = this.#options
    await life.cancel(id, by)
    await failover.handOn(id)
    await waiting.cancelAll(id)
    await sessions.disconnect(id)
  }

  async resume(id: InstanceId, by: Actor): Promise<void> {
    await this.#options.life.resume(id, by)
  }

  /** Safe to repeat. */
  async delete(id: InstanceId, by: Actor): Promise<void> {
    const { life, failover, waiting, sender, sessions, log } = this.#options
    await this.cancel(id, by)
    await sessions.forget(id)
    await sender.forget(id)
    // What was being sent may have come back.
    await failover.handOn(id)
    await waiting.cancelAll(id)
    await waiting.endUnknown(id)
    await life.delete(id, by)
    log.info('instance-deleted', { instanceId: id })
  }

  /** Deletes those that were cancelled long ago, and gives how many. */
  async purge(): Promise<number> {
    const overdue = await this.#options.life.overdue()
    const own = overdue.filter((id) => this.#options.runs(id))
    for (const id of own) await this.delete(id, byItself)
    return own.length
  }
}
