/** What an instance does not want to be told. */

/** What an event is about. */
export type Topic =
  /** What became of a message: sent, or failed. */
  'outcome' | 'status' | 'received' | 'connected' | 'disconnected' | 'presence'

/** What a message is like: the chat it stands in, or what it holds. */
export type MessageTrait =
  | 'in-group'
  | 'in-private-chat'
  | 'text'
  | 'image'
  | 'video'
  | 'audio'
  | 'document'

export interface Muted {
  readonly topics: readonly Topic[]
  /** A message is not told that has one of these, by any author. */
  readonly messages: readonly MessageTrait[]
}

export const nothingMuted: Muted = { topics: [], messages: [] }
