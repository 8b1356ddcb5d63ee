/** `otp/start` and `otp/check`, our addition: login codes that are made, sent and checked here. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { longestCooldownSeconds } from '../codes/codes.js'
import type { Recipient } from '../domain/chat.js'
import type { Instance, InstanceId } from '../domain/instance.js'
import type { ImageSource, MessageId, WhatsappId } from '../domain/message.js'
import type { EpochMs } from '../domain/time.js'
import { operation } from '../http/operation.js'
import type { AddressRule } from '../runtime/address-rule.js'
import { ids, sentExample } from './answer-schemas.js'
import { instanceOf } from './authenticate.js'
import { InvalidRequestError } from './error-replies.js'
import { imageSourceOf, recipientOf, withoutBlanks } from './from-zapi.js'
import { idempotencyKeyOf } from './idempotency-key.js'
import { buttonTextOf } from './messages/send-button-otp.js'
import { idempotencyKey as keyHeader, sendRefusals, tooManyCodes } from './send.js'
import { sendAnswer } from './to-zapi.js'

type Addressee = Extract<Recipient, { readonly kind: 'person' | 'lid' }>

export interface CodesPort {
  start(
    instanceId: InstanceId,
    wish: {
      readonly addressee: Addressee
      readonly text: string
      readonly buttonText: string
      readonly image?: ImageSource | undefined
      readonly length: number
      readonly charset: 'digits' | 'alphanumeric'
      readonly expiresInSeconds: number
      readonly cooldownSeconds: number
    },
    options: { readonly idempotencyKey: string | undefined },
  ): Promise<{
    readonly id: MessageId
    readonly whatsappId: WhatsappId
    readonly expiresAt: EpochMs
  }>
  check(instanceId: InstanceId, addressee: Addressee, typed: string): Promise<boolean>
}

export interface OtpRoutesOptions {
  readonly codes: CodesPort
  readonly isAllowedAddress: AddressRule
}

const defaultText = '{code} é o seu código de verificação. Não o compartilhe com ninguém.'
const defaultLength = 6
const defaultLifeSeconds = 300
const defaultCooldownSeconds = 30

const phone = Type.Optional(
  Type.Unknown({ description: 'A person: a number with or without mask, or `…@lid`. Required.' }),
)

const startBody = Type.Object(
  {
    phone,
    message: Type.Optional(
      Type.String({
        // `{code}` has half as many characters as the longest code: what is sent has 4,096 at most.
        maxLength: 2048,
        description: 'What is said; `{code}` in it becomes the code.',
      }),
    ),
    buttonText: Type.Optional(Type.String({ description: 'The label, at most 60 characters.' })),
    image: Type.Optional(Type.String({ description: 'A URL or base64, as in send-button-otp.' })),
    length: Type.Optional(
      Type.Integer({ minimum: 4, maximum: 12, description: 'How many characters the code has.' }),
    ),
    charset: Type.Optional(
      Type.Enum(['digits', 'alphanumeric'], {
        description: 'digits, or letters and digits without those that look alike.',
      }),
    ),
    expiresIn: Type.Optional(
      Type.Integer({ minimum: 30, maximum: 900, description: 'The life of the code in seconds.' }),
    ),
    cooldown: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: longestCooldownSeconds,
        description: 'For how many seconds after this code the phone is sent no other one.',
      }),
    ),
  },
  { examples: [{ phone: '5511999999999', length: 6, expiresIn: 300 }] },
)

const checkBody = Type.Object(
  {
    phone,
    code: Type.String({
      minLength: 1,
      maxLength: 64,
      description:
        'As it was typed: only letters and digits count, and their case makes no difference.',
    }),
  },
  { examples: [{ phone: '5511999999999', code: '123456' }] },
)

const startAnswer = Type.Object(
  {
    ...ids,
    expiresAt: Type.Integer({ description: 'When the code ends, milliseconds since 1970.' }),
  },
  {
    description: 'The code is stored and in line.',
    examples: [{ ...sentExample, expiresAt: 1_795_600_300_000 }],
  },
)
const checkAnswer = Type.Object(
  { valid: Type.Boolean({ description: 'Whether it is the right code, in time and unused.' }) },
  { description: 'It tells nobody whether a phone exists.', examples: [{ valid: false }] },
)

const starting = operation({
  tag: 'otp',
  summary: 'Makes a login code and sends it; nobody but the phone sees it.',
  description: '**Ours.** The code is kept as a keyed hash only. A new one ends the one before.',
  headers: { 'Idempotency-Key': keyHeader },
  body: startBody,
  takes: 'file',
  answer: startAnswer,
  refusals: { ...sendRefusals, 429: tooManyCodes },
})

const checking = operation({
  tag: 'otp',
  summary: 'Tells whether this is the code that the phone was sent last; once.',
  description: '**Ours.** A code has five tries, and is right only once.',
  body: checkBody,
  answer: checkAnswer,
})

/** Below the instance, behind its authentication. */
export function otpRoutes({
  codes,
  isAllowedAddress,
}: OtpRoutesOptions): FastifyPluginAsyncTypebox {
  const start = async (
    { id }: Instance,
    body: Static<typeof startBody>,
    idempotencyKey: string | undefined,
  ): Promise<Static<typeof startAnswer>> => {
    const { image, cooldown } = body
    const wish = {
      addressee: addresseeOf(body.phone),
      text: body.message ?? defaultText,
      buttonText: buttonTextOf(body.buttonText),
      image: image === undefined ? undefined : imageSourceOf(image, isAllowedAddress),
      length: body.length ?? defaultLength,
      charset: body.charset ?? 'digits',
      expiresInSeconds: body.expiresIn ?? defaultLifeSeconds,
      cooldownSeconds: cooldown ?? defaultCooldownSeconds,
    } as const
    const { expiresAt, ...accepted } = await codes.start(id, wish, { idempotencyKey })
    return { ...sendAnswer(accepted), expiresAt }
  }
  const check = async ({ id }: Instance, body: Static<typeof checkBody>) => ({
    valid: await codes.check(id, addresseeOf(body.phone), body.code),
  })
  return async (app) => {
    app.addHook('preValidation', async (request) => {
      request.body = withoutBlanks(request.body)
    })
    app.post('/otp/start', { schema: starting }, (request) =>
      start(instanceOf(request), request.body, idempotencyKeyOf(request.headers)),
    )
    app.post('/otp/check', { schema: checking }, (request) =>
      check(instanceOf(request), request.body),
    )
  }
}

/** Throws `InvalidRequestError`. */
function addresseeOf(given: unknown): Addressee {
  const recipient = recipientOf(given)
  if (recipient.kind === 'person' || recipient.kind === 'lid') return recipient
  throw new InvalidRequestError('phone must be a person: nobody else logs in')
}
