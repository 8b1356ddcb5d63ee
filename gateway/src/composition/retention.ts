/** How long messages, media links and the directory of each number are kept. */

import type { Retention } from '../db/retention.js'
import type { Instance } from '../domain/instance.js'
import type { Instances } from '../instances/instances.js'

const dayMs = 86_400_000

type Name = 'keepMessagesDays' | 'keepMediaLinksDays' | 'keepDirectoryDays'

/** @param ofGatewayMs for the instances whose setting is null */
export function retentionBy<Ms extends number | undefined>(
  name: Name,
  ofGatewayMs: Ms,
  instances: Pick<Instances, 'find' | 'list'>,
): Retention<Ms> {
  return {
    ofGatewayMs,
    keepMs: async (instanceId, query) => {
      const instance = await instances.find(instanceId, query && { query })
      return (instance && ownMs(instance, name)) ?? ofGatewayMs
    },
    own: async () => {
      const all = await instances.list()
      return new Map(
        all.flatMap((instance) => {
          const ms = ownMs(instance, name)
          return ms === undefined ? [] : [[instance.id, ms] as const]
        }),
      )
    },
  }
}

function ownMs({ settings }: Instance, name: Name): number | undefined {
  const days = settings[name]
  return days === null ? undefined : days * dayMs
}
