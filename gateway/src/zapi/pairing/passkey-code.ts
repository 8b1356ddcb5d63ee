import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { attempt } from './attempt.js'
import { succeeded } from './passkey-state.js'

export const passkeyCode = endpoint({
  method: 'POST',
  path: '/passkey-code',
  access: 'pairing',
  tag: 'instance',
  summary: 'Tells whether the phone shows the same code.',
  description:
    '**Ours.** Where `GET /passkey` says code. Another code on the phone means that another device takes part: the linking then ends.',
  body: { same: Type.Boolean({ description: 'Whether the codes are the same.' }) },
  example: { same: true },
  audit: 'passkey-code-compared',
  answer: succeeded,
  handle: ({ instance }, { body }, { sessions }) =>
    attempt(sessions.compareCode(instance.id, body.same)),
})
