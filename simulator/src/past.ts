/** What a phone tells a companion that is linked of the time before. */

/** What people do with a phone. `phone.ts` implements it; `control-api.ts` and tests use it. */
/** What a phone has lived through. Companions that are linked later are told of it. */
export interface Past {
  readonly chats: readonly PastChat[]
  /** What a companion gets only if it asked for all of the history. */
  readonly older?: readonly PastChat[] | undefined
  /** What a companion gets only when it asks for what is older in a chat. */
  readonly deeper?: readonly PastChat[] | undefined
  /** What people call themselves, by number. */
  readonly pushNames?: Readonly<Record<string, string>> | undefined
}

export interface PastChat {
  /** A number (digits) or the JID of a group. */
  readonly with: string
  /** In the address book, or of the group. */
  readonly name?: string | undefined
  readonly archived?: boolean | undefined
  readonly pinned?: boolean | undefined
  readonly mutedUntil?: number | undefined
  readonly unread?: number | undefined
  readonly timerSeconds?: number | undefined
  /** The oldest first. */
  readonly messages: readonly PastMessage[]
}

export interface PastMessage {
  readonly text: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly fromMe?: boolean | undefined
  /** In a group: whose number. */
  readonly from?: string | undefined
}
