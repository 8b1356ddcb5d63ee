/** The gateways that share this database, and how instances moved between them. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import type { Instances } from '../instances/instances.js'
import { described } from './described.js'
import { nodesAnswer, type NodeRecord } from './node-answers.js'
import { withoutAbsent } from './words.js'

interface HandoverSeen {
  readonly instanceId: InstanceId
  readonly from: string | undefined
  readonly to: string
  readonly isPlanned: boolean
  readonly freeSince: EpochMs
  readonly takenAt: EpochMs
  readonly openAt: EpochMs | undefined
}

export interface NodeRoutesOptions {
  readonly instances: Pick<Instances, 'list'>
  /** Undefined for a gateway that has its database alone. */
  readonly nodes:
    | {
        report(): Promise<readonly NodeRecord[]>
        readonly handovers: { latest(most: number): Promise<readonly HandoverSeen[]> }
      }
    | undefined
}

const mostHandovers = 100

export function nodeRoutes({ instances, nodes }: NodeRoutesOptions): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get('/nodes', {
      ...described('The nodes that live, and the last hand-overs.', nodesAnswer),
      handler: async () => {
        if (nodes === undefined) return { nodes: [], handovers: [] }
        const handovers = await nodes.handovers.latest(mostHandovers)
        const all = await instances.list()
        const names = new Map<string, string>(all.map(({ id, name }) => [id, name]))
        return {
          nodes: [...(await nodes.report())],
          handovers: handovers.map(({ freeSince, openAt, ...handover }) =>
            withoutAbsent({
              ...handover,
              instanceName: names.get(handover.instanceId),
              freeMs: handover.takenAt - freeSince,
              closedMs: openAt === undefined ? undefined : openAt - freeSince,
            }),
          ),
        }
      },
    })
  }
}
