import type { ChatId, PersonId } from '../../domain/chat.js'
import type { DirectoryFact, FactSource } from '../../domain/directory.js'
import type { InstanceId } from '../../domain/instance.js'
import type { KeptMessage } from '../../domain/kept-message.js'
import type { EpochMs } from '../../domain/time.js'

/** A part of the history that waits to be read. */
export interface HistoryChunk {
  /** The id of the message that told of it. */
  readonly id: string
  /** The notice as WhatsApp encodes it: where the part lies, and its key. */
  readonly notice: Uint8Array
  readonly attempts: number
}

/** Where what WhatsApp tells of chats and people is kept. `directory/directory.ts` implements it. */
export interface DirectoryPort {
  /** The instance is linked to this number: what it knew of another one is erased. Cheap to repeat. */
  linked(instanceId: InstanceId, ownPhone: string): Promise<void>
  /** Safe to repeat, in any order. */
  take(instanceId: InstanceId, facts: readonly DirectoryFact[], source: FactSource): Promise<void>
  learn(instanceId: InstanceId, people: readonly PersonId[]): Promise<void>
  /** The people in the phone's address book. */
  savedContacts(instanceId: InstanceId): Promise<readonly PersonId[]>
  /** After how many seconds the messages of the chat disappear. 0: never, or not known. */
  timerOf(instanceId: InstanceId, chat: ChatId): Promise<number>
  /**
   * What was said, for what refers to it later. Safe to repeat.
   *
   * @param order a history begins with the newest message of each chat
   */
  takeSaid(
    instanceId: InstanceId,
    messages: readonly KeptMessage[],
    order: 'as-it-comes' | 'newest-first',
  ): Promise<void>
  keepChunk(instanceId: InstanceId, chunk: Omit<HistoryChunk, 'attempts'>): Promise<void>
  /** The one that is to be read next, or since when one is. */
  nextChunk(
    instanceId: InstanceId,
  ): Promise<HistoryChunk | { readonly notBefore: EpochMs } | undefined>
  chunkDone(instanceId: InstanceId, id: string): Promise<void>
  chunkFailed(instanceId: InstanceId, id: string, nextAttemptAt: EpochMs): Promise<void>
}
