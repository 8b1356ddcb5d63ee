import type { proto } from 'baileys'
import { kind } from './kind.js'

export const polls = [
  kind('pollCreationMessage', pollView),
  kind('pollCreationMessageV2', pollView),
  kind('pollCreationMessageV3', pollView),
  kind('pollCreationMessageV5', pollView),
]

function pollView({ name, options, selectableOptionsCount }: proto.Message.IPollCreationMessage) {
  return {
    kind: 'poll',
    parts: [
      {
        type: 'poll' as const,
        question: name ?? '',
        options: (options ?? []).map(({ optionName }) => optionName ?? ''),
        selectable: selectableOptionsCount ?? 0,
      },
    ],
  }
}

export const pollVote = kind('pollUpdateMessage', (vote) => ({
  changes: vote.pollCreationMessageKey?.id ?? '',
  by: { change: 'vote', vote },
}))
