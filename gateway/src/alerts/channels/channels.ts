/** The channels that are set, each ready to tell. */

import type { AlertChannel } from '../../domain/alert.js'
import type { AlertSettings } from '../alert-settings.js'
import type { ChannelPorts, Tell } from './channel.js'
import { email } from './email.js'
import { slack, telegram, webhook } from './post.js'

export function channelsOf(
  settings: AlertSettings,
  ports: ChannelPorts,
): ReadonlyMap<AlertChannel, Tell> {
  const { language } = settings
  const channels = new Map<AlertChannel, Tell>()
  if (settings.webhook) channels.set('webhook', webhook(settings.webhook, ports))
  if (settings.email) channels.set('email', email(settings.email, language, ports))
  if (settings.slack) channels.set('slack', slack(settings.slack, language, ports))
  if (settings.telegram) channels.set('telegram', telegram(settings.telegram, language, ports))
  return channels
}
