/**
 * Asks this number's phone for a file that WhatsApp has deleted: the phone uploads its copy once
 * more and says where it lies then. WhatsApp Web does the same when an old picture is opened.
 *
 * A client with a link to the file may ask, so a phone is asked for a file once at a time, for few
 * files at once, and not again soon after it could not give one.
 */

import {
  type BaileysEventMap,
  decryptMediaRetryData,
  encryptMediaRetryRequest,
  proto,
  type WAMessageKey,
  type WASocket,
} from 'baileys'
import { MediaGoneError } from '../../domain/errors.js'
import type { MediaReference } from '../../domain/incoming-content.js'
import type { MessageTarget } from '../../domain/message-target.js'
import type { Clock } from '../../runtime/clock.js'
import { groupJid, jidOfPerson } from '../jid.js'
import { unlessAborted } from '../deferred.js'

type Source = Pick<WASocket, 'sendNode' | 'ev' | 'authState'>
type Answer = BaileysEventMap['messages.media-update'][number]

const answerMs = 15_000
const mostAtOnce = 8
const notAgainForMs = 60_000
const mostRemembered = 1_000

export class FileRequests {
  readonly #sock: Source
  readonly #clock: Pick<Clock, 'now' | 'sleep'>
  readonly #closing: AbortSignal
  readonly #asked = new Map<string, Promise<string>>()
  /** When the phone did not give it. */
  readonly #failed = new Map<string, number>()

  constructor(sock: Source, clock: Pick<Clock, 'now' | 'sleep'>, closing: AbortSignal) {
    this.#sock = sock
    this.#clock = clock
    this.#closing = closing
  }

  /** The path where it lies now. Throws `MediaGoneError`, whose message says why there is none. */
  async ask({ key, origin }: MediaReference): Promise<string> {
    const message = origin && keyOf(origin)
    if (message === undefined || key === undefined)
      throw new MediaGoneError('WhatsApp does not have this file any more.')
    const name = JSON.stringify([message.remoteJid, message.id])
    const known = this.#asked.get(name)
    if (known !== undefined) return known
    if (this.#asked.size >= mostAtOnce || this.#clock.now() < (this.#failed.get(name) ?? 0))
      throw new MediaGoneError(`${gone}, and its phone cannot be asked again so soon.`)
    const asking = this.#ask(message, key)
    this.#asked.set(name, asking)
    try {
      return await asking
    } catch (cause) {
      this.#rememberFailure(name)
      throw cause
    } finally {
      this.#asked.delete(name)
    }
  }

  async #ask(message: WAMessageKey & { readonly id: string }, key: Uint8Array): Promise<string> {
    const { ev, authState } = this.#sock
    const waiting = new AbortController()
    const found: { answer?: (answer: Answer) => void } = {}
    const answered = new Promise<Answer>((resolve) => {
      found.answer = resolve
    })
    const heard = (answers: readonly Answer[]): void => {
      const answer = answers.find(({ key: { id } }) => id === message.id)
      if (answer) found.answer?.(answer)
    }
    ev.on('messages.media-update', heard)
    try {
      await this.#sock.sendNode(
        encryptMediaRetryRequest(message, Buffer.from(key), authState.creds.me?.id ?? ''),
      )
      const timeout = this.#clock.sleep(answerMs, waiting.signal).then(() => undefined)
      const answer = await unlessAborted(
        this.#closing,
        Promise.race([answered, timeout]),
        () => undefined,
      )
      return pathIn(answer, key, message.id)
    } finally {
      waiting.abort()
      ev.off('messages.media-update', heard)
    }
  }

  #rememberFailure(name: string): void {
    const [oldest] = this.#failed.keys()
    if (this.#failed.size >= mostRemembered && oldest !== undefined) this.#failed.delete(oldest)
    this.#failed.set(name, this.#clock.now() + notAgainForMs)
  }
}

const gone = 'WhatsApp does not have this file any more'

function pathIn(answer: Answer | undefined, key: Uint8Array, id: string): string {
  if (answer === undefined)
    throw new MediaGoneError(
      `${gone}, and the phone of the number did not send it again in time. Open WhatsApp on it and try again in a minute.`,
    )
  const path = answer.media && readPath(answer.media, key, id)
  if (path === undefined)
    throw new MediaGoneError(`${gone}, and neither has the phone of the number.`)
  return path
}

function readPath(
  media: NonNullable<Answer['media']>,
  key: Uint8Array,
  id: string,
): string | undefined {
  try {
    const { result, directPath } = decryptMediaRetryData(media, key, id)
    const isThere = result === proto.MediaRetryNotification.ResultType.SUCCESS
    return isThere && directPath?.startsWith('/') ? directPath : undefined
  } catch {
    // Another person wrote it.
    return undefined
  }
}

/** As the phone knows the message. */
function keyOf({
  whatsappId,
  fromMe,
  chat,
  author,
}: MessageTarget): (WAMessageKey & { readonly id: string }) | undefined {
  const remoteJid =
    chat.kind === 'group'
      ? groupJid(chat.group)
      : chat.kind === 'person'
        ? jidOfPerson(chat)
        : undefined
  if (remoteJid === undefined) return undefined
  const participant = author && jidOfPerson(author)
  return { id: whatsappId, remoteJid, fromMe, ...(participant ? { participant } : {}) }
}
