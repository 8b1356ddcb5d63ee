/** Opens the invitation to a channel that a message tells of. */

import type { Recipient } from '../../domain/chat.js'
import { WhatsappRefusedError } from '../../domain/errors.js'
import type { NewsletterApi } from '../../domain/newsletter.js'
import type { EpochMs } from '../../domain/time.js'
import { NotPossibleError } from '../send/earlier-message.js'

const tooOften = 429

export interface Invitation {
  /** Of the channel. */
  readonly name: string
  readonly until?: EpochMs | undefined
}

/**
 * Throws `NotPossibleError` where WhatsApp says no for good, and `WhatsappSilentError`. Again is safe: the
 * person has one invitation.
 */
export async function openInvitation(
  newsletter: string,
  person: Recipient,
  newsletters: Pick<NewsletterApi, 'find' | 'inviteAdmin'>,
): Promise<Invitation> {
  try {
    const { name } = await newsletters.find(newsletter)
    return { name, until: await newsletters.inviteAdmin(newsletter, person) }
  } catch (cause) {
    if (cause instanceof WhatsappRefusedError && cause.refusal !== tooOften)
      throw new NotPossibleError('no-invitation')
    throw cause
  }
}
