/** What pages read of alerts: what is wrong, where it is told, and how the last tries went. */

import { type Static, Type } from 'typebox'
import { alertChannels, alertKinds } from '../domain/alert.js'
import { explanation, moment, optional } from './answer-shapes.js'

const bilingual = Type.Object({ en: Type.String(), pt: Type.String() })
const channel = Type.Enum([...alertChannels])

const alert = Type.Object({
  kind: Type.Enum([...alertKinds]),
  title: bilingual,
  ...explanation.properties,
  instanceId: optional.text,
  since: moment,
  /** When a restriction ends. */
  until: optional.moment,
  /** When it recovered. */
  closedAt: optional.moment,
})

/** Where a number or true is missing, that kind is not told. */
export const alertRules = Type.Object({
  downAfterMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_440 })),
  restricted: Type.Boolean(),
  banned: Type.Boolean(),
  receiverFailing: Type.Boolean(),
  queueOlderThanSeconds: Type.Optional(Type.Integer({ minimum: 10, maximum: 86_400 })),
  diskBelowMegabytes: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000_000 })),
  databaseAway: Type.Boolean(),
})

export const alertLanguage = Type.Enum(['en', 'pt'])
export const mailTls = Type.Enum(['start', 'implicit', 'none'])

/** Without the passwords and the URLs that are secrets: those go in and never come out. */
const settings = Type.Object({
  language: alertLanguage,
  rules: alertRules,
  repeatAfterMinutes: Type.Integer(),
  webhook: Type.Optional(Type.Object({ url: Type.String() })),
  email: Type.Optional(
    Type.Object({
      host: Type.String(),
      port: Type.Integer(),
      tls: mailTls,
      user: optional.text,
      hasPassword: Type.Boolean(),
      from: Type.String(),
      to: Type.Array(Type.String()),
    }),
  ),
  slack: Type.Optional(Type.Object({ host: Type.String() })),
  telegram: Type.Optional(Type.Object({ host: Type.String(), chatId: Type.String() })),
})

export const alertsAnswer = Type.Object({
  open: Type.Array(alert),
  closed: Type.Array(alert),
  settings,
  channels: Type.Array(
    Type.Object({
      channel: Type.String(),
      status: Type.Enum(['pending', 'done', 'dead']),
      at: moment,
      problem: optional.text,
    }),
  ),
})

export const alertTestAnswer = Type.Object({
  results: Type.Array(Type.Object({ channel, problem: optional.text, tookMs: Type.Integer() })),
})

export const alertSecretAnswer = Type.Object({ secret: Type.String() })

export type AlertAnswer = Static<typeof alert>
export type AlertsAnswer = Static<typeof alertsAnswer>
export type AlertSettingsAnswer = Static<typeof settings>
export type AlertTestAnswer = Static<typeof alertTestAnswer>
export type AlertSecretAnswer = Static<typeof alertSecretAnswer>
