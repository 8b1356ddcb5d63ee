import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'

export const passkeyLink = endpoint({
  method: 'POST',
  path: '/passkey-link',
  access: 'pairing',
  tag: 'instance',
  summary: 'Makes a one-time link for the person with the passkey.',
  description:
    '**Ours.** Its page shows who wants to link what, and takes the person through the step. It counts for this linking alone, for ten minutes, and opens nothing else. It begins with RECADO_PUBLIC_URL.',
  refusals: { 409: 'WhatsApp does not ask for the passkey now.' },
  audit: 'passkey-link-made',
  answer: Type.Object(
    {
      url: Type.String({ description: 'For a browser on a computer. Shown only now.' }),
      expiresAt: Type.Integer({ description: 'Milliseconds since 1970.' }),
    },
    {
      description: 'The link.',
      examples: [
        {
          url: 'https://recado.example/console/passkey#q83vEjRWeJCrze8SNFZ4kA',
          expiresAt: 1_795_900_600_000,
        },
      ],
    },
  ),
  handle: async ({ instance }, _input, { sessions, publicUrl }) => {
    const { token, expiresAt } = await sessions.createPasskeyLink(instance.id)
    return { url: `${publicUrl()}/console/passkey#${token}`, expiresAt }
  },
})
