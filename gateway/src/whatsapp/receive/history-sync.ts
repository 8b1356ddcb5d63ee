/**
 * Reads the history that the phone uploads after the linking, beside the traffic.
 *
 * A part is noted down before anything else, since WhatsApp tells of it once; it is read piece by
 * piece, with rests, so that messages pass; and a process that ends in the middle reads it again.
 */

import { setImmediate as nextTurn } from 'node:timers/promises'
import { proto, type WASocket } from 'baileys'
import type { DirectoryFact } from '../../domain/directory.js'
import { MediaGoneError } from '../../domain/errors.js'
import type { InstanceId } from '../../domain/instance.js'
import type { KeptMessage } from '../../domain/kept-message.js'
import type { Clock } from '../../runtime/clock.js'
import type { Log } from '../../runtime/telemetry.js'
import type { MediaDownload } from '../media/media-download.js'
import type { DirectoryPort, HistoryChunk } from './directory-port.js'
import { chatIn, factOfPushName, factsOfConversation } from './directory-facts.js'
import { ownPersonOf } from './from-baileys.js'
import { type HistoryPiece, piecesOf } from './history-parts.js'
import { historyMessageOf } from './history-message.js'
import { personOfJid } from '../jid.js'
import { PrivacyTokens } from '../keys/privacy-tokens.js'

export interface HistorySyncOptions {
  readonly instanceId: InstanceId
  readonly sock: WASocket
  readonly directory: DirectoryPort
  readonly download: Pick<MediaDownload, 'open'>
  readonly mediaHost: () => Promise<string>
  /** Whether all of the history is read, and not only the recent one. */
  readonly wantsAll: boolean
  readonly clock: Clock
  readonly log: Log
  readonly closing: AbortSignal
}

const { FULL, INITIAL_STATUS_V3 } = proto.Message.HistorySyncType
/** So much is stored in one write. More would hold up others on SQLite. */
const piecesAtOnce = 50
const mostAttempts = 10
const firstRetryMs = 30_000
const longestRetryMs = 3_600_000

export class HistorySync {
  readonly #options: HistorySyncOptions
  readonly #tokens: PrivacyTokens
  /** By the id of the message that told of it: whether it is stored. */
  readonly #keeping = new Map<string, Promise<boolean>>()
  #running: Promise<void> | undefined
  #news = new AbortController()

  constructor(options: HistorySyncOptions) {
    this.#options = options
    this.#tokens = new PrivacyTokens(options.sock)
  }

  /** Keeps the part before anything else. Call it with what this number's own phone tells. */
  take(id: string, notice: proto.Message.IHistorySyncNotification): void {
    const { syncType } = notice
    if (syncType === INITIAL_STATUS_V3 || (syncType === FULL && !this.#options.wantsAll)) return
    // At once: the notice is emptied next.
    const encoded = proto.Message.HistorySyncNotification.encode(notice).finish()
    this.#keeping.set(id, this.#isKept(id, encoded))
  }

  /**
   * Whether the part of the history is stored that this message names; true if it names none. If it is not,
   * the message has to be told again after a restart: WhatsApp brings it only once.
   */
  async kept(id: string): Promise<boolean> {
    const isKept = await this.#keeping.get(id)
    this.#keeping.delete(id)
    return isKept ?? true
  }

  /** Goes on with what waits. Call it when the connection is open. */
  resume(): void {
    if (this.#running !== undefined) return
    this.#running = this.#run()
  }

  /** Resolves once nothing more is stored. Call it when the connection has ended. */
  async settled(): Promise<void> {
    await this.#running
  }

  async #isKept(id: string, notice: Uint8Array): Promise<boolean> {
    const { instanceId, log } = this.#options
    try {
      await this.#keep(id, notice)
      return true
    } catch (cause) {
      log.error('whatsapp.history-waits', { instanceId, cause })
      return false
    }
  }

  async #keep(id: string, notice: Uint8Array): Promise<void> {
    const { instanceId, directory } = this.#options
    await this.#claimDirectory()
    await directory.keepChunk(instanceId, { id, notice })
    this.#news.abort()
    this.resume()
  }

  async #claimDirectory(): Promise<void> {
    const { instanceId, directory, sock } = this.#options
    const { phone } = ownPersonOf(sock.authState.creds.me)
    if (phone !== undefined) await directory.linked(instanceId, phone)
  }

