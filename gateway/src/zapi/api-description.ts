/** What the API document says beside the routes: groups, keys, parameters that all paths share. */

import type { ApiDescription } from '../http/api-document.js'
import { operationNameOf } from './operation-names.js'

const description = `Recado speaks Z-API's HTTP dialect: a program that sends through Z-API changes the host name and keeps its code.

- An instance's calls stand below \`/instances/{instanceId}/token/{token}\` and take the header \`Client-Token\`.
- Bodies are JSON both ways. Attributes that are not described are ignored.
- Every refusal is \`{"error": "…"}\` and names the attribute and the cure. After a 4xx nothing was stored.
- What begins with **Ours** is an addition: Z-API does not have it.

**What is not here** does not work. A call that WhatsApp gives a linked device no way to do answers 400
\`{"error":"Cannot be done: …"}\` with the reason and what to use instead; one that is not built yet answers 501
\`{"error":"Not supported: …"}\`. \`docs/conformance.md\` lists all 222. Callbacks, limits and cures are explained in \`docs/api.md\`.`

const bearer = (text: string) => ({ type: 'http', scheme: 'bearer', description: text }) as const

const keys = {
  clientToken: {
    type: 'apiKey',
    name: 'Client-Token',
    in: 'header',
    description: 'Shown at the first start, or `RECADO_CLIENT_TOKEN`.',
  },
  partnerToken: bearer('Shown at the first start, or `RECADO_PARTNER_TOKEN`.'),
  metricsToken: bearer('`RECADO_METRICS_TOKEN`.'),
  operatorToken: bearer(
    "Only the operator's commands have it (`recado backup`, `recado doctor`, …): they make it of the gateway's master key.",
  ),
} as const

type Key = keyof typeof keys

/** In the order of the page. Z-API's names of groups first, then ours. */
const tags = [
  { name: 'message', description: 'Send, and ask what became of it.' },
  { name: 'otp', description: 'Ours: login codes that are made, sent and checked here.' },
  { name: 'instance', description: 'Pair a number, see and change it.' },
  { name: 'chats', description: 'Conversations, and what was said in them.' },
  { name: 'contacts', description: 'Who is on WhatsApp, and how people are called.' },
  { name: 'privacy', description: 'Who sees what of a number.' },
  { name: 'group', description: 'Make and change groups, and see who is in them.' },
  { name: 'business', description: 'What a business shows, and its labels and notes.' },
  { name: 'communities', description: 'Make and change communities, and the groups in them.' },
  { name: 'broadcast', description: 'Lists of people to write to at once.' },
  { name: 'status', description: 'Post statuses (stories), and answer those of others.' },
  { name: 'newsletter', description: 'Make, follow and change channels.' },
  { name: 'queue', description: 'What waits to be sent.' },
  { name: 'webhooks', description: 'Where callbacks go, and those that failed.' },
  { name: 'partner', description: 'Make and list instances.' },
  { name: 'health', description: 'For load balancers and supervisors.' },
  { name: 'operator', description: 'For the operator of the gateway.' },
] as const

export function zapiDescription(version: string): ApiDescription {
  return {
    title: 'Recado',
    version,
    description,
    tags,
    securitySchemes: keys,
    keysOf,
    pathParameters: {
      instanceId: "The instance's id.",
      token: "The instance's own token.",
    },
    nameOf: operationNameOf,
    attributeTypes,
  }
}

const text = { type: 'string' } as const
const seconds = { type: 'integer', minimum: 1, maximum: 15 } as const

/** Z-API's callers write numbers as text, and text as numbers, and are understood. */
export const attributeTypes = {
  // Of a body that is a list of phones.
  '': text,
  phone: text,
  phones: text,
  mentioned: text,
  mentionedPhones: text,
  groupId: text,
  groupID: text,
  groupsPhones: text,
  communityId: text,
  id: text,
  newsletterId: text,
  admin: text,
  delayMessage: seconds,
  delayTyping: seconds,
  limit: { type: 'integer', minimum: 1, maximum: 100 },
  async: { type: 'boolean' },
}

function keysOf(url: string): readonly Key[] {
  if (url === '/metrics') return ['partnerToken', 'metricsToken']
  if (url.startsWith('/operator/')) return ['operatorToken']
  if (/^\/instances\/:instanceId\/token\/:token\/(?!integrator\/)/u.test(url))
    return ['clientToken']
  return /^\/(?:health|media)\//u.test(url) ? [] : ['partnerToken']
}
