import type { MessageContext } from '../../domain/content/context.js'
import type { WhatsappId } from '../../domain/message-id.js'
import { earlierId } from '../message-context.js'

export const statusMessageId = earlierId(
  'The status, which the person of `phone` posted in the last 24 hours.',
  '3EB0A25BD6C67CBA164D3F',
)

export const answerDescription =
  'It is a message in the chat with the person, with the status above it. A status that is unknown or over ends in a DeliveryCallback with the cause, and nothing is sent.'

export function answering(whatsappId: WhatsappId): { readonly context: MessageContext } {
  return { context: { answers: { whatsappId, chat: { kind: 'status' } } } }
}
