/** `PUT /phones/{phone}/past`: what the phone has lived through, which companions linked from then on are told. */

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { PhonePath } from './control-schemas.js'
import type { PhoneFace } from './model.js'

const strict = { additionalProperties: false }
const MAX_BODY_BYTES = 32 * 1024 * 1024
const Person = Type.String({ pattern: '^[0-9]{5,20}$' })
const Chat = Type.String({ pattern: '^([0-9]{5,20}|[0-9-]+@g\\.us)$' })
const Milliseconds = Type.Integer({ minimum: 0 })

const PastChatBody = Type.Object(
  {
    with: Chat,
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    archived: Type.Optional(Type.Boolean()),
    pinned: Type.Optional(Type.Boolean()),
    mutedUntil: Type.Optional(Milliseconds),
    unread: Type.Optional(Type.Integer({ minimum: 0 })),
    timerSeconds: Type.Optional(Type.Integer({ minimum: 0 })),
    messages: Type.Array(
      Type.Object(
        {
          text: Type.String({ minLength: 1, maxLength: 65_536 }),
          at: Milliseconds,
          fromMe: Type.Optional(Type.Boolean()),
          from: Type.Optional(Person),
        },
        strict,
      ),
      { maxItems: 100_000 },
    ),
  },
  strict,
)
const PastBody = Type.Object(
  {
    chats: Type.Array(PastChatBody, { maxItems: 10_000 }),
    older: Type.Optional(Type.Array(PastChatBody, { maxItems: 10_000 })),
    deeper: Type.Optional(Type.Array(PastChatBody, { maxItems: 10_000 })),
    pushNames: Type.Optional(Type.Record(Person, Type.String({ minLength: 1, maxLength: 100 }))),
  },
  strict,
)
type PastBody = Static<typeof PastBody>

export function addPastRoute(
  app: FastifyInstance,
  phoneOf: (request: FastifyRequest<{ Params: PhonePath }>) => PhoneFace,
): void {
  app.put<{ Params: PhonePath; Body: PastBody }>(
    '/phones/:phone/past',
    { schema: { params: PhonePath, body: PastBody }, bodyLimit: MAX_BODY_BYTES },
    async (request, reply) => {
      phoneOf(request).past = request.body
      return reply.code(204).send()
    },
  )
}
