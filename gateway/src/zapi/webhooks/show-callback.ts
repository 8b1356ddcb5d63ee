import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { maskedBody } from '../masked-body.js'
import {
  attemptEntry,
  attemptExample,
  attemptOf,
  callbackEntry,
  callbackExample,
  callbackParams,
  entryOf,
  unknownCallback,
} from './callback-entry.js'

export const showCallback = endpoint({
  method: 'GET',
  path: '/callbacks/:callbackId',
  givesSecrets: true,
  tag: 'webhooks',
  summary: 'Shows one callback.',
  description:
    '**Ours.** Whatever its status, with its last 20 attempts. `body=true` adds its body with codes masked, `body=codes` as it is sent. A delivered one is kept for 7 days, a failed one for 30.',
  params: callbackParams,
  query: {
    body: Type.Optional(
      Type.Enum(['true', 'false', 'codes'], {
        description: 'true shows its body with codes masked, codes shows it as it is sent.',
      }),
    ),
  },
  // Codes are shown to a caller that asks for them; else they are masked.
  audit: ({ query }) =>
    typeof query === 'object' && query !== null && 'body' in query && query.body === 'codes'
      ? 'codes-read'
      : undefined,
  answer: Type.Object(
    {
      ...callbackEntry,
      tries: Type.Array(Type.Object(attemptEntry), {
        description: 'Its attempts, the oldest first. None where an older version made them.',
      }),
      body: Type.Optional(
        Type.Unknown({ description: 'Only if the query asks for it; null once it is erased.' }),
      ),
    },
    { description: 'The callback.', examples: [{ ...callbackExample, tries: [attemptExample] }] },
  ),
  handle: async ({ instance }, { params, query }, { deadLetters }) => {
    const found = await deadLetters.find(instance.id, params.callbackId)
    if (found === undefined) throw unknownCallback()
    const entry = { ...entryOf(found.letter), tries: found.tries.map(attemptOf) }
    if (query.body === undefined || query.body === 'false') return entry
    const { body } = found
    if (body === undefined) return { ...entry, body: null }
    const parsed: unknown = query.body === 'codes' ? JSON.parse(body) : maskedBody(body)
    return { ...entry, body: parsed }
  },
})
