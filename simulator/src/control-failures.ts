/** The routes for failures by name, of one phone's number. */

import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import type { FailuresView } from './control-answers.js'
import { ControlError } from './control-manners.js'
import { PhonePath } from './control-schemas.js'
import { type FailureKind, failureKinds, play, playing, undo } from './failures.js'
import { type Faults, strike } from './faults.js'
import type { World } from './model.js'

const FailurePath = Type.Object({
  ...PhonePath.properties,
  kind: Type.Enum([...failureKinds]),
})
type FailurePath = Static<typeof FailurePath>

export function addFailureRoutes(app: FastifyInstance, world: World, faults: Faults): void {
  const there = (phone: string): string => {
    if (world.phone(phone) === undefined) throw new ControlError(404, 'no such phone')
    return phone
  }
  const view = (phone: string): FailuresView => ({ playing: playing(phone, faults) })

  app.get<{ Params: PhonePath }>(
    '/phones/:phone/failures',
    { schema: { params: PhonePath } },
    ({ params }) => view(there(params.phone)),
  )
  const schema = { params: FailurePath }
  app.put<{ Params: FailurePath }>(
    '/phones/:phone/failures/:kind',
    { schema },
    async ({ params }) => {
      const phone = there(params.phone)
      await strike(
        world,
        play(params.kind satisfies FailureKind, phone, { faults, now: Date.now() }),
      )
      return view(phone)
    },
  )
  app.delete<{ Params: FailurePath }>('/phones/:phone/failures/:kind', { schema }, ({ params }) => {
    const phone = there(params.phone)
    undo(params.kind, phone, faults)
    return view(phone)
  })
}
