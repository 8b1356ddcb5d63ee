/** The limits of numbers and pools. */

import type { BuiltDirectory } from './directory.js'
import { type ChatId, chatOf, type Recipient } from '../domain/chat.js'
import type { Instance, InstanceId } from '../domain/instance.js'
import { areOn } from '../domain/sending-limits.js'
import type { Instances } from '../instances/instances.js'
import { LinkedNumbers } from '../outbox/limits/linked-numbers.js'
import { type LimitsOfPool, limitsOfMember, limitsOfPool } from '../outbox/limits/member-limits.js'
import type { Restrictions } from '../outbox/limits/restrictions.js'
import { type LimitsPort, SendingHolds } from '../outbox/limits/sending-holds.js'
import { MemberPools } from '../pools/member-pools.js'
import type { Query } from '../pools/pool-store.js'
import type { SendingLimitsPort } from '../zapi/modules.js'
import type { Base } from './base.js'

export interface LimitsBuildOptions {
  readonly known: {
    readonly people: BuiltDirectory['people']
    readonly chats: { has(instanceId: InstanceId, chat: ChatId, query: Query): Promise<boolean> }
  }
  readonly instances: Pick<Instances, 'find' | 'pools'>
  readonly restrictions: Restrictions
  readonly ownPhone: (instanceId: InstanceId) => string | undefined
}

export interface BuiltLimits {
  readonly holds: SendingHolds
  readonly linkedNumbers: LinkedNumbers
  /** Whether the number has a conversation with the person. Also of groups, which are no people. */
  readonly isKnown: (instanceId: InstanceId, recipient: Recipient, query: Query) => Promise<boolean>
}

export function buildLimits(base: Omit<Base, 'metrics'>, options: LimitsBuildOptions): BuiltLimits {
  const { known, instances, restrictions, ownPhone } = options
  const isKnown: BuiltLimits['isKnown'] = async (instanceId, recipient, query) =>
    !(await restrictions.isStranger({ instanceId, recipient }, query)) ||
    known.chats.has(instanceId, chatOf(recipient), query)
  const linkedNumbers = new LinkedNumbers({ ...base, people: known.people, ownPhone })
  const limits = limitsIn(instances, new MemberPools(base.database))
  const { people } = known
  const holds = new SendingHolds({ ...base, limits, numbers: linkedNumbers, people, isKnown })
  return { holds, linkedNumbers, isKnown }
}

/** Setting limits, and telling where each number stands. */
export function sendingLimitsOf(
  holds: SendingHolds,
  instances: Pick<Instances, 'updateSettings'>,
  changed: () => void,
): SendingLimitsPort {
  return {
    standing: async (owner) => {
      const standing = await holds.standing(owner)
      if (standing === undefined) throw new Error('there is no such instance')
      return standing
    },
    set: async (id, limits) => {
      await instances.updateSettings(id, { sendingLimits: limits })
      holds.forget()
      changed()
    },
  }
}

export function limitsIn(
  instances: Pick<Instances, 'find' | 'pools'>,
  memberPools: Pick<MemberPools, 'of'>,
): LimitsPort {
  return {
    limitsOf: async (id, query) => {
      const instance = await instances.find(id, { query })
      if (instance === undefined) return undefined
      const own = instance.settings.sendingLimits
      if (instance.isPool) return limitsOfPool(own)
      const ids = own.warmUp === null ? await memberPools.of(id, query) : []
      const pools = await Promise.all(ids.map((each) => instances.find(each, { query })))
      return limitsOfMember(
        own,
        pools.flatMap((pool) => (pool ? [asLimits(pool)] : [])),
      )
    },
    isAnyPoolLimited: async () =>
      (await instances.pools()).some(({ settings }) => areOn(limitsOfPool(settings.sendingLimits))),
  }
}

function asLimits({ id, settings }: Instance): LimitsOfPool {
  return { id, limits: settings.sendingLimits }
}
