/**
 * Brings a number that another gateway has linked.
 *
 * `POST /instances/:instanceId/import?apply=true&device=…` with the files, one a line of JSON
 * (`http/import-body.ts`). Without `apply` it is only looked at. Shapes: `import-answers.ts`.
 */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { explain } from '../domain/disconnection-texts.js'
import { ImportChoiceError } from '../domain/errors.js'
import type { ImportFindings, ImportOutcome } from '../domain/session-import.js'
import { acceptImports, filesOf } from '../http/import-body.js'
import type { ImportRouteOptions } from '../http/import-route.js'
import type { Instances } from '../instances/instances.js'
import { actorOf } from './authenticate.js'
import { described } from './described.js'
import { importAnswer } from './import-answers.js'
import { knownInstance } from './known-instance.js'
import * as sent from './requests.js'

export interface ImportRoutesOptions {
  readonly instances: Pick<Instances, 'find'>
  readonly imports: ImportRouteOptions['imports']
}

export function importRoutes({
  instances,
  imports,
}: ImportRoutesOptions): FastifyPluginAsyncTypebox {
  return async (app) => {
    acceptImports(app)
    app.post('/instances/:instanceId/import', {
      ...described('Takes over a number that another gateway linked.', importAnswer, {
        params: sent.instanceParams,
        querystring: sent.importQuery,
        'x-takes': 'session',
      }),
      handler: async (request) => {
        const files = filesOf(request)
        const { id } = await knownInstance(instances, request.params.instanceId)
        const { apply, device } = request.query
        try {
          if (apply !== 'true') {
            return { findings: viewFindings(await imports.look(id, files, { device })) }
          }
          return viewOutcome(await imports.apply(id, files, { device, by: actorOf(request) }))
        } catch (cause) {
          if (cause instanceof ImportChoiceError) return { devices: [...cause.devices] }
          throw cause
        }
      },
    })
  }
}

function viewOutcome({ findings, connected, disconnection }: ImportOutcome) {
  return {
    findings: viewFindings(findings),
    connected,
    ...(disconnection === undefined ? {} : { disconnection: explain(disconnection) }),
  }
}

function viewFindings({ taken, dropped, ...facts }: ImportFindings) {
  return { ...facts, taken: { ...taken }, dropped: dropped.map((each) => ({ ...each })) }
}
