import type { EventContent } from '../../domain/content/event.js'
import type { ToWire } from './wire-message.js'

/** WhatsApp Web writes the same end where its user gives none. */
const usualLengthSeconds = 7_200

export const eventToWire: ToWire<EventContent> = (content, { messageSecret, callLink }) => {
  const { name, description, startsAt, place, isCanceled } = content
  const startTime = Math.floor(startsAt / 1_000)
  return {
    message: {
      // Without it phones refuse the event; answers are encrypted with it.
      messageContextInfo: { messageSecret },
      eventMessage: {
        name,
        ...(description === '' ? {} : { description }),
        ...(place === '' ? {} : { location: { name: place } }),
        ...(callLink === undefined ? {} : { joinLink: callLink }),
        startTime,
        endTime: startTime + usualLengthSeconds,
        isCanceled,
        extraGuestsAllowed: false,
        isScheduleCall: false,
      },
    },
    additionalNodes: [],
  }
}
