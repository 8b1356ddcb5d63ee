import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { overlap, overlapMsOf, previousUntil } from './shapes.js'

export const rotateToken = endpoint({
  method: 'POST',
  path: '/integrator/rotate-token',
  access: 'partner',
  tag: 'partner',
  forPools: true,
  summary: 'Gives an instance a new token.',
  description:
    '**Ours.** The new one is shown this once; callbacks carry it from now on. The previous one counts until the overlap ends.',
  audit: 'by-the-module',
  keepBlanks: true,
  body: overlap,
  example: { overlapSeconds: 3600 },
  answer: Type.Object(
    { token: Type.String({ description: 'The new token.' }), previousUntil },
    { examples: [{ token: 'E0F1D2C3B4A5968778695A4B', previousUntil: 1795478400000 }] },
  ),
  handle: async ({ instance, by }, { body }, { access }) => {
    const rotated = await access.rotateToken(instance.id, overlapMsOf(body), by)
    return { token: rotated.token, previousUntil: rotated.previousUntil ?? null }
  },
})
