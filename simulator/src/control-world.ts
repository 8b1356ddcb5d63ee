/** The routes beside the phones: groups, and what goes wrong. */

import type { FastifyInstance } from 'fastify'
import { ControlError } from './control-manners.js'
import { NewGroup } from './control-schemas.js'
import { FaultChange } from './fault-schema.js'
import { type Faults, strike, thawAll } from './faults.js'
import type { GroupFace, World } from './model.js'

export function addWorldRoutes(app: FastifyInstance, world: World, faults: Faults): void {
  app.get('/groups', () => world.groups.map(viewGroup))
  app.post<{ Body: NewGroup }>('/groups', { schema: { body: NewGroup } }, ({ body }, reply) => {
    const stranger = body.members.findIndex((member) => world.phone(member) === undefined)
    if (stranger >= 0) throw new ControlError(400, `members/${stranger} is no phone`)
    return reply.code(201).send(viewGroup(world.addGroup(body)))
  })

  app.get('/faults', () => faults.state)
  app.put<{ Body: FaultChange }>('/faults', { schema: { body: FaultChange } }, async ({ body }) => {
    const { connections = [], ...kept } = body
    faults.set(kept)
    await strike(world, connections)
    return faults.state
  })
  app.delete('/faults', () => {
    faults.clear()
    thawAll(world)
    return faults.state
  })
}

/** `community` is the id of the one that the group belongs to. */
function viewGroup({ id, subject, members, isCommunity, community }: GroupFace) {
  return {
    id,
    subject,
    members,
    ...(isCommunity ? { isCommunity } : {}),
    ...(community === undefined ? {} : { community: community.id }),
  }
}
