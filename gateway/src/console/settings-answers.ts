/** What pages read of the settings of the gateway, and of secrets that are shown when a person asks. */

import { type Static, Type } from 'typebox'
import { optional } from './answer-shapes.js'

/** The variables that count for every instance and that an operator looks for beside those of one. */
export const gatewaySettingNames = [
  'RECADO_PACING_MIN_MS',
  'RECADO_PACING_MAX_MS',
  'RECADO_CODES_PER_10_MINUTES',
  'RECADO_CODES_PER_DAY',
  'RECADO_REQUESTS_PER_MINUTE',
  'RECADO_KEEP_MESSAGES_DAYS',
  'RECADO_KEEP_MEDIA_LINKS_DAYS',
  'RECADO_KEEP_DIRECTORY_DAYS',
  'RECADO_CLIENT_TOKEN_REQUIRED',
] as const

const gatewaySetting = Type.Object({
  name: Type.Enum([...gatewaySettingNames]),
  /** `null` where it is unset. */
  value: Type.Unsafe<number | boolean | null>({ type: ['number', 'boolean', 'null'] }),
  preset: Type.Unsafe<number | boolean | null>({ type: ['number', 'boolean', 'null'] }),
})

export const gatewaySettingsAnswer = Type.Object({ settings: Type.Array(gatewaySetting) })
export const webhookSecretAnswer = Type.Object({ secret: Type.String() })
export const rotatedSecretAnswer = Type.Object({
  secret: Type.String(),
  previousUntil: optional.moment,
})

export type GatewaySetting = Static<typeof gatewaySetting>
export type GatewaySettingsAnswer = Static<typeof gatewaySettingsAnswer>
export type WebhookSecretAnswer = Static<typeof webhookSecretAnswer>
export type RotatedSecretAnswer = Static<typeof rotatedSecretAnswer>
