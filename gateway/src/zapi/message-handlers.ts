/** What is sent: each send is put into the outbox and answered with its ids. */

import type { Static } from 'typebox'
import type { Recipient } from '../domain/chat.js'
import type { Instance, InstanceId } from '../domain/instance.js'
import type { ImageSource, MessageContent, MessageId, WhatsappId } from '../domain/message.js'
import type { AddressRule } from '../runtime/address-rule.js'
import { InvalidRequestError } from './error-replies.js'
import { codeOf, delayMsOf, imageSourceOf, recipientOf } from './from-zapi.js'
import type { sendButtonOtpBody } from './request-schemas.js'
import { type SendAnswer, sendAnswer } from './to-zapi.js'

export interface OutgoingLine {
  /**
   * Resolves once the message is stored; a request that was made under the
   * same key before gets the same answer. Throws `OutboxFullError`,
   * `RequestInFlightError`,
   * `IdempotencyKeyReusedError`, `RestrictedError`, `TooManyCodesError`: then nothing is stored.
   */
  accept(
    instanceId: InstanceId,
    message: {
      readonly recipient: Recipient
      readonly content: MessageContent
      readonly gapAfterMs?: number | undefined
      readonly typingMs?: number | undefined
      readonly expiresInSeconds?: number | undefined
    },
    options: { readonly idempotencyKey?: string | undefined },
  ): Promise<{ readonly id: MessageId; readonly whatsappId: WhatsappId }>
}

export interface MessageHandlersOptions {
  readonly outbox: OutgoingLine
  readonly isAllowedAddress: AddressRule
}

const defaultButtonText = 'Copiar código'
const longestButtonText = 60

export class MessageHandlers {
  readonly #outbox: OutgoingLine
  readonly #isAllowedAddress: AddressRule

  constructor({ outbox, isAllowedAddress }: MessageHandlersOptions) {
    this.#outbox = outbox
    this.#isAllowedAddress = isAllowedAddress
  }

  async sendButtonOtp(
    instance: Instance,
    body: Static<typeof sendButtonOtpBody>,
    idempotencyKey: string | undefined,
  ): Promise<SendAnswer> {
    const recipient = recipientOf(body.phone)
    const content: MessageContent = {
      kind: 'otp-button',
      text: body.message,
      code: codeOf(body.code),
      buttonText: buttonTextOf(body.buttonText),
      image: this.#imageOf(body.image),
    }
    const message = {
      recipient,
      content,
      gapAfterMs: delayMsOf(body.delayMessage),
      typingMs: delayMsOf(body.delayTyping),
      expiresInSeconds: body.expiresIn,
    }
    return sendAnswer(await this.#outbox.accept(instance.id, message, { idempotencyKey }))
  }

  #imageOf(image: string | undefined): ImageSource | undefined {
    return image === undefined ? undefined : imageSourceOf(image, this.#isAllowedAddress)
  }
}

/** Throws `InvalidRequestError`. */
export function buttonTextOf(text: string | undefined): string {
  const trimmed = text?.trim() ?? ''
  if (trimmed === '') return defaultButtonText
  if (lengthOf(trimmed) > longestButtonText)
    throw new InvalidRequestError(`buttonText must be at most ${longestButtonText} characters`)
  return trimmed
}

/** Characters as JSON Schema counts them: an emoji is one and not two. */
function lengthOf(text: string): number {
  return Array.from(text).length
}
