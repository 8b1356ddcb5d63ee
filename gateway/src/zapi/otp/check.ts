import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { addressee, addresseeOf } from './addressee.js'

export const checkOtp = endpoint({
  method: 'POST',
  path: '/otp/check',
  tag: 'otp',
  forPools: true,
  anyNode: true,
  summary: 'Tells whether this is the code that the phone was sent last; once.',
  description: '**Ours.** A code has five tries, and is right only once.',
  audit: { none: 'a person logs in to the application of the caller' },
  body: {
    ...addressee,
    code: Type.String({
      minLength: 1,
      maxLength: 64,
      description:
        'As it was typed: only letters and digits count, and their case makes no difference.',
    }),
  },
  example: { phone: '5511999999999', code: '123456' },
  answer: Type.Object(
    { valid: Type.Boolean({ description: 'Whether it is the right code, in time and unused.' }) },
    { description: 'It does not tell whether a phone exists.', examples: [{ valid: false }] },
  ),
  handle: async ({ instance }, { body }, { codes }) => ({
    valid: await codes.check(instance.id, addresseeOf(body.phone), body.code),
  }),
})
