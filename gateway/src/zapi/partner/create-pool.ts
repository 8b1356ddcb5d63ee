import { Type } from 'typebox'
import { accountEndpoint } from '../endpoint.js'
import { identity, identityIn } from './identity.js'
import { examplePool } from './pool-shapes.js'

const answer = Type.Object(
  {
    id: Type.String({ description: "The pool's id, for the path of its calls." }),
    token: Type.String({ description: 'Its token, for the path of its calls.' }),
  },
  { examples: [{ id: examplePool.id, token: examplePool.token }] },
)

export const createPool = accountEndpoint({
  method: 'POST',
  path: '/instances/integrator/pools',
  tag: 'partner',
  summary: 'Makes a pool: an id and a token that several instances send for.',
  description:
    '**Ours.** Sends work below its path as below that of an instance. Add members next.',
  audit: 'by-the-module',
  body: {
    name: Type.String({ minLength: 1, maxLength: 255, description: 'For people.' }),
    ...identity,
  },
  example: { name: 'Logins' },
  answer,
  refusals: { 409: 'Another instance or pool has this id or this token.' },
  forPeople: true,
  handle: async ({ by }, { body }, { pools }) => {
    const { pool, token } = await pools.create({ name: body.name, by, ...identityIn(body) })
    return { id: pool.id, token }
  },
})
