/** Keeps the secrets of messages that pass by, and finds them for what is sealed with them. */

import type { WAMessage } from 'baileys'
import type { InstanceId } from '../../domain/instance.js'
import type { IncomingMessage } from '../../domain/incoming-message.js'
import type { ReadingOptions } from './incoming-message.js'
import type { WhatsappId } from '../../domain/message-id.js'
import type { KeptMessagePort } from './kept-message-port.js'
import { decodeOriginal } from '../send/original-message.js'
import { type AnswerSecretPort, answerSecretOf } from './message-secret.js'
import { sealedAnswerTo } from './sealed-answers.js'

export class AnswerReader {
  readonly #instanceId: InstanceId
  readonly #secrets: AnswerSecretPort
  readonly #keptMessages: Pick<KeptMessagePort, 'findAnywhere'>

  constructor(
    instanceId: InstanceId,
    secrets: AnswerSecretPort,
    keptMessages: Pick<KeptMessagePort, 'findAnywhere'>,
  ) {
    this.#instanceId = instanceId
    this.#secrets = secrets
    this.#keptMessages = keptMessages
  }

  /**
   * `incoming` as it is read without secrets; `readWith` reads it once more. `undefined`
   * where there is nothing to tell after that. Throws when the store does.
   */
  async read(
    message: WAMessage,
    incoming: IncomingMessage,
    readWith: (options: ReadingOptions) => IncomingMessage | undefined,
  ): Promise<IncomingMessage | undefined> {
    const own = answerSecretOf(message.message, incoming.sender)
    if (own)
      await this.#secrets.keep(this.#instanceId, incoming.whatsappId, own.secret, own.keepForMs)
    const asked = sealedAnswerTo(message)
    const kept = asked && (await this.#secretOf(asked))
    return kept ? readWith({ kept, answerer: incoming.sender }) : incoming
  }

  /** Those of our own polls and events come with what is kept of them. */
  async #secretOf(asked: WhatsappId): Promise<Uint8Array | undefined> {
    const secret = await this.#secrets.find(this.#instanceId, asked)
    if (secret !== undefined) return secret
    const kept = await this.#keptMessages.findAnywhere(this.#instanceId, asked)
    return kept && answerSecretOf(decodeOriginal(kept.original), kept.author)?.secret
  }
}
