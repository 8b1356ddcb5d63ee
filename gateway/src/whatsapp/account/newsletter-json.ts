/** Reads a channel of WhatsApp's GraphQL answers. Everything but the id may be missing. */

import type { NewsletterInfo, NewsletterRole } from '../../domain/newsletter.js'
import { chatOfJid } from '../jid.js'
import { field, numberField, textField } from './mex.js'

const roles: readonly NewsletterRole[] = ['owner', 'admin', 'subscriber', 'guest']

/** `mediaHost` is where pictures are. `undefined` for what is no channel. */
export function newsletterOf(told: unknown, mediaHost: string): NewsletterInfo | undefined {
  const chat = chatOfJid(textField(told, 'id'))
  if (chat?.kind !== 'newsletter') return undefined
  const thread = field(told, 'thread_metadata')
  const viewer = field(told, 'viewer_metadata')
  const seconds = numberField(thread, 'creation_time')
  return {
    newsletter: chat.newsletter,
    name: textField(field(thread, 'name'), 'text') ?? '',
    description: textField(field(thread, 'description'), 'text') ?? '',
    subscribers: numberField(thread, 'subscribers_count'),
    createdAt: seconds === undefined ? undefined : seconds * 1_000,
    isActive: (textField(field(told, 'state'), 'type') ?? 'ACTIVE').toUpperCase() === 'ACTIVE',
    isVerified: textField(thread, 'verification')?.toUpperCase() === 'VERIFIED',
    invitation: textField(thread, 'invite') || undefined,
    pictureUrl: urlOf(field(thread, 'picture'), mediaHost),
    previewUrl: urlOf(field(thread, 'preview'), mediaHost),
    isMuted: isMuted(viewer),
    role: roleIn(viewer),
  }
}

function urlOf(picture: unknown, mediaHost: string): string | undefined {
  const path = textField(picture, 'direct_path')
  return path?.startsWith('/') === true ? `https://${mediaHost}${path}` : undefined
}

/** Older answers have one mark, newer ones a list of settings. */
function isMuted(viewer: unknown): boolean {
  const settings = field(viewer, 'settings')
  const list: readonly unknown[] = Array.isArray(settings) ? settings : []
  const setting = list.find((each) => textField(each, 'type') === 'MUTE_FOLLOWER_ACTIVITY')
  return (textField(setting, 'value') ?? textField(viewer, 'mute'))?.toUpperCase() === 'ON'
}

function roleIn(viewer: unknown): NewsletterRole {
  const told = textField(viewer, 'role')?.toLowerCase()
  return roles.find((role) => role === told) ?? 'guest'
}
