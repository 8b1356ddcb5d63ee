import { Type } from 'typebox'
import { disconnection, disconnectionAnswer } from '../disconnection-answer.js'
import { endpoint } from '../endpoint.js'
import { connectionAnswer } from '../connection-answer.js'

export const status = endpoint({
  method: 'GET',
  path: '/status',
  access: 'pairing',
  tag: 'instance',
  summary: 'Tells whether the instance is connected.',
  description:
    'What it was at this moment. ConnectedCallback and DisconnectedCallback tell changes.',
  answer: Type.Object(
    {
      connected: Type.Boolean({ description: 'Whether it can send now.' }),
      error: Type.Unsafe<string | null>({
        type: ['string', 'null'],
        description:
          'A text about the state and no failure, also while connected: Z-API writes it so.',
      }),
      smartphoneConnected: Type.Boolean({ description: 'The same as connected.' }),
      restrictedUntil: Type.Optional(
        Type.Integer({
          description:
            '**Ours**, only while it is so: strangers are refused until then, milliseconds since 1970.',
        }),
      ),
      disconnection: Type.Optional(disconnection),
    },
    {
      description: 'The state at this moment.',
      examples: [
        { connected: true, error: 'You are already connected.', smartphoneConnected: true },
      ],
    },
  ),
  handle: async ({ instance }, _input, { sessions, restrictions }) => {
    const restrictedUntil = await restrictions.until(instance.id)
    const { state, disconnection: why } = sessions.status(instance.id)
    return {
      ...connectionAnswer(state, await sessions.needsRestoring(instance.id)),
      ...(restrictedUntil === undefined ? {} : { restrictedUntil }),
      ...(why === undefined ? {} : { disconnection: disconnectionAnswer(why) }),
    }
  },
})
