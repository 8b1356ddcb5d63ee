/** What pages read of the nodes of a database. */

import { type Static, Type } from 'typebox'
import { moment, optional } from './answer-shapes.js'

export const nodesAnswer = Type.Object({
  nodes: Type.Array(
    Type.Object({
      id: Type.String(),
      url: Type.String(),
      version: Type.String(),
      startedAt: moment,
      heartbeatAgoMs: Type.Integer(),
      instances: Type.Integer(),
      /** It answers the page. */
      isThis: Type.Boolean(),
      isLeaving: Type.Boolean(),
      /** The node that answers the page reaches it. */
      isReachable: Type.Boolean(),
    }),
  ),
  /** The newest first. */
  handovers: Type.Array(
    Type.Object({
      instanceId: Type.String(),
      /** Missing once the instance is deleted. */
      instanceName: optional.text,
      from: optional.text,
      to: Type.String(),
      isPlanned: Type.Boolean(),
      takenAt: moment,
      /** For so many ms no node had it. */
      freeMs: Type.Integer(),
      /** For so many ms its session was not open. Missing until it is. */
      closedMs: Type.Optional(Type.Integer()),
    }),
  ),
})

export type NodesAnswer = Static<typeof nodesAnswer>
export type NodeRecord = NodesAnswer['nodes'][number]
export type HandoverRecord = NodesAnswer['handovers'][number]
