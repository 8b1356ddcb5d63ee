import { kind } from './kind.js'
import { filled, numberIn } from './plain.js'

export const channelInvite = kind('newsletterAdminInviteMessage', (message, pen) => ({
  kind: 'channel-invite',
  parts: [
    filled({
      type: 'invite',
      to: 'channel',
      id: message.newsletterJid ?? '',
      name: message.newsletterName ?? '',
      thumbnail: pen.thumbnail(message.jpegThumbnail),
      expiresAt: inMs(message.inviteExpiration),
    }),
    ...(message.caption ? [{ type: 'text' as const, text: message.caption }] : []),
  ],
}))

export const groupInvite = kind('groupInviteMessage', (message, pen) => ({
  kind: 'group-invite',
  parts: [
    filled({
      type: 'invite',
      to: 'group',
      id: message.groupJid ?? '',
      name: message.groupName ?? '',
      thumbnail: pen.thumbnail(message.jpegThumbnail),
      expiresAt: inMs(message.inviteExpiration),
    }),
    ...(message.caption ? [{ type: 'text' as const, text: message.caption }] : []),
  ],
}))

function inMs(seconds: Parameters<typeof numberIn>[0]): number | undefined {
  const whole = numberIn(seconds)
  return whole === undefined ? undefined : whole * 1000
}
