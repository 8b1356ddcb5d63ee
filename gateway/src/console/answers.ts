/**
 * The shapes of what the console's pages read. `web/console` takes its types
 * from here, so a page and its answer can not drift apart. Moments are epoch
 * milliseconds; what there is not is left out.
 */

import { type Static, Type } from 'typebox'
import type { GatewayEvent } from '../domain/gateway-event.js'

const moment = Type.Integer()
const optional = { moment: Type.Optional(moment), text: Type.Optional(Type.String()) }

const administratorAnswer = Type.Object({
  name: Type.String(),
  hasSecondFactor: Type.Boolean(),
  recoveryCodesLeft: Type.Integer(),
})

/** Who looks at the console, and what it can do now. */
export const visitAnswer = Type.Object({
  state: Type.Enum(['set-up', 'log-in', 'in']),
  administrator: Type.Optional(administratorAnswer),
  version: Type.String(),
})

/** `code-needed`: name and password are right; send them again with a one-time code. */
export const logInAnswer = Type.Object({ state: Type.Enum(['in', 'code-needed']) })

export const done = Type.Object({ done: Type.Literal(true) })

export const loginSessionsAnswer = Type.Object({
  sessions: Type.Array(
    Type.Object({
      id: Type.String(),
      isThis: Type.Boolean(),
      address: Type.String(),
      browser: Type.String(),
      createdAt: moment,
      lastSeenAt: moment,
      endsAt: moment,
    }),
  ),
})

/** A QR code as one SVG path in a square of `size` modules, quiet zone and all. */
export const qrAnswer = Type.Object({
  text: Type.String(),
  size: Type.Integer(),
  path: Type.String(),
})

export const secondFactorOffer = Type.Object({ secret: Type.String(), qr: qrAnswer })
export const recoveryCodesAnswer = Type.Object({ recoveryCodes: Type.Array(Type.String()) })

export const instanceState = Type.Enum([
  'idle',
  'connecting',
  'pairing',
  'open',
  'waiting',
  'ended',
])

const instanceProperties = {
  id: Type.String(),
  name: Type.String(),
  createdAt: moment,
  state: instanceState,
  /** The number it is linked to, digits only. */
  phone: optional.text,
  /** WhatsApp lets it start no conversation until then. */
  restrictedUntil: optional.moment,
  /** Since when it is out of use. */
  cancelledAt: optional.moment,
  /** When it is deleted, if nobody takes it back. */
  deletedFrom: optional.moment,
  waiting: Type.Integer(),
}

export const instanceSummary = Type.Object(instanceProperties)
export const instancesAnswer = Type.Object({ instances: Type.Array(instanceSummary) })

export const endpointKinds = [
  'message.sent',
  'message.failed',
  'message.status-changed',
  'message.received',
  'call.changed',
  'chat.presence-changed',
  'instance.connected',
  'instance.disconnected',
  'instance.proxy-failed',
] as const satisfies readonly GatewayEvent['kind'][]

export const instanceSettings = Type.Object({
  notifySentByMe: Type.Boolean(),
  refuseWhileDisconnected: Type.Boolean(),
  tellCodes: Type.Boolean(),
})

export const instanceAnswer = Type.Object({
  ...instanceProperties,
  settings: instanceSettings,
  /** CIDRs and addresses; empty lets everybody call. */
  allowedCallers: Type.Array(Type.String()),
  /** Where each kind of event is told. Kinds that are told nowhere are missing. */
  endpoints: Type.Partial(
    Type.Object({
      'message.sent': Type.String(),
      'message.failed': Type.String(),
      'message.status-changed': Type.String(),
      'message.received': Type.String(),
      'call.changed': Type.String(),
      'chat.presence-changed': Type.String(),
      'instance.connected': Type.String(),
      'instance.disconnected': Type.String(),
      'instance.proxy-failed': Type.String(),
    }),
  ),
})

/** The token is shown this once. */
export const createdInstanceAnswer = Type.Object({ id: Type.String(), token: Type.String() })
export const rotatedTokenAnswer = Type.Object({
  token: Type.String(),
  previousUntil: optional.moment,
})

/** `connected`: there is nothing to pair. */
export const pairingAnswer = Type.Object({
  state: Type.Enum(['qr', 'connected']),
  qr: Type.Optional(qrAnswer),
})
export const pairingCodeAnswer = Type.Object({
  state: Type.Enum(['code', 'connected']),
  code: optional.text,
})

export const acceptedAnswer = Type.Object({ id: Type.String() })

export const messageStatus = Type.Enum([
  'queued',
  'sending',
  'unknown',
  'sent',
  'delivered',
  'read',
  'played',
  'failed',
  'expired',
  'cancelled',
])

export const messageSummary = Type.Object({
  id: Type.String(),
  /** Digits of a person, else the id of a group or a LID. */
  to: Type.String(),
  status: messageStatus,
  /** Masked, and only while it waits. */
  code: optional.text,
  acceptedAt: moment,
  sentAt: optional.moment,
  deliveredAt: optional.moment,
  readAt: optional.moment,
  endedAt: optional.moment,
  attempts: Type.Integer(),
  failure: optional.text,
  fellBack: Type.Boolean(),
})

/** `next`: give it as `before` for the page behind this one. */
const next = Type.Optional(Type.Integer())
export const messagesAnswer = Type.Object({ messages: Type.Array(messageSummary), next })

/** In each language that the console speaks. */
const spoken = Type.Object({ en: Type.String(), pt: Type.String() })

