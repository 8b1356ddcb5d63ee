/** Adds the numbers of the people that a message names by LID only, as far as they are known. */

import type { ChatId, PersonId } from '../../domain/chat.js'
import type { IncomingContent } from '../../domain/incoming-content.js'
import type { MessageTarget } from '../../domain/message-target.js'
import type { IncomingMessage } from '../../domain/incoming-message.js'
import type { LabelChange } from '../../domain/notice.js'
import { withKnownPhone } from '../account/directory.js'
import type { Directory } from '../send/resolve.js'

type Phones = Pick<Directory, 'phoneOf'>

export async function withKnownPeople(
  message: IncomingMessage,
  phones: Phones,
): Promise<IncomingMessage> {
  const [chat, sender, mentions, content] = await Promise.all([
    withKnownChat(message.chat, phones),
    withKnownPhone(message.sender, phones),
    message.mentions && allKnown(message.mentions, phones),
    knownContent(message.content, phones),
  ])
  return { ...message, chat, sender, mentions, content }
}

export async function withKnownChat(chat: ChatId, phones: Phones): Promise<ChatId> {
  return chat.kind === 'person' ? withKnownPhone(chat, phones) : chat
}

async function knownContent(content: IncomingContent, phones: Phones): Promise<IncomingContent> {
  if (content.kind === 'group-change')
    return { ...content, people: await allKnown(content.people, phones) }
  if (content.kind === 'poll-vote')
    return { ...content, poll: await knownTarget(content.poll, phones) }
  if (content.kind === 'event-reply')
    return { ...content, event: await knownTarget(content.event, phones) }
  if (content.kind === 'channel-role')
    return { ...content, person: await withKnownPhone(content.person, phones) }
  if (content.kind === 'payment-request')
    return { ...content, payer: await withKnownPhone(content.payer, phones) }
  if (content.kind === 'chat-labels')
    return { ...content, changes: await Promise.all(content.changes.map(knownLabel(phones))) }
  if (!('target' in content)) return content
  return { ...content, target: await knownTarget(content.target, phones) }
}

async function knownTarget(target: MessageTarget, phones: Phones): Promise<MessageTarget> {
  const chat = await withKnownChat(target.chat, phones)
  const author = target.author && (await withKnownPhone(target.author, phones))
  return { ...target, chat, author }
}

function knownLabel(phones: Phones) {
  return async (change: LabelChange): Promise<LabelChange> => ({
    ...change,
    chat: await withKnownChat(change.chat, phones),
  })
}

function allKnown(people: readonly PersonId[], phones: Phones): Promise<readonly PersonId[]> {
  return Promise.all(people.map((person) => withKnownPhone(person, phones)))
}
