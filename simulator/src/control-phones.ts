/** The routes below `/phones`: people and what they do with their phones. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { PhoneView } from './control-answers.js'
import { addActRoutes } from './control-acts.js'
import { addChatRoutes } from './control-chats.js'
import { addGroupRoutes } from './control-groups.js'
import { ControlError } from './control-manners.js'
import { sendPage, wantsPage } from './control-pages.js'
import { addPastRoute } from './control-past.js'
import { addPasskeyRoutes } from './control-passkey.js'
import {
  DevicePath,
  FilePath,
  LinkCode,
  MessagePath,
  NewPhone,
  Online,
  PhonePath,
  Read,
  Scan,
} from './control-schemas.js'
import { viewMessage, viewPhone } from './control-views.js'
import { insideOf } from './message-inside.js'
import type { LinkedDevice, PhoneFace, PhoneMessage, ShownFile, World } from './model.js'

const shownTypes =
  /^(image\/(jpeg|png|webp|gif)|audio\/(ogg|mpeg|mp4|aac|wav)|video\/(mp4|webm|3gpp))$/

export function addPhoneRoutes(app: FastifyInstance, world: World): void {
  const phoneOf = (request: FastifyRequest<{ Params: PhonePath }>): PhoneFace =>
    found(world.phone(request.params.phone), 'no such phone')

  app.get('/phones', async (request, reply) => {
    if (wantsPage(request)) return sendPage(reply)
    return reply.header('vary', 'accept').send(world.phones.map(viewPhone))
  })
  app.post<{ Body: NewPhone }>(
    '/phones',
    { schema: { body: NewPhone } },
    async ({ body }, reply) => {
      if (world.phone(body.phone)) throw new ControlError(409, 'phone is registered already')
      return reply.code(201).send(viewPhone(await world.addPhone(body)))
    },
  )

  const params = PhonePath
  app.get<{ Params: PhonePath }>(
    '/phones/:phone',
    { schema: { params } },
    async (request, reply) => {
      const isThere = world.phone(request.params.phone) !== undefined
      if (wantsPage(request)) return sendPage(reply, isThere ? 200 : 404)
      return reply.header('vary', 'accept').send(viewPhone(phoneOf(request)))
    },
  )
  app.put<{ Params: PhonePath; Body: Online }>(
    '/phones/:phone/online',
    { schema: { params, body: Online } },
    (request) => setOnline(phoneOf(request), request.body.online),
  )
  addLinkRoutes(app, phoneOf)
  addPasskeyRoutes(app, phoneOf)
  addMessageRoutes(app, phoneOf)
  addActRoutes(app, world, phoneOf)
  addChatRoutes(app, world, phoneOf)
  addGroupRoutes(app, world, phoneOf)
  addPastRoute(app, phoneOf)
}

async function setOnline(phone: PhoneFace, online: boolean): Promise<PhoneView> {
  if (online) await phone.comeOnline()
  else phone.goOffline()
  return viewPhone(phone)
}

/** The linked device; 202 and the phone as soon as it shows that the linking waits for a passkey. */
async function link(
  phone: PhoneFace,
  reply: FastifyReply,
  start: (phone: PhoneFace) => Promise<LinkedDevice>,
): Promise<LinkedDevice | FastifyReply> {
  let stop: (() => void) | undefined
  const asked = new Promise<undefined>((resolve) => {
    const before = phone.linkingScreen
    const changed = (): void => {
      if (phone.linkingScreen !== before && phone.linkingScreen) resolve(undefined)
    }
    stop = phone.watch({ changed, typing: () => undefined })
  })
  const linking = start(phone)
  // It may fail long after this answer; the phone then shows why.
  linking.catch(() => undefined)
  try {
    const device = await Promise.race([linking, asked])
    return device ?? reply.code(202).send(viewPhone(phone))
  } finally {
    stop?.()
  }
}

type PhoneOf = (request: FastifyRequest<{ Params: PhonePath }>) => PhoneFace

