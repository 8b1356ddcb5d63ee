/** Messages that are prepared as soon as they are asked for, for a session or an engine that writes nothing. */

import type {
  EngineMessage,
  PreparedMessage,
  SendResult,
  Written,
} from '../../src/domain/sending.js'
import type { SessionPort } from '../../src/outbox/queue/instance-queue.js'
import type { KeepPort } from '../../src/outbox/queue/send-attempts.js'

/** `write` is what `PreparedMessage.write` does; the message names the mark and the copy. */
export function preparedMessage(
  { whatsappId }: Pick<EngineMessage, 'whatsappId'>,
  write: () => Promise<Written>,
  isUsable: () => boolean = () => true,
): PreparedMessage {
  const value = Buffer.from(whatsappId)
  return {
    kind: 'prepared',
    keep: {
      resendCopy: value,
      message: undefined,
      ratchetMark: { type: 'mark', id: whatsappId, value },
    },
    isUsable,
    write,
  }
}

/** What `write` gives for an attempt that ends so. */
export function writtenOf(result: SendResult): Written {
  if (result.kind === 'sent' || result.kind === 'refused' || result.kind === 'unknown')
    return { kind: 'written', acknowledged: Promise.resolve(result) }
  return result
}

/** A session whose messages end as `send` says. */
export function sessionThatSends(
  send: (message: EngineMessage) => SendResult | Promise<SendResult>,
  isOpen: () => boolean = () => true,
): SessionPort {
  return {
    isOpen,
    lookAhead: async () => {},
    prepare: async (_, message) =>
      preparedMessage(message, async () => writtenOf(await send(message))),
  }
}

export const keepsNothing: KeepPort = { async keep() {} }
