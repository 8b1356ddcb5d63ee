/** Hands on what WhatsApp tells of chats and people besides messages: the settings of the phone, and the history. */

import { type proto, type WAMessage, type WASocket, normalizeMessageContent } from 'baileys'
import type { DirectoryFact } from '../../domain/directory.js'
import type { InstanceId } from '../../domain/instance.js'
import type { EpochMs } from '../../domain/time.js'
import type { Clock } from '../../runtime/clock.js'
import type { Log } from '../../runtime/telemetry.js'
import { hearEarly } from '../baileys-patches/early-events.js'
import { chatOfJid, isWhatsappId, personOfJid } from '../jid.js'
import type { SyncAction } from '../baileys-patches/sync-actions.js'
import {
  factOfBusiness,
  factOfContact,
  factOfErasure,
  factOfRemoval,
  factOfUpdate,
} from './directory-facts.js'
import type { DirectoryPort } from './directory-port.js'

export interface TellDirectoryOptions {
  readonly instanceId: InstanceId
  readonly sock: WASocket
  readonly directory: DirectoryPort
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
  readonly history: {
    take(id: string, notice: proto.Message.IHistorySyncNotification): void
  }
}

/** Names of businesses come with each of their messages; most are known already. */
const mostRemembered = 1_000

export interface DirectoryFeed {
  /** Has to hear the changes of shared settings. */
  changed(action: SyncAction): void
  /** Stores what was learned elsewhere, in its turn. */
  tell(facts: readonly DirectoryFact[]): void
  /** Resolves once all that was heard until now is stored, or was found not to be storable. */
  settled(): Promise<void>
}

/** Call it once a socket, before it is open. */
export function tellDirectory(options: TellDirectoryOptions): DirectoryFeed {
  const { sock, clock, history } = options
  const facts = new FactQueue(options)
  const businesses = new Map<string, string>()
  hearEarly(sock, {
    'messages.upsert': ({ messages }) => {
      for (const message of messages) {
        const notice = historyNoticeIn(message)
        if (notice !== undefined && isWhatsappId(message.key.id))
          history.take(message.key.id, notice)
      }
    },
    'chats.update': (updates) => facts.tell(updates.map(factOfUpdate)),
    'chats.delete': (ids) =>
      facts.tell(
        ids.map((id) => {
          const chat = chatOfJid(id)
          return chat && { kind: 'chat-deleted', chat, at: beforeThisSecond(clock.now()) }
        }),
      ),
    'contacts.upsert': (contacts) => facts.tell(contacts.map(factOfContact)),
    'contacts.update': (contacts) => {
      for (const contact of contacts) {
        const { id, verifiedName } = contact
        if (id === undefined || !verifiedName || businesses.get(id) === verifiedName) continue
        if (businesses.size >= mostRemembered) businesses.clear()
        businesses.set(id, verifiedName)
        facts.tell([factOfBusiness(contact)])
      }
    },
    'lid-mapping.update': ({ lid, pn }) =>
      facts.tell([
        { kind: 'contact', person: { ...personOfJid(pn), ...personOfJid(lid) }, facts: {} },
      ]),
  })
  return {
    changed: (action) => {
      facts.tell([factOfErasure(action)])
      const removal = factOfRemoval(action)
      // Baileys tells of the record that is gone as of a new one, right after this.
      if (removal !== undefined) queueMicrotask(() => facts.tell([removal]))
    },
    tell: (others) => facts.tell(others),
    settled: () => facts.settled(),
  }
}

/** WhatsApp counts seconds: a message of the same one may have come after the deletion. */
function beforeThisSecond(now: EpochMs): EpochMs {
  return now - (now % 1_000) - 1
}

/** Only this number's own phone tells of its history: others could make one up. */
function historyNoticeIn({
  key,
  message,
}: WAMessage): proto.Message.IHistorySyncNotification | undefined {
  if (key.fromMe !== true || !message) return undefined
  return normalizeMessageContent(message)?.protocolMessage?.historySyncNotification ?? undefined
}

/** Stores facts in their order. What comes while one write runs goes into the next. */
class FactQueue {
  readonly #options: TellDirectoryOptions
  #waiting: DirectoryFact[] = []
  #running: Promise<void> | undefined

  constructor(options: TellDirectoryOptions) {
    this.#options = options
  }

  tell(facts: readonly (DirectoryFact | undefined)[]): void {
    this.#waiting.push(...facts.filter((fact) => fact !== undefined))
    if (this.#waiting.length > 0 && this.#running === undefined) this.#running = this.#write()
  }

  async settled(): Promise<void> {
    await this.#running
  }

  async #write(): Promise<void> {
    const { instanceId, sock, directory, log } = this.#options
    // Events of one moment go into one write.
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      const facts = this.#waiting
      this.#waiting = []
      const phone = personOfJid(sock.authState.creds.me?.id)?.phone
      try {
        if (phone !== undefined) await directory.linked(instanceId, phone)
        await directory.take(instanceId, facts, 'told')
      } catch (cause) {
        log.error('whatsapp.facts-lost', { instanceId, cause })
      }
    }
    this.#running = undefined
  }
}
