/** What `recado people` and `recado key` ask of a gateway that runs. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { apiScopes } from '../domain/api-scope.js'
import type { Actor } from '../domain/audit.js'
import { roles } from '../domain/role.js'
import { operation } from './operation.js'

const role = Type.Enum([...roles], { description: 'viewer, operator or administrator.' })
const at = Type.Integer({ description: 'Epoch milliseconds.' })

const person = Type.Object({
  id: Type.String({ description: 'What changes the person.' }),
  name: Type.String({ description: 'As the person logs in.' }),
  role,
  hasSecondFactor: Type.Boolean({ description: 'A login needs a one-time code.' }),
})
const key = Type.Object({
  id: Type.String({ description: 'Names the key without showing it.' }),
  name: Type.String({ description: 'The program that has it.' }),
  scopes: Type.Array(Type.Enum([...apiScopes]), { description: 'What it opens.' }),
  instanceIds: Type.Union([Type.Array(Type.String()), Type.Null()], {
    description: 'The instances that it opens; null: every one.',
  }),
  expiresAt: Type.Union([at, Type.Null()], { description: 'null: it does not expire.' }),
  lastUsedAt: Type.Union([at, Type.Null()], { description: 'To the minute; null: never used.' }),
})

export type PersonOfOperator = Static<typeof person>
export type KeyOfOperator = Static<typeof key>

export interface PeopleRouteOptions {
  readonly people: {
    list(): Promise<readonly PersonOfOperator[]>
    /** Gives the link. */
    invite(
      wish: { readonly role: PersonOfOperator['role']; readonly note: string; hours: number },
      by: Actor,
    ): Promise<{ readonly url: string; readonly expiresAt: number }>
    changeRole(id: string, role: PersonOfOperator['role'], by: Actor): Promise<void>
    remove(id: string, by: Actor): Promise<void>
  }
  readonly apiKeys: {
    list(): Promise<readonly KeyOfOperator[]>
    create(
      wish: {
        readonly name: string
        readonly scopes: KeyOfOperator['scopes']
        readonly instanceIds: readonly string[] | undefined
        readonly days: number | undefined
      },
      by: Actor,
    ): Promise<{ readonly id: string; readonly token: string }>
    revoke(id: string, by: Actor): Promise<void>
  }
}

const tag = 'operator'
const done = Type.Object(
  { value: Type.Boolean({ description: 'true: it is done.' }) },
  { examples: [{ value: true }] },
)
const listedId = Type.String({ minLength: 1, maxLength: 64, description: 'As the list shows it.' })
const personParams = Type.Object({ personId: listedId })
const keyParams = Type.Object({ keyId: listedId })
const exampleId = '5f0c9a1b7e42'

const listPeople = operation({
  tag,
  summary: 'Gives the people of the console, for `recado people list`.',
  description: 'The first one first.',
  answer: Type.Object(
    { people: Type.Array(person, { description: 'The people.' }) },
    {
      examples: [
        { people: [{ id: exampleId, name: 'ana', role: 'administrator', hasSecondFactor: true }] },
      ],
    },
  ),
})

const invite = operation({
  tag,
  summary: 'Makes a link by which one person joins the console, for `recado people invite`.',
  description: 'The link is shown this once. It is kept as a hash.',
  body: Type.Object(
    {
      role,
      note: Type.String({ maxLength: 100, description: 'For whom it is.' }),
      hours: Type.Integer({ minimum: 1, maximum: 168, description: 'How long the link counts.' }),
    },
    { examples: [{ role: 'operator', note: 'Bia', hours: 72 }] },
  ),
  answer: Type.Object(
    { url: Type.String({ description: 'The link.' }), expiresAt: at },
    {
      examples: [
        {
          url: 'https://recado.example.com/console/invitation#A1b2C3',
          expiresAt: 1795600000000,
        },
      ],
    },
  ),
  refusals: { 409: 'Too many invitations are open.' },
})