export const timelineStep = Type.Object({
  kind: Type.Enum([
    'accepted',
    'attempt',
    'sent',
    'delivered',
    'read',
    'played',
    'failed',
    'expired',
    'cancelled',
  ]),
  at: moment,
  /** Of an attempt. */
  outcome: Type.Optional(
    Type.Enum([
      'sending',
      'sent',
      'refused',
      'unknown',
      'not-sent',
      'too-late',
      'no-such-recipient',
    ]),
  ),
  refusalCode: Type.Optional(Type.Integer()),
})

export const messageAnswer = Type.Object({
  id: Type.String(),
  whatsappId: Type.String(),
  to: Type.String(),
  status: messageStatus,
  acceptedAt: moment,
  expiresAt: optional.moment,
  steps: Type.Array(timelineStep),
  /** Why it ended so, or what is special about it, and what helps. */
  diagnosis: Type.Optional(Type.Object({ cause: spoken, cure: spoken })),
})

export const queueAnswer = Type.Object({
  count: Type.Integer(),
  messages: Type.Array(
    Type.Object({
      id: Type.String(),
      to: Type.String(),
      status: messageStatus,
      text: Type.String(),
      code: optional.text,
      acceptedAt: moment,
    }),
  ),
  next,
})
export const cancelledAnswer = Type.Object({
  cancelled: Type.Integer(),
  /** So many could not be taken back: they are on their way. */
  kept: Type.Integer(),
})

const callbackProperties = {
  id: Type.String(),
  kind: Type.String(),
  url: Type.String(),
  status: Type.Enum(['pending', 'done', 'dead']),
  attempts: Type.Integer(),
  error: optional.text,
  createdAt: moment,
  endedAt: optional.moment,
}
export const callbackSummary = Type.Object({
  ...callbackProperties,
  nextAttemptAt: optional.moment,
})
export const callbacksAnswer = Type.Object({ callbacks: Type.Array(callbackSummary), next })
/** `body` is gone once the receiver has it. Codes in it are masked. */
export const callbackAnswer = Type.Object({
  ...callbackProperties,
  body: Type.Optional(Type.Unknown()),
})

export const replayedAnswer = Type.Object({ replayed: Type.Integer() })

export const auditAnswer = Type.Object({
  records: Type.Array(
    Type.Object({
      sequence: Type.Integer(),
      at: moment,
      act: Type.String(),
      role: Type.String(),
      address: Type.String(),
      instanceId: optional.text,
      /** Missing once the instance is deleted. */
      instanceName: optional.text,
      detail: optional.text,
    }),
  ),
  next,
})

const percentiles = Type.Object({
  count: Type.Integer(),
  p50: Type.Optional(Type.Number()),
  p95: Type.Optional(Type.Number()),
  p99: Type.Optional(Type.Number()),
})
export const healthAnswer = Type.Object({
  since: moment,
  until: moment,
  bucketMs: Type.Integer(),
  isPartial: Type.Boolean(),
  acceptedToSent: percentiles,
  sentToDelivered: percentiles,
  acceptedToDelivered: percentiles,
  buckets: Type.Array(
    Type.Object({
      at: moment,
      accepted: Type.Integer(),
      delivered: Type.Integer(),
      expired: Type.Integer(),
      failed: Type.Integer(),
      sentP95Ms: Type.Optional(Type.Number()),
      refusals: Type.Array(Type.Object({ code: Type.Integer(), count: Type.Integer() })),
    }),
  ),
  failures: Type.Array(Type.Object({ reason: Type.String(), count: Type.Integer() })),
  restrictedUntil: optional.moment,
})

/** What `/console/api/events` tells: something changed there, so ask again. */
export const changeTopics = ['session', 'messages', 'callbacks'] as const
export interface Change {
  readonly instanceId: string
  readonly topic: (typeof changeTopics)[number]
}

export type VisitAnswer = Static<typeof visitAnswer>
export type LogInAnswer = Static<typeof logInAnswer>
export type LoginSessionsAnswer = Static<typeof loginSessionsAnswer>
export type QrAnswer = Static<typeof qrAnswer>
export type SecondFactorOffer = Static<typeof secondFactorOffer>
export type RecoveryCodesAnswer = Static<typeof recoveryCodesAnswer>
export type InstanceState = Static<typeof instanceState>
export type InstanceSummary = Static<typeof instanceSummary>
export type InstancesAnswer = Static<typeof instancesAnswer>
export type InstanceAnswer = Static<typeof instanceAnswer>
export type CreatedInstanceAnswer = Static<typeof createdInstanceAnswer>
export type RotatedTokenAnswer = Static<typeof rotatedTokenAnswer>
export type PairingAnswer = Static<typeof pairingAnswer>
export type PairingCodeAnswer = Static<typeof pairingCodeAnswer>
export type MessageStatus = Static<typeof messageStatus>
export type MessageSummary = Static<typeof messageSummary>
export type MessagesAnswer = Static<typeof messagesAnswer>
export type TimelineStep = Static<typeof timelineStep>
export type MessageAnswer = Static<typeof messageAnswer>
export type QueueAnswer = Static<typeof queueAnswer>
export type CancelledAnswer = Static<typeof cancelledAnswer>
export type CallbackSummary = Static<typeof callbackSummary>
export type CallbacksAnswer = Static<typeof callbacksAnswer>
export type CallbackAnswer = Static<typeof callbackAnswer>
export type ReplayedAnswer = Static<typeof replayedAnswer>
export type AuditAnswer = Static<typeof auditAnswer>
export type AuditRecord = AuditAnswer['records'][number]
export type HealthAnswer = Static<typeof healthAnswer>
