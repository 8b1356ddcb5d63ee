/** What every call has that sends a message, so that its file describes the content alone. */

import { type Static, type TObject, type TProperties, Type } from 'typebox'
import type { MessageContent } from '../domain/message.js'
import type { BodyClass } from '../http/body-limits.js'
import { sent } from './answer-schemas.js'
import { type Endpoint, endpoint } from './endpoint.js'
import { delayMsOf, recipientOf } from './from-zapi.js'
import { idempotencyKeyOf } from './idempotency-key.js'
import type { Modules } from './modules.js'
import { sendAnswer } from './to-zapi.js'

/** Describes the header of that name. */
export const idempotencyKey =
  '**Ours.** 1 to 255 printable ASCII characters that name the request: sent again under the same key, it is accepted once.'

/** Of every call that queues a message. */
export const sendRefusals = {
  403: 'WhatsApp lets this number start no conversation at present. Retry-After says for how long.',
  409: 'The first request with this Idempotency-Key is still being worked on.',
  422: 'This Idempotency-Key was used for a request with other parameters.',
}

export const tooManyCodes =
  'This phone was sent too many codes. Retry-After says when the next may go.'

const addressed = {
  // Missing, blank and unreadable numbers get the same answer, so none is checked here.
  phone: Type.Optional(
    Type.Unknown({
      description:
        'Required. A number with its country (5511999999999), a group (120363019502650977-group) or a LID (164354629388413@lid).',
    }),
  ),
}

const timed = {
  delayMessage: Type.Optional(
    Type.Unknown({ description: 'Seconds, 1 to 15, between this message and the next one.' }),
  ),
  delayTyping: Type.Optional(
    Type.Unknown({ description: 'Seconds, 1 to 15, of "typing…" before this message.' }),
  ),
  expiresIn: Type.Optional(
    Type.Integer({
      minimum: 30,
      maximum: 86_400,
      description: '**Ours.** Seconds after which the message is not sent any more.',
    }),
  ),
}

type Common = Static<TObject<typeof addressed & typeof timed>>

export interface SendDefinition<B extends TProperties> {
  readonly path: string
  readonly summary: string
  readonly description: string
  /** Beside the phone and the times. */
  readonly body: B
  readonly example: object
  readonly refusals?: Readonly<Record<number, string>>
  /** `file` where base64 may stand in the body. `text` if unset. */
  readonly takes?: BodyClass
  /** Throws `InvalidRequestError`, `MediaError`. */
  readonly content: (body: Static<TObject<B>>, modules: Modules) => MessageContent
}

/** Describes one call that sends a message of one kind. */
export function send<B extends TProperties>(definition: SendDefinition<B>): Endpoint {
  const {
    path,
    summary,
    description,
    body,
    example,
    refusals,
    takes = 'text',
    content,
  } = definition
  return endpoint({
    method: 'POST',
    path,
    tag: 'message',
    summary,
    description,
    headers: { 'Idempotency-Key': idempotencyKey },
    body: { ...addressed, ...body, ...timed },
    example,
    takes,
    audit: { none: 'each message has its own history' },
    answer: sent,
    refusals: { ...sendRefusals, ...refusals },
    handle: async ({ instance, headers }, input, modules) => {
      // The server has checked both halves of the body.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      const given = input.body as unknown as Common & Static<TObject<B>>
      const message = {
        recipient: recipientOf(given.phone),
        content: content(given, modules),
        gapAfterMs: delayMsOf(given.delayMessage),
        typingMs: delayMsOf(given.delayTyping),
        expiresInSeconds: given.expiresIn,
      }
      const options = { idempotencyKey: idempotencyKeyOf(headers) }
      return sendAnswer(await modules.outbox.accept(instance.id, message, options))
    },
  })
}