const changeRole = operation({
  tag,
  summary: 'Gives a person another role, for `recado people role`.',
  description: 'Every login of the person ends.',
  params: personParams,
  body: Type.Object({ role }, { examples: [{ role: 'viewer' }] }),
  answer: done,
  refusals: { 404: 'There is no such person.', 409: 'It is the last administrator.' },
})

const removePerson = operation({
  tag,
  summary: 'Removes a person from the console, for `recado people remove`.',
  description: 'Every login of the person ends.',
  params: personParams,
  answer: done,
  refusals: { 404: 'There is no such person.', 409: 'It is the last administrator.' },
})

const listKeys = operation({
  tag,
  summary: 'Gives the API keys, for `recado key list`.',
  description: 'Without what opens anything. The newest first.',
  answer: Type.Object(
    { keys: Type.Array(key, { description: 'The keys.' }) },
    {
      examples: [
        {
          keys: [
            {
              id: exampleId,
              name: 'CRM',
              scopes: ['send'],
              instanceIds: null,
              expiresAt: null,
              lastUsedAt: 1795600000000,
            },
          ],
        },
      ],
    },
  ),
})

const createKey = operation({
  tag,
  summary: 'Makes an API key, for `recado key create`.',
  description: 'The key is shown this once. It is kept as a hash.',
  body: Type.Object(
    {
      name: Type.String({
        minLength: 1,
        maxLength: 60,
        pattern: '\\S',
        description: 'The program that gets it.',
      }),
      scopes: Type.Array(Type.Enum([...apiScopes]), {
        minItems: 1,
        maxItems: apiScopes.length,
        description: 'read, send, manage.',
      }),
      instanceIds: Type.Optional(
        Type.Array(Type.String({ maxLength: 64 }), {
          minItems: 1,
          maxItems: 500,
          description: 'The instances that it opens; every one if left out.',
        }),
      ),
      days: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 3_650,
          description: 'After how many days it expires; never if left out.',
        }),
      ),
    },
    { examples: [{ name: 'CRM', scopes: ['send'], days: 365 }] },
  ),
  answer: Type.Object(
    {
      id: Type.String({ description: 'Names the key without showing it.' }),
      token: Type.String({ description: 'The key.' }),
    },
    {
      examples: [
        {
          id: exampleId,
          token: 'recado_key_0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0',
        },
      ],
    },
  ),
  refusals: { 409: 'The gateway has 500 keys. Revoke one that is not used.' },
})

const revokeKey = operation({
  tag,
  summary: 'Revokes an API key, for `recado key revoke`.',
  description: 'The next call with it is refused.',
  params: keyParams,
  answer: done,
  refusals: { 404: 'There is no such key: it was revoked before.' },
})

const byOperator = ({ address }: { readonly address: string }): Actor => ({
  role: 'operator',
  address,
})

/** Register it behind the operator's authentication. */
export function peopleRoute({ people, apiKeys }: PeopleRouteOptions): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get('/operator/people', {
      schema: listPeople,
      handler: async () => ({ people: [...(await people.list())] }),
    })
    app.post('/operator/invitations', {
      schema: invite,
      handler: (request) => people.invite(request.body, byOperator(request)),
    })
    app.put('/operator/people/:personId/role', {
      schema: changeRole,
      handler: async (request) => {
        await people.changeRole(request.params.personId, request.body.role, byOperator(request))
        return { value: true }
      },
    })
    app.delete('/operator/people/:personId', {
      schema: removePerson,
      handler: async (request) => {
        await people.remove(request.params.personId, byOperator(request))
        return { value: true }
      },
    })
    app.get('/operator/keys', {
      schema: listKeys,
      handler: async () => ({ keys: [...(await apiKeys.list())] }),
    })
    app.post('/operator/keys', {
      schema: createKey,
      handler: async (request) => {
        const { name, scopes, instanceIds, days } = request.body
        const wish = { name, scopes, instanceIds, days }
        const { id, token } = await apiKeys.create(wish, byOperator(request))
        return { id, token }
      },
    })
    app.delete('/operator/keys/:keyId', {
      schema: revokeKey,
      handler: async (request) => {
        await apiKeys.revoke(request.params.keyId, byOperator(request))
        return { value: true }
      },
    })
  }
}
