/** `GET /messages/{zaapId}`, our addition: what became of a message, for who asks instead of listening. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Recipient } from '../domain/chat.js'
import type { FailureReason } from '../domain/gateway-event.js'
import type { Instance, InstanceId } from '../domain/instance.js'
import type { Fallback, MessageId, WhatsappId } from '../domain/message.js'
import type { MessageStatus } from '../domain/message-status.js'
import type { EpochMs } from '../domain/time.js'
import { instanceOf } from './authenticate.js'
import { errorKeys, fallbackOf } from './callbacks.js'
import { MessageNotFoundError } from './error-replies.js'
import { findMessage } from './message-operations.js'
import { phoneOf, sendAnswer } from './to-zapi.js'

type Outcome =
  | 'sending'
  | 'sent'
  | 'refused'
  | 'unknown'
  | 'not-sent'
  | 'too-late'
  | 'no-such-recipient'

interface MessageHistory {
  readonly id: MessageId
  readonly instanceId: InstanceId
  readonly whatsappId: WhatsappId
  readonly recipient: Recipient
  readonly status: MessageStatus
  readonly acceptedAt: EpochMs
  readonly expiresAt?: EpochMs | undefined
  readonly sentAt: EpochMs | undefined
  readonly deliveredAt: EpochMs | undefined
  readonly readAt: EpochMs | undefined
  readonly playedAt: EpochMs | undefined
  readonly endedAt: EpochMs | undefined
  readonly attempts: readonly {
    readonly whatsappId: WhatsappId
    readonly claimedAt: EpochMs
    readonly endedAt?: EpochMs
    readonly outcome: Outcome
    readonly refusalCode?: number
  }[]
  readonly fallback?: Fallback | undefined
  readonly failure: { readonly reason: FailureReason; readonly explanation: string } | undefined
}

export interface HistoryRoutesOptions {
  readonly histories: {
    find(instanceId: InstanceId, id: string): Promise<MessageHistory | undefined>
  }
}

/** Below the instance, behind its authentication. */
export function historyRoutes({ histories }: HistoryRoutesOptions): FastifyPluginAsyncTypebox {
  const find = async (instance: Instance, { zaapId }: { zaapId: string }) => {
    const history = await histories.find(instance.id, zaapId)
    if (history === undefined) throw new MessageNotFoundError('Message not found')
    return describe(history)
  }
  return async (app) => {
    app.get('/messages/:zaapId', { schema: findMessage }, (request) =>
      find(instanceOf(request), request.params),
    )
  }
}

/** Where Z-API has a word for it, that one. */
const statusNames: Record<MessageStatus, string> = {
  queued: 'QUEUED',
  sending: 'SENDING',
  unknown: 'UNKNOWN',
  sent: 'SENT',
  delivered: 'RECEIVED',
  read: 'READ',
  played: 'PLAYED',
  failed: 'FAILED',
  expired: 'EXPIRED',
  cancelled: 'CANCELLED',
}

const outcomeNames: Record<Outcome, string> = {
  sending: 'SENDING',
  sent: 'SENT',
  refused: 'REFUSED',
  unknown: 'UNKNOWN',
  'not-sent': 'NOT_SENT',
  'too-late': 'EXPIRED',
  'no-such-recipient': 'NO_SUCH_RECIPIENT',
}

/** Moments that never were are left out, as JSON leaves out what is undefined. */
function describe(history: MessageHistory): object {
  const { failure, fallback } = history
  return {
    ...sendAnswer(history),
    instanceId: history.instanceId,
    phone: phoneOf(history.recipient),
    status: statusNames[history.status],
    acceptedAt: history.acceptedAt,
    expiresAt: history.expiresAt,
    sentAt: history.sentAt,
    receivedAt: history.deliveredAt,
    readAt: history.readAt,
    playedAt: history.playedAt,
    endedAt: history.endedAt,
    attempts: history.attempts.map((attempt) => ({
      startedAt: attempt.claimedAt,
      endedAt: attempt.endedAt,
      messageId: attempt.whatsappId,
      outcome: outcomeNames[attempt.outcome],
      code: attempt.refusalCode,
    })),
    fallback: fallback && fallbackOf(fallback),
    // Not `error` beside the rest: clients take an answer that has one for a failure of the call.
    failure: failure && { reason: failure.reason, ...errorKeys(failure) },
  }
}
