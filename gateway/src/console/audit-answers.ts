/** What pages read of the audit log. */

import { type Static, Type } from 'typebox'
import { moment, next, optional } from './answer-shapes.js'

export const auditAnswer = Type.Object({
  records: Type.Array(
    Type.Object({
      sequence: Type.Integer(),
      at: moment,
      act: Type.String(),
      role: Type.String(),
      /** The administrator's login. */
      name: optional.text,
      address: Type.String(),
      instanceId: optional.text,
      /** Missing once the instance is deleted. */
      instanceName: optional.text,
      detail: optional.text,
    }),
  ),
  next,
})

export type AuditAnswer = Static<typeof auditAnswer>
export type AuditRecord = AuditAnswer['records'][number]
