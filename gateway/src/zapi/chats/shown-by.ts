/** What a person or a group shows of itself: WhatsApp is asked if there is a connection. */

import type { ChatId, Recipient } from '../../domain/chat.js'
import type { KnownContact } from '../../domain/directory.js'
import {
  NotConnectedError,
  WhatsappRefusedError,
  WhatsappSilentError,
} from '../../domain/errors.js'
import type { InstanceId } from '../../domain/instance.js'
import type { Modules } from '../modules.js'

export interface Shown {
  /** Empty: none, or not to be seen. */
  readonly picture: string
  readonly about: string
}

/** Never fails for WhatsApp: what it does not say is what it said last. Keeps a new about text. */
export async function shownBy(
  instanceId: InstanceId,
  chat: ChatId,
  contact: KnownContact | undefined,
  { profiles, directory }: Pick<Modules, 'profiles' | 'directory'>,
): Promise<Shown> {
  const recipient = recipientIn(chat)
  const known = { picture: '', about: contact?.about ?? '' }
  if (recipient === undefined) return known
  const profile = await unlessUnheard(async () => profiles.profilesOf(instanceId))
  if (profile === undefined) return known
  const [picture, about] = await Promise.all([
    unlessUnheard(() => profile.pictureOf(recipient)),
    recipient.kind === 'group' ? undefined : unlessUnheard(() => profile.aboutOf(recipient)),
  ])
  if (about !== undefined && about !== known.about && chat.kind === 'person')
    await directory.take(instanceId, [{ kind: 'contact', person: chat, facts: { about } }])
  return { picture: picture ?? '', about: about ?? known.about }
}

export function recipientIn(chat: ChatId): Recipient | undefined {
  if (chat.kind === 'group') return chat
  if (chat.kind !== 'person') return undefined
  const { phone, lid } = chat
  if (phone !== undefined) return { kind: 'person', phone }
  return lid === undefined ? undefined : { kind: 'lid', lid }
}

async function unlessUnheard<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask()
  } catch (cause) {
    const isUnheard =
      cause instanceof NotConnectedError ||
      cause instanceof WhatsappRefusedError ||
      cause instanceof WhatsappSilentError
    if (!isUnheard) throw cause
    return undefined
  }
}
