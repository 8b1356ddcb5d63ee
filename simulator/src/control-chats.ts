/** What people do with whole chats, with labels and with statuses: `/phones/{phone}/chats`, `/labels`, `/statuses`. */

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Static, type TObject, Type } from 'typebox'
import { Value } from 'typebox/value'
import { MAX_POST_BYTES, postOf, refuseUnreachable } from './control-acts.js'
import { ChatPath, type PhonePath, PostBody, StoryPath } from './control-schemas.js'
import { viewChats, viewMessage } from './control-views.js'
import { Digits } from './fault-schema.js'
import type { PhoneFace, World } from './model.js'

type PhoneOf = (request: FastifyRequest<{ Params: PhonePath }>) => PhoneFace

const strict = { additionalProperties: false }
const On = Type.Object({ on: Type.Boolean() }, strict)
const Nothing = Type.Object({}, strict)
const LabelId = Type.String({ pattern: '^[0-9]{1,4}$' })

type Act = (phone: PhoneFace, chat: string, body: unknown) => Promise<void>
interface ChatRoute {
  readonly body: TObject
  readonly act: Act
}

function route<Schema extends TObject>(
  body: Schema,
  act: (phone: PhoneFace, chat: string, body: Static<Schema>) => Promise<void>,
): ChatRoute {
  return { body, act: (phone, chat, given) => act(phone, chat, Value.Parse(body, given)) }
}

/** By the last part of their path. */
const acts: Readonly<Record<string, ChatRoute>> = {
  archive: route(On, (phone, chat, { on }) => phone.changeChat(chat, { act: 'archive', on })),
  pin: route(On, (phone, chat, { on }) => phone.changeChat(chat, { act: 'pin', on })),
  /** Milliseconds since 1970, for ever, or no longer. */
  mute: route(
    Type.Object(
      {
        until: Type.Union([
          Type.Integer({ minimum: 0 }),
          Type.Literal('always'),
          Type.Literal('never'),
        ]),
      },
      strict,
    ),
    (phone, chat, { until }) => phone.changeChat(chat, { act: 'mute', until }),
  ),
  read: route(On, (phone, chat, { on }) => phone.changeChat(chat, { act: 'read', on })),
  clear: route(Nothing, (phone, chat) => phone.changeChat(chat, { act: 'clear' })),
  delete: route(Nothing, (phone, chat) => phone.changeChat(chat, { act: 'delete' })),
  label: route(
    Type.Object({ label: LabelId, on: Type.Boolean() }, strict),
    (phone, chat, { label, on }) => phone.changeChat(chat, { act: 'label', label, on }),
  ),
  timer: route(
    Type.Object({ seconds: Type.Enum([0, 86_400, 604_800, 7_776_000]) }, strict),
    (phone, chat, { seconds }) => phone.setTimer(chat, seconds),
  ),
  block: route(On, (phone, chat, { on }) => phone.block(chat, on)),
}

export function addChatRoutes(app: FastifyInstance, world: World, phoneOf: PhoneOf): void {
  app.get<{ Params: PhonePath }>('/phones/:phone/chats', (request) => viewChats(phoneOf(request)))
  for (const [name, { body, act }] of Object.entries(acts)) {
    app.post<{ Params: ChatPath }>(
      `/phones/:phone/chats/:chat/${name}`,
      { schema: { params: ChatPath, body } },
      async (request, reply) => {
        const phone = phoneOf(request)
        refuseUnreachable(world, phone, request.params.chat, 'chat')
        await act(phone, request.params.chat, request.body)
        return reply.code(204).send()
      },
    )
  }
  addLabelRoutes(app, phoneOf)
  addStatusRoutes(app, phoneOf)
}

const LabelBody = Type.Object(
  {
    id: LabelId,
    name: Type.String({ minLength: 1, maxLength: 100 }),
    color: Type.Integer({ minimum: 0, maximum: 19 }),
  },
  strict,
)

function addLabelRoutes(app: FastifyInstance, phoneOf: PhoneOf): void {
  app.get<{ Params: PhonePath }>('/phones/:phone/labels', (request) => phoneOf(request).labels)
  app.put<{ Params: PhonePath; Body: Static<typeof LabelBody> }>(
    '/phones/:phone/labels',
    { schema: { body: LabelBody } },
    async (request, reply) => {
      await phoneOf(request).writeLabel(request.body)
      return reply.code(204).send()
    },
  )
}

const StatusBody = Type.Object(
  { ...PostBody, to: Type.Array(Digits, { maxItems: 1024, uniqueItems: true }) },
  strict,
)

function addStatusRoutes(app: FastifyInstance, phoneOf: PhoneOf): void {
  app.get<{ Params: PhonePath }>('/phones/:phone/statuses', (request) => {
    const phone = phoneOf(request)
    return phone.statuses.map((story) => viewMessage(story, phone, `http://${request.host}`))
  })
  app.post<{ Params: PhonePath; Body: Static<typeof StatusBody> }>(
    '/phones/:phone/statuses',
    { schema: { body: StatusBody }, bodyLimit: MAX_POST_BYTES },
    async (request, reply) => {
      const { to, ...what } = request.body
      return reply.code(201).send({ id: await phoneOf(request).postStatus(postOf(what), to) })
    },
  )
  app.post<{ Params: StoryPath }>(
    '/phones/:phone/statuses/:id/seen',
    { schema: { params: StoryPath } },
    async (request, reply) => {
      phoneOf(request).seeStatus(request.params.id)
      return reply.code(204).send()
    },
  )
}
