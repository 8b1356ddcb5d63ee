/** The settings of the gateway that the console shows beside those of a number. */

import type { Config } from '../config.js'
import { type GatewaySetting, gatewaySettingNames } from '../console/settings-answers.js'
import { settingsSchema } from '../settings.js'

const dayMs = 86_400_000

export function gatewaySettingsOf(config: Config): readonly GatewaySetting[] {
  const { pacing, codeLimits, requestLimits, keepDirectoryMs } = config
  const values: Readonly<Record<GatewaySetting['name'], GatewaySetting['value']>> = {
    RECADO_PACING_MIN_MS: pacing.minGapMs,
    RECADO_PACING_MAX_MS: pacing.maxGapMs,
    RECADO_CODES_PER_10_MINUTES: codeLimits.per10Minutes,
    RECADO_CODES_PER_DAY: codeLimits.perDay,
    RECADO_REQUESTS_PER_MINUTE: requestLimits.requestsPerMinute,
    RECADO_KEEP_MESSAGES_DAYS: config.keepMessagesMs / dayMs,
    RECADO_KEEP_MEDIA_LINKS_DAYS: config.keepMediaLinksMs / dayMs,
    RECADO_KEEP_DIRECTORY_DAYS: keepDirectoryMs === undefined ? null : keepDirectoryMs / dayMs,
    RECADO_CLIENT_TOKEN_REQUIRED: config.clientTokenRequired,
  }
  return gatewaySettingNames.map((name) => ({ name, value: values[name], preset: presetOf(name) }))
}

function presetOf(name: GatewaySetting['name']): GatewaySetting['preset'] {
  const preset: unknown = Reflect.get(settingsSchema.properties[name], 'default')
  return typeof preset === 'number' || typeof preset === 'boolean' ? preset : null
}
