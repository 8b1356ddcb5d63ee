/** What is known of the people, chats and groups of each number. */

import type { Config } from '../config.js'
import { BroadcastLists } from '../directory/broadcast-lists.js'
import { Directory } from '../directory/directory.js'
import { HistoryChunks } from '../directory/history-chunks.js'
import { KeptMessages } from '../directory/kept-messages.js'
import { KnownPeople } from '../directory/known-people.js'
import type { Instances } from '../instances/instances.js'
import type { DirectoryPort } from '../whatsapp/receive/directory-port.js'
import type { Base, Purged } from './base.js'
import { retentionBy } from './retention.js'

export interface BuiltDirectory {
  readonly people: KnownPeople
  readonly keptMessages: KeptMessages
  readonly directory: Directory
  readonly broadcastLists: BroadcastLists
  /** For the engine. */
  readonly told: DirectoryPort
  readonly purged: readonly Purged[]
}

export function buildDirectory(
  base: Base,
  config: Config,
  instances: Pick<Instances, 'find' | 'list'>,
): BuiltDirectory {
  const people = new KnownPeople({
    ...base,
    joined: (instanceId, pairs, transaction) => directory.join(instanceId, pairs, transaction),
  })
  const directory: Directory = new Directory({
    ...base,
    people,
    retention: retentionBy('keepDirectoryDays', config.keepDirectoryMs, instances),
  })
  const keptMessages = new KeptMessages({
    ...base,
    people,
    retention: retentionBy('keepMessagesDays', config.keepMessagesMs, instances),
  })
  const broadcastLists = new BroadcastLists(base)
  const chunks = new HistoryChunks(base)
  const told: DirectoryPort = {
    linked: (instanceId, phone) => directory.linked(instanceId, phone),
    take: async (instanceId, facts, source) => {
      await directory.take(instanceId, facts, source)
      for (const fact of facts)
        if (fact.kind === 'chat-cleared')
          await keptMessages.eraseChat(instanceId, fact.chat, fact.until)
    },
    savedContacts: (instanceId) => directory.contacts.saved(instanceId),
    timerOf: (instanceId, chat) => directory.chats.timerOf(instanceId, chat),
    learn: (instanceId, known) => people.learn(instanceId, known),
    takeSaid: async (instanceId, messages, order) => {
      if (messages.length === 0) return
      await base.database.transaction(async ({ query }) => {
        for (const message of messages) await keptMessages.keep(instanceId, message, query, order)
      })
    },
    keepChunk: (instanceId, chunk) => chunks.keep(instanceId, chunk),
    nextChunk: (instanceId) => chunks.next(instanceId),
    chunkDone: (instanceId, id) => chunks.done(instanceId, id),
    chunkFailed: (instanceId, id, at) => chunks.failed(instanceId, id, at),
  }
  const purged = [people, keptMessages, directory, chunks]
  return { people, keptMessages, directory, broadcastLists, told, purged }
}
