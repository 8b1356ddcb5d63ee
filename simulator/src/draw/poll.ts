import type { BinaryNode, proto } from 'baileys'
import { evidence } from '../evidence.js'
import type { Hindrance } from './hindrance.js'
import { kind } from './kind.js'

export const polls = [
  kind('pollCreationMessage', pollView, pollHindrances),
  kind('pollCreationMessageV2', pollView, pollHindrances),
  kind('pollCreationMessageV3', pollView, pollHindrances),
  kind('pollCreationMessageV5', pollView, pollHindrances),
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

const longestQuestion = 255
const longestOption = 100
const mostOptions = 12

function pollHindrances(
  { name, options }: proto.Message.IPollCreationMessage,
  _stanza: BinaryNode,
  { messageContextInfo }: proto.IMessage,
): readonly Hindrance[] {
  const names = (options ?? []).map(({ optionName }) => optionName ?? '')
  const draws = { android: 'nothing', ios: 'nothing', web: 'nothing' } as const
  const found: Hindrance[] = []
  if (!messageContextInfo?.messageSecret?.length)
    found.push({
      draws,
      why: 'the poll has no messageSecret, so that a vote could not be read',
      evidence: evidence.ours,
    })
  const why =
    (name?.length ?? 0) > longestQuestion
      ? 'the question of the poll is too long'
      : names.some((each) => each.length > longestOption)
        ? 'an option of the poll is too long'
        : names.length < 2 || names.length > mostOptions
          ? `a poll with ${names.length} options`
          : new Set(names).size < names.length
            ? 'an option of the poll stands there twice'
            : undefined
  if (why !== undefined) found.push({ draws, why, evidence: evidence.pollLimits })
  return found
}

export const pollVote = kind('pollUpdateMessage', (vote) => ({
  changes: vote.pollCreationMessageKey?.id ?? '',
  by: { change: 'vote', vote },
}))
