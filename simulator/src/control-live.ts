/**
 * What the pages see as it happens: `GET /phones/events` for the list of phones,
 * `GET /phones/{phone}/events` for one of them.
 *
 * `snapshot` comes first and replaces all that the page knows; `change` carries the
 * parts that are different now. Messages come at once, and so does what was done over
 * this API. No event tells which devices are linked and which phones exist, so it is also looked
 * at every second.
 */

import type { FastifyInstance } from 'fastify'
import type { ContactView, PhoneChange } from './control-answers.js'
import { ControlError } from './control-manners.js'
import { PhonePath } from './control-schemas.js'
import { viewChannels, viewGroups } from './control-group-views.js'
import { viewChats, viewMessage, viewPhone } from './control-views.js'
import { EventStreams, type StreamSource } from './event-stream.js'
import type { PhoneFace, PhoneMessage, World } from './model.js'

const LOOK_EVERY_MS = 1000
/** The newest messages of a phone; a page shows no older ones. */
const MAX_MESSAGES = 1000

export function addLiveRoutes(app: FastifyInstance, world: World): void {
  const streams = new EventStreams()
  const looks: Looks = new Set()
  app.addHook('onResponse', async ({ method }) => {
    if (method !== 'GET') for (const look of looks) look()
  })
  app.addHook('preClose', () => streams.closeAll())

  app.get('/phones/events', (_request, reply) => streams.open(reply, listSource(world, looks)))
  app.get<{ Params: PhonePath }>(
    '/phones/:phone/events',
    { schema: { params: PhonePath } },
    (request, reply) => {
      const phone = world.phone(request.params.phone)
      if (phone === undefined) throw new ControlError(404, 'no such phone')
      streams.open(reply, phoneSource(phone, world, { origin: `http://${request.host}`, looks }))
    },
  )
}

/** What each page does to see whether something is different. */
type Looks = Set<() => void>

/** Looks every second and after each act. Returns the function that stops it. */
function keepLooking(look: () => void, looks: Looks): () => void {
  const timer = setInterval(look, LOOK_EVERY_MS)
  looks.add(look)
  return () => {
    clearInterval(timer)
    looks.delete(look)
  }
}

function listSource(world: World, looks: Looks): StreamSource {
  return {
    start: (send) => {
      const difference = differenceOf()
      const look = (): void => {
        const change = difference({ phones: world.phones.map(viewPhone) })
        if (change !== undefined) send('snapshot', change)
      }
      look()
      return keepLooking(look, looks)
    },
  }
}

interface Surroundings {
  /** The API's own, as in `http://127.0.0.1:8090`. */
  readonly origin: string
  readonly looks: Looks
}

function phoneSource(
  phone: PhoneFace,
  world: World,
  { origin, looks }: Surroundings,
): StreamSource {
  return {
    start: (send) => {
      const difference = differenceOf()
      const newMessages = newMessagesOf(phone)
      let isFirst = true
      const look = (): void => {
        const { changed, removed } = newMessages()
        const messages = changed.map((message) => viewMessage(message, phone, origin))
        const parts = difference({
          phone: viewPhone(phone),
          linkedDevices: phone.linkedDevices(),
          contacts: contactsOf(phone, world),
          chats: viewChats(phone),
          labels: phone.labels,
          groups: viewGroups(phone, world),
          channels: viewChannels(phone, world),
          statuses: phone.statuses.map((story) => viewMessage(story, phone, origin)),
        })
        if (messages.length + removed.length === 0 && parts === undefined) return
        const change: PhoneChange = {
          ...parts,
          ...(messages.length > 0 ? { messages } : {}),
          ...(removed.length > 0 ? { removed } : {}),
        }
        send(isFirst ? 'snapshot' : 'change', change)
        isFirst = false
      }
      // Many changes of one moment are one event.
      let soon: NodeJS.Immediate | undefined
      const lookSoon = (): void => {
        soon ??= setImmediate(() => {
          soon = undefined
          look()
        })
      }
      look()
      const stopWatching = phone.watch({
        changed: lookSoon,
        typing: (typing) => send('typing', typing),
      })
      const stopLooking = keepLooking(look, looks)
      return () => {
        stopWatching()
        stopLooking()
        if (soon !== undefined) clearImmediate(soon)
      }
    },
  }
}

interface NewMessages {
  readonly changed: readonly PhoneMessage[]
  /** Keys. */
  readonly removed: readonly string[]
}

/** Each call gives the messages that are new, changed or gone since the last. A shelf replaces what changes. */
function newMessagesOf(phone: PhoneFace): () => NewMessages {
  const known = new Map<string, PhoneMessage>()
  return () => {
    const all = phone.messages
    const changed = all.slice(-MAX_MESSAGES).filter((message) => known.get(message.key) !== message)
    for (const message of changed) known.set(message.key, message)
    const there = new Set(all.map(({ key }) => key))
    const removed = [...known.keys()].filter((key) => !there.has(key))
    for (const key of removed) known.delete(key)
    return { changed, removed }
  }
}

/** Each call gives the parts that are not as in the last; undefined when all are. */
function differenceOf(): <Parts extends object>(parts: Parts) => Partial<Parts> | undefined {
  const known = new Map<string, string>()
  return (parts) => {
    const changed: typeof parts = { ...parts }
    for (const [name, part] of Object.entries(parts)) {
      const json = JSON.stringify(part)
      if (known.get(name) === json) Reflect.deleteProperty(changed, name)
      else known.set(name, json)
    }
    return Object.keys(changed).length > 0 ? changed : undefined
  }
}

function contactsOf({ phone: own }: PhoneFace, world: World): readonly ContactView[] {
  const people = world.phones
    .filter(({ phone }) => phone !== own)
    .map(({ phone, name, business }) => ({ id: phone, name, business }))
  // A community itself takes no messages; its groups name it.
  const groups = world.groups
    .filter(({ members, isCommunity }) => members.includes(own) && !isCommunity)
    .map((group) => ({
      id: group.id,
      name: group.subject,
      business: false,
      members: group.members,
      ...(group.community && {
        community: group.community.subject,
        isAnnouncement: group.community.announcements === group,
      }),
    }))
  const channels = world.newsletters
    .filter(({ followers }) => [...followers].some(({ phone }) => phone === own))
    .map(({ id, name }) => ({ id, name, business: false, isChannel: true }))
  return [...groups, ...channels, ...people]
}
