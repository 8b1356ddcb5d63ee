import type { PollContent } from '../../domain/content/poll.js'
import type { ToWire } from './wire-message.js'

export const pollToWire: ToWire<PollContent> = (content, { messageSecret }) => {
  const { question: name, options, mostChoices } = content
  const poll = {
    name,
    options: options.map((optionName) => ({ optionName })),
    selectableOptionsCount: mostChoices,
  }
  return {
    message: {
      // Votes are encrypted with it.
      messageContextInfo: { messageSecret },
      // WhatsApp's clients write a poll with one choice in its third form.
      ...(mostChoices === 1 ? { pollCreationMessageV3: poll } : { pollCreationMessage: poll }),
    },
    additionalNodes: [],
  }
}
