/** What every call has that sends a message, so that its file describes the content alone. */

import { type Static, type TObject, type TProperties, type TSchema, Type } from 'typebox'
import type { Recipient } from '../domain/chat.js'
import { type MessageContent, traitsOf } from '../domain/content/index.js'
import { priorities } from '../domain/priority.js'
import type { BodyClass } from '../http/body-limits.js'
import { sent } from './answer-schemas.js'
import { type Endpoint, endpoint, type None } from './endpoint.js'
import { InvalidRequestError, NotBuiltError } from './error-replies.js'
import { listIdIn } from './broadcast/list-attributes.js'
import { sendToList } from './broadcast/send-to-list.js'
import { delayMsOf, recipientOf } from './from-zapi.js'
import { idempotencyKeyOf } from './idempotency-key.js'
import {
  addressedBy,
  mentionAttributes,
  type MentionsGiven,
  replyAttributes,
  type ReplyGiven,
} from './message-context.js'
import { refuseMetaAi } from './meta-ai.js'
import type { Modules } from './modules.js'
import { withStoredFiles } from './stored-files.js'
import { type SendAnswer, sendAnswer } from './to-zapi.js'

/** Describes the header of that name. */
export const idempotencyKey =
  '**Ours.** 1 to 255 printable ASCII characters that name the request: sent again under the same key, it is accepted once.'

/** Of every call that queues a message. */
export const sendRefusals = {
  429: 'The message would expire before its turn. Retry-After says in how many seconds it would not.',
  403: 'WhatsApp lets this number start no conversation at present. Retry-After says for how long.',
  409: 'The first request with this Idempotency-Key is still being worked on.',
  422: 'This Idempotency-Key was used for a request with other parameters.',
}

export const tooManyCodes =
  'This phone was sent too many codes, or the message would expire before its turn. Retry-After says when the next may go.'

const addressed = {
  // Missing, blank and unreadable numbers get the same answer, so none is checked here.
  phone: Type.Optional(
    Type.Unknown({
      description:
        'Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter).',
    }),
  ),
}

const timed = {
  delayMessage: Type.Optional(
    Type.Unknown({
      description:
        'Seconds, 1 to 15, between this message and the next one. A random gap if unset.',
    }),
  ),
  delayTyping: Type.Optional(
    Type.Unknown({
      description: 'Seconds, 1 to 15, of "typing…" before this message. None if unset.',
    }),
  ),
  expiresIn: Type.Optional(
    Type.Integer({
      minimum: 30,
      maximum: 86_400,
      description: '**Ours.** Seconds after which the message is not sent any more.',
    }),
  ),
  onUnknown: Type.Optional(
    Type.Enum(['wait', 'resend-elsewhere'], {
      description:
        '**Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset.',
    }),
  ),
  priority: Type.Optional(
    Type.Enum([...priorities], {
      description:
        '**Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds.',
    }),
  ),
}

type Common = Static<TObject<typeof addressed & typeof timed>>

/** WhatsApp's apps take no longer captions. */
export const longestCaption = 1_024

export interface SendDefinition<P extends TProperties, B extends TProperties> {
  readonly path: string
  readonly aliases?: readonly string[]
  readonly params?: P
  readonly summary: string
  readonly description: string
  /** Beside the phone and the times. */
  readonly body: B
  readonly example: object
  readonly refusals?: Readonly<Record<number, string>>
  /** Attributes of Z-API that would be lost: a call that gives one of them is refused with 501. */
  readonly notBuilt?: readonly string[]
  /** Whom it may go to, where that is not the usual people, groups, channels and lists. */
  readonly recipients?: 'people' | 'status'
  /** `message` if unset. */
  readonly tag?: 'status'
  /** `file` or `large-file` where base64 may stand in the body. `text` if unset. */
  readonly takes?: BodyClass
  /** The ids of the message unless it is said, with `answerOf`, what else. */
  readonly answer?: TSchema
  readonly answerOf?: (answer: SendAnswer) => object
  /** Throws `InvalidRequestError`, `MediaError`. */
  readonly content: (
    body: Static<TObject<B>>,
    modules: Modules,
    params: Static<TObject<P>>,
  ) => MessageContent
}

