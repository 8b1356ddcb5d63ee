/** What people send with a phone, and what they do with a message: `POST /phones/{phone}/messages` and below it. */

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Static, type TObject, Type } from 'typebox'
import { Value } from 'typebox/value'
import { ControlError } from './control-manners.js'
import { MessagePath, NewMessage, PhonePath } from './control-schemas.js'
import { viewMessage } from './control-views.js'
import type { FilePost, MessageAct, Post } from './person-acts.js'
import type { PhoneFace, World } from './model.js'
import { otherForm } from './network.js'

/** A file of 16 MiB, which grows by a third as base64. */
export const MAX_POST_BYTES = 24 * 1024 * 1024

type PhoneOf = (request: FastifyRequest<{ Params: PhonePath }>) => PhoneFace

export function addActRoutes(app: FastifyInstance, world: World, phoneOf: PhoneOf): void {
  app.post<{ Params: PhonePath; Body: NewMessage }>(
    '/phones/:phone/messages',
    { schema: { params: PhonePath, body: NewMessage }, bodyLimit: MAX_POST_BYTES },
    async (request, reply) => {
      const phone = phoneOf(request)
      const { to, replyTo, ...what } = request.body
      refuseUnreachable(world, phone, to, 'to')
      const message = await phone.post(to, postOf(what), replyTo)
      return reply.code(201).send(viewMessage(message, phone, `http://${request.host}`))
    },
  )
  const perform: Perform = async ({ phone: number, id }, act) => {
    const phone = world.phone(number)
    if (phone === undefined) throw new ControlError(404, 'no such phone')
    if (!phone.messages.some((message) => message.key === id)) {
      throw new ControlError(404, 'no such message')
    }
    if (act.act === 'forward') refuseUnreachable(world, phone, act.to, 'to')
    await phone.act(id, act)
  }
  for (const [name, add] of Object.entries(acts)) {
    add(app, `/phones/:phone/messages/:id/${name}`, perform)
  }
}

type Perform = (path: MessagePath, act: MessageAct) => Promise<void>
type AddRoute = (app: FastifyInstance, url: string, perform: Perform) => void

function route<Schema extends TObject>(
  body: Schema,
  actOf: (body: Static<Schema>) => MessageAct,
): AddRoute {
  return (app, url, perform) => {
    app.post<{ Params: MessagePath }>(
      url,
      { schema: { params: MessagePath, body } },
      async (request, reply) => {
        await perform(request.params, actOf(Value.Parse(body, request.body)))
        return reply.code(204).send()
      },
    )
  }
}

const strict = { additionalProperties: false }
const Text = Type.String({ minLength: 1, maxLength: 65_536 })

/** By the last part of their path. */
const acts: Readonly<Record<string, AddRoute>> = {
  reaction: route(Type.Object({ text: Type.String({ maxLength: 40 }) }, strict), ({ text }) => ({
    act: 'reaction',
    text,
  })),
  edit: route(Type.Object({ text: Text }, strict), ({ text }) => ({ act: 'edit', text })),
  delete: route(Type.Object({}, strict), () => ({ act: 'delete' })),
  forward: route(Type.Object({ to: Type.String({ minLength: 1 }) }, strict), ({ to }) => ({
    act: 'forward',
    to,
  })),
  vote: route(
    Type.Object(
      { options: Type.Array(Type.String(), { maxItems: 12, uniqueItems: true }) },
      strict,
    ),
    ({ options }) => ({ act: 'vote', options }),
  ),
  answer: route(
    Type.Object({ answer: Type.Enum(['going', 'not-going', 'maybe']) }, strict),
    ({ answer }) => ({ act: 'answer', answer }),
  ),
  tap: route(Type.Object({ id: Type.String() }, strict), ({ id }) => ({ act: 'tap', id })),
  pin: route(
    Type.Object({ seconds: Type.Enum([0, 86_400, 604_800, 2_592_000]) }, strict),
    ({ seconds }) => ({ act: 'pin', seconds }),
  ),
  open: route(Type.Object({}, strict), () => ({ act: 'open' })),
}

/** The files come as base64. */
export function postOf(body: Omit<NewMessage, 'to' | 'replyTo'>): Post {
  const given = Object.keys(body)
  if (given.length === 0) {
    throw new ControlError(400, 'text is required, or image, video, document, location, poll, …')
  }
  if (given.length > 1) throw new ControlError(400, `one of ${given.join(', ')} is enough`)
  const { text, location, contacts, poll, event, ...files } = body
  const decoded = Object.entries(files).map(([name, file]): [string, FilePost] => [
    name,
    { ...file, data: Buffer.from(file.data, 'base64') },
  ])
  return { text, location, contacts, poll, event, ...Object.fromEntries(decoded) }
}

/** Throws 400 for a number that is not on WhatsApp, and for a group that the phone is not in. */
export function refuseUnreachable(world: World, phone: PhoneFace, to: string, field: string): void {
  const forms = [to, otherForm(to)].filter((form) => form !== undefined)
  const group = world.groups.find(({ id }) => id === to)
  const isPerson = forms.some((form) => world.phone(form) !== undefined)
  if (!isPerson && !group) throw new ControlError(400, `${field} is not on WhatsApp`)
  if (group?.members.includes(phone.phone) === false) {
    throw new ControlError(400, `${field} is a group that the phone is not in`)
  }
}