  async #run(): Promise<void> {
    const { instanceId, clock, closing, log } = this.#options
    while (!closing.aborted) {
      this.#news = new AbortController()
      try {
        // Parts that another number left would be read into the chats of this one.
        await this.#claimDirectory()
        const restMs = await this.#readNext()
        if (restMs === undefined && !this.#news.signal.aborted) break
        await clock.sleep(restMs ?? 0, AbortSignal.any([closing, this.#news.signal]))
      } catch (cause) {
        log.warn('whatsapp.history-waits', { instanceId, cause })
        await clock.sleep(firstRetryMs, closing)
      }
    }
    this.#running = undefined
    if (closing.aborted) log.debug('whatsapp.history-waits', { instanceId })
  }

  /** Gives how long to wait for the next part, in ms; `undefined` if none is left. Throws if the database fails. */
  async #readNext(): Promise<number | undefined> {
    const { instanceId, directory, clock } = this.#options
    const next = await directory.nextChunk(instanceId)
    if (next === undefined) return undefined
    if (!('id' in next)) return Math.max(0, next.notBefore - clock.now())
    await this.#readOne(next)
    return 0
  }

  async #readOne(chunk: HistoryChunk): Promise<void> {
    const { instanceId, directory, clock, log, closing } = this.#options
    try {
      const read = await this.#read(chunk)
      if (closing.aborted) return
      log.info('whatsapp.history-read', { instanceId, ...read })
    } catch (cause) {
      if (closing.aborted) return
      const isOver = cause instanceof MediaGoneError || chunk.attempts + 1 >= mostAttempts
      if (isOver) log.warn('whatsapp.history-lost', { instanceId, cause })
      else {
        log.warn('whatsapp.history-waits', { instanceId, cause })
        const retryMs = Math.min(longestRetryMs, firstRetryMs * 2 ** chunk.attempts)
        return directory.chunkFailed(instanceId, chunk.id, clock.now() + retryMs)
      }
    }
    await directory.chunkDone(instanceId, chunk.id)
  }

  async #read(chunk: HistoryChunk): Promise<{ readonly pieces: number }> {
    const { closing } = this.#options
    const notice = proto.Message.HistorySyncNotification.decode(chunk.notice)
    let pieces = 0
    let some: HistoryPiece[] = []
    for await (const piece of piecesOf(await this.#bytesOf(notice))) {
      if (closing.aborted) break
      some.push(piece)
      pieces += 1
      if (some.length < piecesAtOnce) continue
      await this.#store(some)
      some = []
    }
    if (!closing.aborted) await this.#store(some)
    return { pieces }
  }

  async #bytesOf(notice: proto.Message.IHistorySyncNotification): Promise<Uint8Array> {
    const { download, mediaHost, closing } = this.#options
    const { initialHistBootstrapInlinePayload: inline, directPath, mediaKey, fileSha256 } = notice
    if (inline && inline.length > 0) return inline
    if (!directPath || !mediaKey) throw new MediaGoneError('The phone does not say where it is.')
    const file = {
      kind: 'md-msg-hist',
      host: await mediaHost(),
      path: directPath,
      key: mediaKey,
      sha256: fileSha256 ?? undefined,
    } as const
    const parts: Uint8Array[] = []
    for await (const part of await download.open(file, closing)) parts.push(part)
    return Buffer.concat(parts)
  }

  /** Then rests for as long as it took: the traffic has at least half of the time. */
  async #store(pieces: readonly HistoryPiece[]): Promise<void> {
    const { instanceId, directory, sock, clock, closing } = this.#options
    const begin = performance.now()
    const pairs = pieces.flatMap((piece) => (piece.kind === 'pair' ? [piece] : pairsIn(piece)))
    if (pairs.length > 0) {
      await sock.signalRepository.lidMapping.storeLIDPNMappings(
        pairs.map(({ lid, pn }) => ({ lid, pn })),
      )
      await directory.learn(
        instanceId,
        pairs.map(({ lid, pn }) => ({ ...personOfJid(pn), ...personOfJid(lid) })),
      )
    }
    await this.#tokens.keep(pieces.flatMap((piece) => (piece.kind === 'chat' ? [piece.chat] : [])))
    await directory.take(instanceId, pieces.flatMap(factsOf), 'history')
    await directory.takeSaid(instanceId, this.#said(pieces), 'newest-first')
    await nextTurn()
    await clock.sleep(performance.now() - begin, closing)
  }

  #said(pieces: readonly HistoryPiece[]): readonly KeptMessage[] {
    const { sock, clock } = this.#options
    const own = ownPersonOf(sock.authState.creds.me)
    return pieces.flatMap((piece) => {
      if (piece.kind !== 'message') return []
      return historyMessageOf(piece.message, own, clock.now()) ?? []
    })
  }
}

function factsOf(piece: HistoryPiece): readonly DirectoryFact[] {
  if (piece.kind === 'chat') return factsOfConversation(piece.chat)
  if (piece.kind !== 'push-name') return []
  const fact = factOfPushName(piece.jid, piece.name)
  return fact === undefined ? [] : [fact]
}

/** A chat may name its person twice. */
function pairsIn(piece: HistoryPiece): readonly { readonly lid: string; readonly pn: string }[] {
  if (piece.kind !== 'chat') return []
  const chat = chatIn(piece.chat)
  if (chat?.kind !== 'person' || chat.phone === undefined || chat.lid === undefined) return []
  return [{ lid: `${chat.lid}@lid`, pn: `${chat.phone}@s.whatsapp.net` }]
}