/** Describes one call that sends a message of one kind. */
export function send<P extends TProperties = None, B extends TProperties = None>(
  definition: SendDefinition<P, B>,
): Endpoint {
  const {
    path,
    aliases = [],
    params,
    summary,
    description,
    body,
    example,
    refusals,
    notBuilt = [],
    takes = 'text',
    recipients,
    tag = 'message',
    answer = sent,
    answerOf = (ids) => ids,
    content,
  } = definition
  return endpoint({
    method: 'POST',
    path,
    aliases,
    ...(params && { params }),
    tag,
    summary,
    description,
    headers: { 'Idempotency-Key': idempotencyKey },
    body: { ...(recipients === 'status' ? {} : addressed), ...body, ...timed },
    example,
    takes,
    audit: { none: 'each message has its own history', byPeople: 'message-submitted' },
    forPools: recipients !== 'status',
    anyNode: true,
    answer,
    refusals: { ...sendRefusals, ...refusals },
    handle: async ({ instance, headers }, input, modules) => {
      // The server has checked both halves of the body.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      const given = input.body as unknown as Common & Static<TObject<B>>
      refuseNotBuilt(given, notBuilt)
      const accept = async (recipient: Recipient, said: MessageContent) => {
        const message = { recipient, content: said, ...timesIn(given) }
        const options = {
          idempotencyKey: idempotencyKeyOf(headers),
          onUnknown: given.onUnknown,
          ...withStoredFiles(message, instance.id, modules),
        }
        return answerOf(sendAnswer(await modules.sends.accept(instance.id, message, options)))
      }
      if (recipients === 'status')
        return accept({ kind: 'status' }, content(given, modules, input.params))
      refuseByPool(instance, given, referencesIn(given, body))
      const list = listIdIn(given.phone)
      if (list !== undefined) {
        const said = content(given, modules, input.params)
        const key = idempotencyKeyOf(headers)
        refuseReferences(referencesIn(given, body))
        const message = { content: said, ...timesIn(given) }
        return answerOf(await sendToList(instance.id, list, message, key, modules))
      }
      const newsletter = newsletterIn(given.phone)
      const asked = newsletter ?? recipientOf(given.phone)
      refuseMetaAi(asked)
      if (recipients === 'people' && asked.kind === 'group')
        throw new InvalidRequestError('Invalid phone: this goes to people alone')
      const said = content(given, modules, input.params)
      if (instance.isPool) refuseEarlierForPools(said)
      if (newsletter !== undefined) refuseInNewsletter(said, referencesIn(given, body))
      const { recipient, context } = await addressedBy(
        instance.id,
        asked,
        referencesIn(given, body),
        modules,
      )
      return accept(recipient, context === undefined ? said : { ...said, context })
    },
  })
}

/** What one number alone, or a pool alone, can do. Throws `InvalidRequestError`. */
function refuseByPool({ isPool }: { readonly isPool: boolean }, given: Common, references: object) {
  if (!isPool && given.onUnknown !== undefined)
    throw new InvalidRequestError('onUnknown works on a pool alone: leave it out')
  if (isPool) refuseForPools(given.phone, references)
}

/** A pool has no number of its own. Throws `InvalidRequestError`. */
function refuseForPools(phone: unknown, references: object): void {
  const isPerson = listIdIn(phone) === undefined && newsletterIn(phone) === undefined
  if (!isPerson || recipientOf(phone).kind === 'group')
    throw new InvalidRequestError(
      'Invalid phone: a pool writes to people alone. Write to groups, lists and channels by a member of the pool',
    )
  const named = Object.entries(references).find(([, value]) => Boolean(value))
  if (named !== undefined) throw new InvalidRequestError(`${named[0]} ${needsMember}`)
}

/** Throws `InvalidRequestError`. */
function refuseEarlierForPools(content: MessageContent): void {
  if (traitsOf(content).earlier?.(content) !== undefined)
    throw new InvalidRequestError(`A message about an earlier one ${needsMember}`)
}

const needsMember =
  'cannot be used with a pool: the earlier message belongs to one number. Send it by the member that callbacks name as instanceId'

/** A channel, by its id with `@newsletter`. */
export function newsletterIn(phone: unknown): Recipient | undefined {
  const text = typeof phone === 'string' ? phone.trim() : ''
  const newsletter = /^(\d{10,30})@newsletter$/u.exec(text)?.[1]
  return newsletter === undefined ? undefined : { kind: 'newsletter', newsletter }
}

/** Throws `InvalidRequestError`. */
function refuseInNewsletter(content: MessageContent, references: object): void {
  if (traitsOf(content).isForNewsletters?.(content) !== true)
    throw new InvalidRequestError('Invalid phone: channels cannot receive this')
  const named = Object.entries(references).find(([, value]) => Boolean(value))
  if (named !== undefined) throw new InvalidRequestError(`${named[0]} is not possible in a channel`)
}

function timesIn({ delayMessage, delayTyping, expiresIn, priority }: Common) {
  return {
    gapAfterMs: delayMsOf(delayMessage),
    typingMs: delayMsOf(delayTyping),
    expiresInSeconds: expiresIn,
    priority,
  }
}

/** The people of a list have chats of their own, with other messages and members. Throws `InvalidRequestError`. */
function refuseReferences(references: object): void {
  const named = Object.entries(references).find(([, value]) => Boolean(value))
  if (named !== undefined)
    throw new InvalidRequestError(`${named[0]} cannot be used with a broadcast list`)
}

/** Only of a call that takes them: `messageId` means another thing in some. */
function referencesIn(given: object, body: TProperties): ReplyGiven & MentionsGiven {
  const taken = { ...replyAttributes, ...mentionAttributes }
  const names = Object.entries(taken).flatMap(([name, schema]) =>
    Reflect.get(body, name) === schema ? [name] : [],
  )
  return Object.fromEntries(names.map((name) => [name, Reflect.get(given, name)]))
}

/** `false` and 0 ask for nothing, so they are no loss. */
function refuseNotBuilt(body: object, notBuilt: readonly string[]): void {
  const asked = notBuilt.find((name) => Boolean(Reflect.get(body, name)))
  if (asked !== undefined) throw new NotBuiltError(`Not supported: ${asked}. Nothing was sent.`)
}
