import type { WhatsappId } from '../message-id.js'
import type { Traits } from './traits.js'

export interface PollVoteContent {
  readonly kind: 'poll-vote'
  /** The poll. */
  readonly target: WhatsappId
  /** As the poll names them. Empty takes the vote back. */
  readonly options: readonly string[]
}

export const pollVoteTraits: Traits<PollVoteContent> = {
  text: ({ options }) => options.join(', '),
  earlier: ({ target }) => ({ whatsappId: target }),
  asReceived: ({ options }, { target }) => target && { kind: 'poll-vote', poll: target, options },
}
