/** What an instance does not want to be told. */

/** What an event is about. `outcome`: a message was sent, or failed. */
export const topics = [
  'outcome',
  'status',
  'received',
  'connected',
  'disconnected',
  'presence',
] as const
export type Topic = (typeof topics)[number]

/** What a message is like: the chat it stands in, or what it holds. */
export const messageTraits = [
  'in-group',
  'in-private-chat',
  'text',
  'image',
  'video',
  'audio',
  'document',
] as const
export type MessageTrait = (typeof messageTraits)[number]

export interface Muted {
  readonly topics: readonly Topic[]
  /** A message is not told that has one of these, by any author. */
  readonly messages: readonly MessageTrait[]
}

export const nothingMuted: Muted = { topics: [], messages: [] }
