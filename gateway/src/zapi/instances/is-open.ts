import { Type } from 'typebox'

export const isOpen = Type.Object(
  {
    value: Type.Boolean({
      description:
        'Whether the connection is open. false: not within 15 seconds; Recado goes on trying.',
    }),
  },
  { description: 'The state after at most 15 seconds.', examples: [{ value: true }] },
)
