/** The shapes of what the console's pages send. Every text is bounded. */

import { Type } from 'typebox'
import { longestPassword, shortestPassword } from '../administrators/password-hash.js'
import { endpointKinds, instanceSettings } from './instance-answers.js'

const name = Type.String({
  minLength: 1,
  maxLength: 100,
  description: 'What the person is called.',
})
const newPassword = Type.String({
  minLength: shortestPassword,
  maxLength: longestPassword,
  description: 'At least 12 characters.',
})
const password = Type.String({
  minLength: 1,
  maxLength: longestPassword,
  description: 'As it is now.',
})
const oneTimeCode = Type.String({
  maxLength: 40,
  description: 'From the authenticator app, or a recovery code.',
})

export const setUpBody = Type.Object({
  setupCode: Type.String({ maxLength: 60, description: 'As the program printed it at its start.' }),
  name,
  password: newPassword,
})
export const logInBody = Type.Object({ name, password, code: Type.Optional(oneTimeCode) })
export const passwordBody = Type.Object({ password, newPassword })
export const enrolBody = Type.Object({
  secret: Type.String({ pattern: '^[A-Z2-7]{32}$', description: 'As it was offered.' }),
  code: oneTimeCode,
  password,
})
export const dropFactorBody = Type.Object({ password, code: oneTimeCode })
export const sessionParams = Type.Object({ sessionId: Type.String({ maxLength: 64 }) })

const instanceName = Type.String({ minLength: 1, maxLength: 255, description: 'For people.' })
export const createInstanceBody = Type.Object({ name: instanceName })
export const changeInstanceBody = Type.Object({
  name: Type.Optional(instanceName),
  settings: Type.Optional(Type.Partial(instanceSettings)),
})
export const endpointsBody = Type.Object({
  kinds: Type.Array(Type.Enum([...endpointKinds]), {
    minItems: 1,
    maxItems: endpointKinds.length,
    description: 'The kinds of event that are told there.',
  }),
  url: Type.String({ maxLength: 2_048, description: 'Empty tells them nowhere.' }),
})
export const enableEndpointBody = Type.Object({
  url: Type.String({ maxLength: 2_048, description: 'As it was when it was disabled.' }),
})
export const rotateBody = Type.Object({
  overlapSeconds: Type.Integer({
    minimum: 0,
    maximum: 604_800,
    description: 'For how long the token before still counts.',
  }),
})
export const allowedCallersBody = Type.Object({
  networks: Type.Array(Type.String({ minLength: 1, maxLength: 64 }), {
    maxItems: 200,
    description: 'CIDRs and addresses; none allows every caller.',
  }),
})
export const proxyBody = Type.Object({
  proxyUrl: Type.String({
    maxLength: 2_048,
    description: 'With user and password if it asks for them. Empty connects directly.',
  }),
})
export const pairingCodeBody = Type.Object({
  phone: Type.String({ maxLength: 40, description: 'The number of the phone, with its country.' }),
})

const before = Type.Optional(
  Type.String({ pattern: '^[0-9]{1,15}$', description: 'The next of the page before.' }),
)
export const importQuery = Type.Object({
  apply: Type.Optional(Type.Enum(['true', 'false'], { description: 'Otherwise it is looked at.' })),
  device: Type.Optional(
    Type.String({ maxLength: 100, description: 'Which one, where the files hold several.' }),
  ),
})
export const queueQuery = Type.Object({
  before,
  text: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 100,
      description: 'A number or a part of one, or the beginning of an id.',
    }),
  ),
})
const ofInstance = Type.Optional(
  Type.String({ maxLength: 64, description: 'Of this instance alone.' }),
)
export const auditQuery = Type.Object({ before, instance: ofInstance })
export const messagesQuery = Type.Object({
  before,
  show: Type.Optional(
    Type.Enum(['all', 'waiting', 'arrived', 'failed'], { description: 'Which of them.' }),
  ),
})
const words = (description: string) =>
  Type.Optional(Type.String({ maxLength: 500, description: `${description}, with commas.` }))
const momentText = (description: string) =>
  Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$', description }))
export const searchQuery = Type.Object({
  before,
  instance: ofInstance,
  text: Type.Optional(
    Type.String({ maxLength: 200, description: 'A number, an id, or a part of the cause.' }),
  ),
  status: words('Statuses'),
  kind: words('Kinds'),
  reason: words('Reasons of failures'),
  priority: words('Priorities'),
  since: momentText('Accepted then or later, epoch milliseconds.'),
  until: momentText('Accepted before, epoch milliseconds.'),
})
export const callbacksQuery = Type.Object({
  before,
  status: Type.Optional(Type.Enum(['pending', 'done', 'dead'], { description: 'Which of them.' })),
})
export const homeQuery = Type.Object({
  since: Type.String({
    pattern: '^[0-9]{1,15}$',
    description: 'When the day of the person began, epoch milliseconds.',
  }),
})
export const healthQuery = Type.Object({
  range: Type.Optional(Type.Enum(['hour', 'day', 'week'], { description: 'Until now.' })),
})

export const instanceParams = Type.Object({ instanceId: Type.String({ maxLength: 64 }) })
export const messageParams = Type.Object({
  instanceId: Type.String({ maxLength: 64 }),
  messageId: Type.String({ maxLength: 64 }),
})
export const callbackParams = Type.Object({
  instanceId: Type.String({ maxLength: 64 }),
  callbackId: Type.String({ maxLength: 64 }),
})
