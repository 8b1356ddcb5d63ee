/** What the page of alerts sends. A channel that is left out is not set any more; a secret that is left out stays as it is. */

import { Type } from 'typebox'
import { alertLanguage, alertRules, mailTls } from './alert-answers.js'

const url = Type.String({ maxLength: 2_048, description: 'Left out: as it is.' })
const address = Type.String({
  maxLength: 320,
  pattern: '^[^\\s@<>]+@[^\\s@<>]+$',
  description: 'An e-mail address.',
})

export const alertSettingsBody = Type.Object({
  language: alertLanguage,
  rules: alertRules,
  repeatAfterMinutes: Type.Integer({ minimum: 0, maximum: 10_080 }),
  webhook: Type.Optional(Type.Object({ url })),
  email: Type.Optional(
    Type.Object({
      host: Type.String({ minLength: 1, maxLength: 255, pattern: '^[^\\s/@]+$' }),
      port: Type.Integer({ minimum: 1, maximum: 65_535 }),
      tls: mailTls,
      user: Type.Optional(Type.String({ maxLength: 320 })),
      password: Type.Optional(Type.String({ maxLength: 1_024 })),
      from: address,
      to: Type.Array(address, { minItems: 1, maxItems: 20 }),
    }),
  ),
  slack: Type.Optional(Type.Object({ url: Type.Optional(url) })),
  telegram: Type.Optional(
    Type.Object({
      url: Type.Optional(url),
      chatId: Type.String({ pattern: '^(-?\\d{1,20}|@\\w{1,64})$' }),
    }),
  ),
})
