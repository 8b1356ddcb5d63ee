import { createHash } from 'node:crypto'
import { proto } from 'baileys'
import type { PollVoteContent } from '../../domain/content/poll-vote.js'
import { needed, NotPossibleError } from '../send/earlier-message.js'
import { pollIn } from '../receive/message-secret.js'
import type { ToWire } from './wire-message.js'

export const pollVoteToWire: ToWire<PollVoteContent> = ({ options }, { earlier, at, seal }) => {
  const { key, message } = needed(earlier)
  const poll = pollIn(message)
  if (!poll) throw new NotPossibleError('not-answerable')
  const names = new Set((poll.options ?? []).map(({ optionName }) => optionName ?? ''))
  const most = poll.selectableOptionsCount ?? 0
  if (options.some((name) => !names.has(name)) || (most > 0 && options.length > most))
    throw new NotPossibleError('no-such-option')
  const selectedOptions = options.map((name) => createHash('sha256').update(name).digest())
  const plaintext = proto.Message.PollVoteMessage.encode({ selectedOptions }).finish()
  return {
    message: {
      pollUpdateMessage: {
        pollCreationMessageKey: key,
        vote: seal('Poll Vote', plaintext),
        senderTimestampMs: at,
      },
    },
    additionalNodes: [],
  }
}
