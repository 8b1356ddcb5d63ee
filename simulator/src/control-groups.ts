/** What people do with groups and channels by hand: `/phones/{phone}/groups` and `/phones/{phone}/channels`. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Static, type TObject, Type } from 'typebox'
import { Value } from 'typebox/value'
import { GroupPath, type PhonePath } from './control-schemas.js'
import { viewChannels, viewGroups } from './control-group-views.js'
import { Digits } from './fault-schema.js'
import type { PhoneFace, World } from './model.js'
import type { ChannelAct, GroupAct } from './person-acts.js'

type PhoneOf = (request: FastifyRequest<{ Params: PhonePath }>) => PhoneFace

const strict = { additionalProperties: false }
const Nothing = Type.Object({}, strict)
const Subject = Type.String({ minLength: 1, maxLength: 100 })
const People = Type.Array(Digits, { minItems: 1, maxItems: 1024, uniqueItems: true })
const SomePeople = Type.Object({ people: People }, strict)

interface ActRoute<Act> {
  readonly body: TObject
  readonly actOf: (body: unknown) => Act
}

const routeFor =
  <Act>() =>
  <Schema extends TObject>(body: Schema, actOf: (body: Static<Schema>) => Act): ActRoute<Act> => ({
    body,
    actOf: (given) => actOf(Value.Parse(body, given)),
  })

const onGroup = routeFor<GroupAct>()
const withPeople = (act: Extract<GroupAct, { people: unknown }>['act']) =>
  onGroup(SomePeople, ({ people }) => ({ act, people }))

/** By the last part of their path. */
const groupActs: Readonly<Record<string, ActRoute<GroupAct>>> = {
  add: withPeople('add'),
  remove: withPeople('remove'),
  promote: withPeople('promote'),
  demote: withPeople('demote'),
  approve: withPeople('approve'),
  reject: withPeople('reject'),
  rename: onGroup(Type.Object({ subject: Subject }, strict), ({ subject }) => ({
    act: 'rename',
    subject,
  })),
  describe: onGroup(
    Type.Object({ text: Type.String({ maxLength: 2048 }) }, strict),
    ({ text }) => ({ act: 'describe', text }),
  ),
  switch: onGroup(
    Type.Object(
      {
        setting: Type.Enum(['announcement', 'locked', 'approval', 'members-add']),
        on: Type.Boolean(),
      },
      strict,
    ),
    ({ setting, on }) => ({ act: 'switch', setting, on }),
  ),
  'link-mode': onGroup(
    Type.Object({ mode: Type.Enum(['ADMIN_LINK', 'ALL_MEMBER_LINK']) }, strict),
    ({ mode }) => ({ act: 'link-mode', mode }),
  ),
  'renew-link': onGroup(Nothing, () => ({ act: 'renew-link' })),
  leave: onGroup(Nothing, () => ({ act: 'leave' })),
  'revoke-request': onGroup(Nothing, () => ({ act: 'revoke-request' })),
}

const onChannel = routeFor<ChannelAct>()
const withPerson = (act: 'invite-admin' | 'remove-admin') =>
  onChannel(Type.Object({ person: Digits }, strict), ({ person }) => ({ act, person }))
const plain = (act: 'follow' | 'unfollow' | 'accept-invitation' | 'delete') =>
  onChannel(Nothing, () => ({ act }))

const channelActs: Readonly<Record<string, ActRoute<ChannelAct>>> = {
  follow: plain('follow'),
  unfollow: plain('unfollow'),
  'accept-invitation': plain('accept-invitation'),
  delete: plain('delete'),
  mute: onChannel(Type.Object({ on: Type.Boolean() }, strict), ({ on }) => ({ act: 'mute', on })),
  rename: onChannel(Type.Object({ name: Subject }, strict), ({ name }) => ({
    act: 'rename',
    name,
  })),
  'invite-admin': withPerson('invite-admin'),
  'remove-admin': withPerson('remove-admin'),
}

const NewGroupBody = Type.Object({ subject: Subject, people: People }, strict)
const JoinBody = Type.Object({ code: Type.String({ pattern: '^[A-Za-z0-9_-]{5,60}$' }) }, strict)
const NewChannelBody = Type.Object(
  { name: Subject, description: Type.Optional(Type.String({ maxLength: 2048 })) },
  strict,
)

export function addGroupRoutes(app: FastifyInstance, world: World, phoneOf: PhoneOf): void {
  app.get<{ Params: PhonePath }>('/phones/:phone/groups', (request) =>
    viewGroups(phoneOf(request), world),
  )
  app.post<{ Params: PhonePath; Body: Static<typeof NewGroupBody> }>(
    '/phones/:phone/groups',
    { schema: { body: NewGroupBody } },
    async (request, reply) => {
      const { subject, people } = request.body
      return reply.code(201).send(phoneOf(request).groups.create(subject, people))
    },
  )
  app.post<{ Params: PhonePath; Body: Static<typeof JoinBody> }>(
    '/phones/:phone/groups/join',
    { schema: { body: JoinBody } },
    (request) => ({ outcome: phoneOf(request).groups.join(request.body.code) }),
  )
  addActs(app, '/phones/:phone/groups/:group', groupActs, (request, act) =>
    phoneOf(request).groups.act(request.params.group, act),
  )

  app.get<{ Params: PhonePath }>('/phones/:phone/channels', (request) =>
    viewChannels(phoneOf(request), world),
  )
  app.post<{ Params: PhonePath; Body: Static<typeof NewChannelBody> }>(
    '/phones/:phone/channels',
    { schema: { body: NewChannelBody } },
    async (request, reply) => {
      const { name, description } = request.body
      return reply.code(201).send({ id: phoneOf(request).channels.create(name, description) })
    },
  )
  addActs(app, '/phones/:phone/channels/:group', channelActs, (request, act) =>
    phoneOf(request).channels.act(request.params.group, act),
  )
}

function addActs<Act>(
  app: FastifyInstance,
  path: string,
  acts: Readonly<Record<string, ActRoute<Act>>>,
  perform: (request: FastifyRequest<{ Params: GroupPath }>, act: Act) => void,
): void {
  for (const [name, { body, actOf }] of Object.entries(acts)) {
    app.post<{ Params: GroupPath }>(
      `${path}/${name}`,
      { schema: { params: GroupPath, body } },
      async (request, reply): Promise<FastifyReply> => {
        perform(request, actOf(request.body))
        return reply.code(204).send()
      },
    )
  }
}
