import { evidence } from '../evidence.js'
import { kind } from './kind.js'
import { filled, numberIn } from './plain.js'

export const event = kind(
  'eventMessage',
  (message) => ({
    kind: 'event',
    parts: [
      filled({
        type: 'event',
        name: message.name ?? '',
        description: message.description,
        startsAt: inMs(message.startTime),
        endsAt: inMs(message.endTime),
        place: message.location?.name || message.location?.address,
        callUrl: message.joinLink,
        canceled: message.isCanceled ? true : undefined,
      }),
    ],
  }),
  (_event, _stanza, { messageContextInfo }) =>
    messageContextInfo?.messageSecret?.length ? [] : [withoutSecret],
)

const withoutSecret = {
  draws: { android: 'nothing', ios: 'nothing', web: 'nothing' },
  why: 'the event has no messageSecret, so that an answer could not be read',
  evidence: evidence.eventSecret,
} as const

/** The wire counts seconds. */
function inMs(seconds: Parameters<typeof numberIn>[0]): number | undefined {
  const whole = numberIn(seconds)
  return whole === undefined ? undefined : whole * 1000
}

export const eventResponse = kind('encEventResponseMessage', (answer) => ({
  changes: answer.eventCreationMessageKey?.id ?? '',
  by: { change: 'event-response', answer },
}))

export const secretEdit = kind('secretEncryptedMessage', (edit) => ({
  changes: edit.targetMessageKey?.id ?? '',
  by: { change: 'encrypted-edit', edit },
}))
