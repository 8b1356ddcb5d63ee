import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'

export const webhookSecret = endpoint({
  method: 'GET',
  path: '/webhook-secret',
  givesSecrets: true,
  tag: 'webhooks',
  summary: 'Gives the secret that callbacks of this instance are signed with.',
  description: '**Ours.** Signatures are those of Standard Webhooks.',
  audit: 'webhook-secret-read',
  answer: Type.Object(
    { webhookSecret: Type.String({ description: 'Signs the callbacks of this instance.' }) },
    {
      description: 'Keep it secret.',
      examples: [{ webhookSecret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=' }],
    },
  ),
  handle: async ({ instance }, _input, { instances }) => ({
    webhookSecret: await instances.signingSecretOf(instance.id),
  }),
})
