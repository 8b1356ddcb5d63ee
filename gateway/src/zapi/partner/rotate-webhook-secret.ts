import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { overlap, overlapMsOf, previousUntil } from './shapes.js'

export const rotateWebhookSecret = endpoint({
  method: 'POST',
  path: '/integrator/rotate-webhook-secret',
  access: 'partner',
  tag: 'partner',
  forPools: true,
  summary: 'Gives an instance a new secret for the signatures of its callbacks.',
  description:
    '**Ours.** Until the overlap ends, callbacks carry the signatures by both, separated by a space, as Standard Webhooks has it.',
  audit: 'by-the-module',
  keepBlanks: true,
  body: overlap,
  example: { overlapSeconds: 3600 },
  answer: Type.Object(
    { webhookSecret: Type.String({ description: 'The new secret.' }), previousUntil },
    {
      examples: [
        {
          webhookSecret: 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
          previousUntil: null,
        },
      ],
    },
  ),
  handle: async ({ instance, by }, { body }, { access }) => {
    const rotated = await access.rotateSigningSecret(instance.id, overlapMsOf(body), by)
    return { webhookSecret: rotated.secret, previousUntil: rotated.previousUntil ?? null }
  },
})
