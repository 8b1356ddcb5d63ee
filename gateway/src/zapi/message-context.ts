/** Attributes of sends that name earlier messages, people and groups, in our words. */

import { type TProperties, Type } from 'typebox'
import { chatOf, type PersonId, type Recipient } from '../domain/chat.js'
import type { MessageContext } from '../domain/content/context.js'
import type { InstanceId } from '../domain/instance.js'
import type { WhatsappId } from '../domain/message-id.js'
import { InvalidRequestError } from './error-replies.js'
import { recipientOf } from './from-zapi.js'
import { refuseMetaAi } from './meta-ai.js'
import type { Modules } from './modules.js'

/** The longest that are known have 40 characters. */
const longestId = 128
const mostNames = 1_024

export function earlierId(description: string, example?: string) {
  const examples = example === undefined ? {} : { examples: [example] }
  const id = Type.String({ minLength: 1, maxLength: longestId, description, ...examples })
  return Type.Unsafe<WhatsappId>(id)
}

export const replyAttributes = {
  messageId: Type.Optional(
    earlierId('The message that this one answers. It must be one of this chat that is kept.'),
  ),
  privateAnswer: Type.Optional(
    Type.Boolean({
      description:
        'true: the message of a group is answered to its author alone. Not counted for an own message.',
    }),
  ),
} satisfies TProperties

export const mentionAttributes = {
  mentioned: Type.Optional(
    Type.Array(Type.Unknown(), {
      maxItems: mostNames,
      description: 'Numbers or LIDs of people whom the text names as @5511999999999.',
    }),
  ),
  mentionedPhones: Type.Optional(
    Type.Array(Type.Unknown(), {
      maxItems: mostNames,
      description: '**Ours.** The same as mentioned, under the name that some programs use.',
    }),
  ),
  groupMentioned: Type.Optional(
    Type.Array(
      Type.Object({
        phone: Type.String({ maxLength: 64, description: 'The group.' }),
        subject: Type.String({ maxLength: 256, description: 'Its name.' }),
      }),
      {
        maxItems: mostNames,
        description: 'Groups of a community that the text names as @120363019502650977-group.',
      },
    ),
  ),
  mentionAll: Type.Optional(
    Type.Boolean({ description: 'true: all members of the group are mentioned.' }),
  ),
} satisfies TProperties

export interface ReplyGiven {
  readonly messageId?: WhatsappId
  readonly privateAnswer?: boolean
}

export interface MentionsGiven {
  readonly mentioned?: readonly unknown[]
  readonly mentionedPhones?: readonly unknown[]
  readonly groupMentioned?: readonly { readonly phone: string; readonly subject: string }[]
  readonly mentionAll?: boolean
}

export interface Addressed {
  readonly recipient: Recipient
  readonly context: MessageContext | undefined
}

/** Throws `InvalidRequestError`, and `CannotError` where Meta AI is mentioned. */
export async function addressedBy(
  instanceId: InstanceId,
  asked: Recipient,
  given: ReplyGiven & MentionsGiven,
  { keptMessages }: Pick<Modules, 'keptMessages'>,
): Promise<Addressed> {
  const { messageId, privateAnswer } = given
  const mentions = mentionsOf(given, asked)
  if (messageId === undefined) return { recipient: asked, context: mentions }
  const answers = { whatsappId: messageId }
  if (!privateAnswer || asked.kind !== 'group')
    return { recipient: asked, context: { ...mentions, answers } }
  const chat = chatOf(asked)
  const kept = await keptMessages.find(instanceId, { whatsappId: messageId, chat })
  if (kept === undefined)
    throw new InvalidRequestError(
      'messageId names no message of this group that is kept, so it is not known whom to answer',
    )
  const author = kept.fromMe ? undefined : recipientFor(kept.author)
  if (author === undefined) return { recipient: asked, context: { ...mentions, answers } }
  return { recipient: author, context: { ...mentions, answers: { ...answers, chat } } }
}

function recipientFor({ phone, lid }: PersonId): Recipient | undefined {
  if (phone !== undefined) return { kind: 'person', phone }
  return lid === undefined ? undefined : { kind: 'lid', lid }
}

/** `undefined` without a mention. */
function mentionsOf(
  { mentioned, mentionedPhones, groupMentioned = [], mentionAll }: MentionsGiven,
  recipient: Recipient,
): MessageContext | undefined {
  if (mentionAll && recipient.kind !== 'group')
    throw new InvalidRequestError('mentionAll can only be used in groups')
  const mentions = (mentioned ?? mentionedPhones ?? []).map(personIn)
  const groupMentions = groupMentioned.map(({ phone, subject }) => {
    const group = recipientOf(phone)
    if (group.kind !== 'group')
      throw new InvalidRequestError('groupMentioned takes groups: 120363019502650977-group')
    return { group: group.group, subject }
  })
  if (mentions.length + groupMentions.length === 0 && !mentionAll) return undefined
  return {
    ...(mentions.length > 0 ? { mentions } : {}),
    ...(groupMentions.length > 0 ? { groupMentions } : {}),
    ...(mentionAll ? { mentionsAll: true } : {}),
  }
}

function personIn(phone: unknown): PersonId {
  const person = recipientOf(phone)
  refuseMetaAi(person)
  if (person.kind !== 'person' && person.kind !== 'lid')
    throw new InvalidRequestError('mentioned takes numbers and LIDs, and groupMentioned groups')
  return person.kind === 'lid' ? { lid: person.lid } : { phone: person.phone }
}
