import { Type } from 'typebox'
import { InvalidRequestError } from '../error-replies.js'
import { earlierId } from '../message-context.js'
import { send } from '../send.js'

/** Emoji of several code points, such as families with skin tones, have up to 35. */
const longestEmoji = 64

export const sendReaction = send({
  path: '/send-reaction',
  summary: 'Reacts to a message with an emoji.',
  description: 'A person has one reaction to a message: another one takes its place.',
  body: {
    reaction: Type.String({ minLength: 1, maxLength: longestEmoji, description: 'One emoji.' }),
    messageId: earlierId('The message, own or received.'),
  },
  example: { phone: '5511999999999', reaction: '❤️', messageId: '3EB0A25BD6C67CBA164D3F' },
  content: ({ reaction, messageId }) => ({
    kind: 'reaction',
    target: messageId,
    emoji: emojiIn(reaction),
  }),
})

/** Apps show nothing of a reaction that is no emoji. Throws `InvalidRequestError`. */
function emojiIn(text: string): string {
  const [emoji, ...others] = new Intl.Segmenter().segment(text.trim())
  const isEmoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20E3/u.test(text)
  if (emoji === undefined || others.length > 0 || !isEmoji)
    throw new InvalidRequestError('reaction must be one emoji')
  return emoji.segment
}