function addLinkRoutes(app: FastifyInstance, phoneOf: PhoneOf): void {
  const params = PhonePath
  app.post<{ Params: PhonePath; Body: Scan }>(
    '/phones/:phone/scan',
    { schema: { params, body: Scan } },
    (request, reply) => link(phoneOf(request), reply, (phone) => phone.scan(request.body.qr)),
  )
  app.post<{ Params: PhonePath; Body: LinkCode }>(
    '/phones/:phone/link-code',
    { schema: { params, body: LinkCode } },
    (request, reply) => {
      const code = request.body.code.replace('-', '').toUpperCase()
      return link(phoneOf(request), reply, (phone) => phone.enter(code))
    },
  )
  app.get<{ Params: PhonePath }>(
    '/phones/:phone/linked-devices',
    { schema: { params } },
    (request) => phoneOf(request).linkedDevices(),
  )
  app.delete<{ Params: PhonePath }>(
    '/phones/:phone/linked-devices',
    { schema: { params } },
    async (request, reply) => {
      const phone = phoneOf(request)
      for (const { device } of phone.linkedDevices()) await phone.unlink(device)
      return reply.code(204).send()
    },
  )
  app.delete<{ Params: DevicePath }>(
    '/phones/:phone/linked-devices/:n',
    { schema: { params: DevicePath } },
    async (request, reply) => {
      const phone = phoneOf(request)
      const number = Number(request.params.n)
      const isLinked = phone.linkedDevices().some(({ device }) => device === number)
      if (!isLinked) throw new ControlError(404, 'no such linked device')
      await phone.unlink(number)
      return reply.code(204).send()
    },
  )
}

function addMessageRoutes(app: FastifyInstance, phoneOf: PhoneOf): void {
  const params = PhonePath
  app.get<{ Params: PhonePath }>('/phones/:phone/messages', { schema: { params } }, (request) => {
    const phone = phoneOf(request)
    return phone.messages.map((message) => viewMessage(message, phone, originOf(request)))
  })
  app.post<{ Params: PhonePath; Body: Read }>(
    '/phones/:phone/read',
    { schema: { params, body: Read } },
    async (request, reply) => {
      const phone = phoneOf(request)
      const { messageId, messageIds = messageId === undefined ? [] : [messageId] } = request.body
      if (messageIds.length === 0) throw new ControlError(400, 'messageId is required')
      if (messageIds.some((id) => messageOf(phone, id).fromMe))
        throw new ControlError(409, 'messageId is a message of its own')
      for (const id of messageIds) await phone.read(id)
      return reply.code(204).send()
    },
  )
  app.get<{ Params: MessagePath }>(
    '/phones/:phone/messages/:id/inside',
    { schema: { params: MessagePath } },
    (request) => insideOf(messageOf(phoneOf(request), request.params.id)),
  )
  app.get<{ Params: MessagePath }>(
    '/phones/:phone/messages/:id/image',
    { schema: { params: MessagePath } },
    (request, reply) => {
      const { image } = messageOf(phoneOf(request), request.params.id)
      return sendFile(reply, found(image, 'no image'))
    },
  )
  app.get<{ Params: FilePath }>(
    '/phones/:phone/messages/:id/files/:name',
    { schema: { params: FilePath } },
    (request, reply) => {
      const { files } = messageOf(phoneOf(request), request.params.id)
      return sendFile(reply, files.get(request.params.name))
    },
  )
}

function sendFile(reply: FastifyReply, file: ShownFile | undefined): FastifyReply {
  const bytes = found(file?.bytes, 'no such file')
  return reply
    .type(safeType(file))
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .send(Buffer.from(bytes))
}

function messageOf(phone: PhoneFace, key: string): PhoneMessage {
  const all = [...phone.messages, ...phone.statuses]
  const message = all.find((candidate) => candidate.key === key)
  return found(message, 'no such message')
}

function found<Thing>(thing: Thing | undefined, problem: string): Thing {
  if (thing === undefined) throw new ControlError(404, problem)
  return thing
}

function originOf(request: FastifyRequest): string {
  return `http://${request.host}`
}

/** The sender chose the type: nothing that a browser would run may come from this origin. */
function safeType(file: ShownFile | undefined): string {
  const [type = ''] = (file?.mimetype ?? '').split(';')
  return shownTypes.test(type) ? type : 'application/octet-stream'
}
