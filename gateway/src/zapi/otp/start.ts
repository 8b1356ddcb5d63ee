import { Type } from 'typebox'
import { longestCooldownSeconds } from '../../codes/codes.js'
import { ids, sentExample } from '../answer-schemas.js'
import { endpoint } from '../endpoint.js'
import { imageSourceOf } from '../from-zapi.js'
import { idempotencyKeyOf } from '../idempotency-key.js'
import { buttonTextOf } from '../messages/send-button-otp.js'
import { idempotencyKey, sendRefusals, tooManyCodes } from '../send.js'
import { sendAnswer } from '../to-zapi.js'
import { addressee, addresseeOf } from './addressee.js'

const defaultText = '{code} é o seu código de verificação. Não o compartilhe com ninguém.'
const defaultLength = 6
const defaultLifeSeconds = 300
const defaultCooldownSeconds = 30

export const startOtp = endpoint({
  method: 'POST',
  path: '/otp/start',
  tag: 'otp',
  forPools: true,
  anyNode: true,
  summary: 'Makes a login code and sends it; only the phone sees it.',
  description: '**Ours.** The code is kept as a keyed hash only. A new one ends the one before.',
  headers: { 'Idempotency-Key': idempotencyKey },
  takes: 'file',
  audit: { none: 'each message has its own history', byPeople: 'message-submitted' },
  body: {
    ...addressee,
    message: Type.Optional(
      Type.String({
        // `{code}` has half as many characters as the longest code: the sent text has 4,096 at most.
        maxLength: 2048,
        description: 'The text; `{code}` in it becomes the code.',
      }),
    ),
    buttonText: Type.Optional(Type.String({ description: 'The label, at most 60 characters.' })),
    image: Type.Optional(
      Type.String({ description: 'A URL or base64, as in send-button-otp.', 'x-file': 'image/*' }),
    ),
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
  example: { phone: '5511999999999', length: 6, expiresIn: 300 },
  answer: Type.Object(
    {
      ...ids,
      expiresAt: Type.Integer({ description: 'When the code ends, milliseconds since 1970.' }),
    },
    {
      description: 'The code is stored and queued.',
      examples: [{ ...sentExample, expiresAt: 1_795_600_300_000 }],
    },
  ),
  refusals: { ...sendRefusals, 429: tooManyCodes },
  handle: async ({ instance, headers }, { body }, { codes, isAllowedAddress }) => {
    const wish = {
      addressee: addresseeOf(body.phone),
      text: body.message ?? defaultText,
      buttonText: buttonTextOf(body.buttonText),
      image: body.image === undefined ? undefined : imageSourceOf(body.image, isAllowedAddress),
      length: body.length ?? defaultLength,
      charset: body.charset ?? 'digits',
      expiresInSeconds: body.expiresIn ?? defaultLifeSeconds,
      cooldownSeconds: body.cooldown ?? defaultCooldownSeconds,
    } as const
    const options = { idempotencyKey: idempotencyKeyOf(headers) }
    const { expiresAt, ...accepted } = await codes.start(instance.id, wish, options)
    return { ...sendAnswer(accepted), expiresAt }
  },
})
