/** Who did what to this gateway, from where. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { AuditLog } from '../instances/audit-log.js'
import type { Instances } from '../instances/instances.js'
import { auditAnswer } from './audit-answers.js'
import { described } from './described.js'
import * as sent from './requests.js'
import { placeIn, withoutAbsent } from './words.js'

export interface AuditRoutesOptions {
  readonly instances: Pick<Instances, 'list'>
  readonly audit: Pick<AuditLog, 'list'>
}

const pageSize = 50

export function auditRoutes({ instances, audit }: AuditRoutesOptions): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get('/audit', {
      ...described('What was done, the newest first.', auditAnswer, {
        querystring: sent.auditQuery,
      }),
      handler: async ({ query }) => {
        const page = await audit.list({
          instanceId: query.instance,
          before: placeIn(query.before),
          limit: pageSize,
        })
        const all = await instances.list()
        const names = new Map<string, string>(all.map(({ id, name }) => [id, name]))
        const records = page.map(({ by, instanceId, ...record }) =>
          withoutAbsent({
            ...record,
            ...by,
            instanceId,
            instanceName: instanceId && names.get(instanceId),
          }),
        )
        const next = page.length < pageSize ? undefined : page.at(-1)?.sequence
        return withoutAbsent({ records, next })
      },
    })
  }
}
