/** What is known of the people, chats and groups of each number. */

import type { Config } from '../config.js'
import { BroadcastLists } from '../directory/broadcast-lists.js'
import { Directory } from '../directory/directory.js'
import { KeptMessages } from '../directory/kept-messages.js'
import { KnownPeople } from '../directory/known-people.js'
import type { Base, Purged } from './base.js'

export interface BuiltDirectory {
  readonly people: KnownPeople
  readonly keptMessages: KeptMessages
  readonly directory: Directory
  readonly broadcastLists: BroadcastLists
  readonly purged: readonly Purged[]
}

export function buildDirectory(base: Base, config: Config): BuiltDirectory {
  const people = new KnownPeople({
    ...base,
    joined: (instanceId, pairs, transaction) => directory.join(instanceId, pairs, transaction),
  })
  const directory: Directory = new Directory({ ...base, people, keepMs: config.keepDirectoryMs })
  const keptMessages = new KeptMessages({ ...base, people, keepMs: config.keepMessagesMs })
  const broadcastLists = new BroadcastLists(base)
  return {
    people,
    keptMessages,
    directory,
    broadcastLists,
    purged: [people, keptMessages, directory],
  }
}
