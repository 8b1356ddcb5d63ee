import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'

export const extensionToken = endpoint({
  method: 'GET',
  path: '/extension-token',
  givesSecrets: true,
  tag: 'instance',
  summary: 'Makes a token that lets a browser pair this instance for five minutes.',
  description:
    "It stands in the path in place of the instance's token, without Client-Token, in qr-code, qr-code/image, phone-code, status and the calls of the passkey step, and opens nothing else. The one before ends.",
  audit: 'extension-token-made',
  answer: Type.Object(
    {
      token: Type.String({ description: 'Shown only now.' }),
      expiresAt: Type.Integer({ description: 'Milliseconds since 1970.' }),
    },
    {
      description: 'The token.',
      examples: [{ token: 'FA48-HS63', expiresAt: 1_782_851_138_085 }],
    },
  ),
  handle: ({ instance }, _input, { extensionTokens }) => extensionTokens.create(instance.id),
})
