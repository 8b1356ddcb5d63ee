/** Our addition to Z-API: callbacks that were given up, to look at and to send again. */

import type { Static } from 'typebox'
import type { Instance, InstanceId } from '../domain/instance.js'
import type { EpochMs } from '../domain/time.js'
import type { EventKind } from './callback-urls.js'
import { InvalidRequestError, NotDeadError, UnknownCallbackError } from './error-replies.js'
import { maskedBody } from './masked-body.js'
import type { listCallbacksQuery, replayBody, showCallbackQuery } from './request-schemas.js'

interface Letter {
  readonly sequence: number
  readonly id: string
  readonly eventKind: string
  readonly url: string
  readonly status: string
  readonly attempts: number
  readonly error: string | undefined
  readonly createdAt: EpochMs
  readonly endedAt: EpochMs | undefined
}

export interface DeadLetterBox {
  list(
    instanceId: InstanceId,
    range: { readonly since?: EpochMs; readonly after?: number; readonly limit: number },
  ): Promise<readonly Letter[]>
  find(
    instanceId: InstanceId,
    id: string,
  ): Promise<{ readonly letter: Letter; readonly body: string | undefined } | undefined>
  replay(instanceId: InstanceId, id: string): Promise<'replayed' | 'not-dead' | 'unheard-of'>
  replayAll(instanceId: InstanceId, since: EpochMs): Promise<number>
}

const pageSize = 100

const typeNames: Readonly<Record<EventKind, string>> = {
  'message.sent': 'DeliveryCallback',
  'message.failed': 'DeliveryCallback',
  'message.status-changed': 'MessageStatusCallback',
  'message.received': 'ReceivedCallback',
  'call.changed': 'ReceivedCallback',
  'chat.presence-changed': 'PresenceChatCallback',
  'instance.connected': 'ConnectedCallback',
  'instance.disconnected': 'DisconnectedCallback',
  'instance.proxy-failed': 'ProxyCallback',
}

export class DeadCallbackHandlers {
  readonly #letters: DeadLetterBox

  constructor(letters: DeadLetterBox) {
    this.#letters = letters
  }

  /** No bodies: what was said is nothing for a listing. */
  async list(
    { id }: Instance,
    { since, after }: Static<typeof listCallbacksQuery>,
  ): Promise<object> {
    const letters = await this.#letters.list(id, {
      limit: pageSize,
      ...(since === undefined ? {} : { since: momentOf(since) }),
      ...(after === undefined ? {} : { after: placeOf(after) }),
    })
    const isFull = letters.length === pageSize
    const next = isFull ? String(letters.at(-1)?.sequence) : null
    return { callbacks: letters.map(entryOf), next }
  }

  /** `body=true` shows what is sent with codes masked, `body=codes` as it is. */
  async show(
    { id: instanceId }: Instance,
    { callbackId }: { callbackId: string },
    { body: wish }: Static<typeof showCallbackQuery>,
  ): Promise<object> {
    const found = await this.#letters.find(instanceId, callbackId)
    if (found === undefined) throw new UnknownCallbackError(unknownText)
    const entry = entryOf(found.letter)
    if (wish === undefined || wish === 'false') return entry
    const { body } = found
    if (body === undefined) return { ...entry, body: null }
    const parsed: unknown = wish === 'codes' ? JSON.parse(body) : maskedBody(body)
    return { ...entry, body: parsed }
  }

  async replay(
    { id }: Instance,
    { callbackId }: { callbackId: string },
  ): Promise<{ readonly value: true }> {
    const outcome = await this.#letters.replay(id, callbackId)
    if (outcome === 'unheard-of') throw new UnknownCallbackError(unknownText)
    if (outcome === 'not-dead')
      throw new NotDeadError('This callback was not given up: it arrived, or is still being tried.')
    return { value: true }
  }

  async replayAll(
    { id }: Instance,
    { since }: Static<typeof replayBody>,
  ): Promise<{ readonly replayed: number }> {
    return { replayed: await this.#letters.replayAll(id, momentOf(String(since))) }
  }
}

const unknownText =
  'There is no such callback. What arrived is forgotten after 7 days, the rest after 30.'

function entryOf(letter: Letter): object {
  return {
    id: letter.id,
    type: Object.hasOwn(typeNames, letter.eventKind)
      ? Reflect.get(typeNames, letter.eventKind)
      : letter.eventKind,
    status: letter.status,
    url: letter.url,
    attempts: letter.attempts,
    error: letter.error ?? null,
    created: letter.createdAt,
    ended: letter.endedAt ?? null,
  }
}

const isoMoment = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/u

/** Milliseconds since 1970, or ISO 8601 with its zone; a date alone is its beginning in UTC. */
function momentOf(text: string): EpochMs {
  const moment = /^\d{1,15}$/u.test(text)
    ? Number(text)
    : isoMoment.test(text)
      ? Date.parse(text)
      : NaN
  if (!Number.isNaN(moment)) return moment
  throw new InvalidRequestError(
    'since must be a moment: 2026-11-20T10:00:00Z, or milliseconds since 1970',
  )
}

function placeOf(text: string): number {
  if (/^\d{1,15}$/u.test(text)) return Number(text)
  throw new InvalidRequestError('after must be the next of the page before')
}
