/** What pages read of instances: how they stand, how they are set, and how one is paired. */

import { type Static, Type } from 'typebox'
import { alertKinds } from '../domain/alert.js'
import { disconnectionReasons } from '../domain/disconnection.js'
import type { GatewayEvent } from '../domain/gateway-event.js'
import { buttonForms, lateSends } from '../domain/instance.js'
import { messageTraits, topics } from '../domain/muting.js'
import { explanation, moment, optional, qrAnswer } from './answer-shapes.js'

export type { SendingLimitsAnswer } from '../zapi/instances/sending-limits.js'
export type { PoolMovesAnswer } from '../zapi/partner/list-pool-moves.js'
export type { PoolsAnswer } from '../zapi/partner/list-pools.js'
export type { PoolAnswer } from '../zapi/partner/read-pool.js'

export const instanceState = Type.Enum([
  'idle',
  'connecting',
  'pairing',
  'open',
  'waiting',
  'ended',
])

/** Why it is not connected. */
const disconnection = Type.Object({
  reason: Type.Enum([...disconnectionReasons]),
  since: moment,
  /** `wait`: it is tried again by itself. `pair`: it needs a new QR code. `reconnect`: a person has to act first. */
  remedy: Type.Enum(['wait', 'pair', 'reconnect']),
  until: optional.moment,
  ...explanation.properties,
})

/** What is wrong with a number or with a receiver of its callbacks, and what helps. */
export const trouble = Type.Object({
  /** Names it: the same as long as it lasts. */
  key: Type.String(),
  kind: Type.Enum([...alertKinds]),
  ...explanation.properties,
  /** Missing where it is not known. */
  since: optional.moment,
  until: optional.moment,
  /** Of a receiver. */
  host: optional.text,
})

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
  /** When it is deleted, unless it is taken back. */
  deletedFrom: optional.moment,
  waiting: Type.Integer(),
  disconnection: Type.Optional(disconnection),
  /** Words of the operator to find it by. */
  tags: Type.Array(Type.String()),
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
  'instance.passkey-needed',
  'instance.proxy-failed',
] as const satisfies readonly GatewayEvent['kind'][]

export const instanceSettings = Type.Object({
  notifySentByMe: Type.Boolean(),
  refuseWhileDisconnected: Type.Boolean(),
  tellCodes: Type.Boolean(),
  clientTokenOptional: Type.Boolean(),
  buttonForm: Type.Enum([...buttonForms]),
  lateSends: Type.Enum([...lateSends]),
  tags: Type.Array(
    Type.String({ minLength: 1, maxLength: 30, pattern: '^[^\\s,](?:[^,]*[^\\s,])?$' }),
    { maxItems: 10, description: 'Words to find it by, each without a comma.' },
  ),
  readMessages: Type.Boolean(),
  readStatuses: Type.Boolean(),
  rejectCalls: Type.Boolean(),
  /** Empty sends nothing. */
  rejectedCallText: Type.String({ maxLength: 4_096 }),
  /** What is not told although a URL is set for it. */
  muted: Type.Object({
    topics: Type.Array(Type.Enum([...topics]), { maxItems: topics.length }),
    messages: Type.Array(Type.Enum([...messageTraits]), { maxItems: messageTraits.length }),
  }),
})

const orNull = Type.Unsafe<number | null>({ type: ['integer', 'null'] })

export const instanceAnswer = Type.Object({
  ...instanceProperties,
  settings: instanceSettings,
  /** Its own; null is what the gateway says. */
  codeTimes: Type.Object({
    codeLifeSeconds: orNull,
    undeliverableAfterSeconds: orNull,
  }),
  /** Its own gap between two sends, in ms; null is what the gateway says. */
  pacing: Type.Object({ minGapMs: orNull, maxGapMs: orNull }),
  /** How long it keeps what, in days; null is what the gateway says. */
  retention: Type.Object({
    keepMessagesDays: orNull,
    keepMediaLinksDays: orNull,
    keepDirectoryDays: orNull,
  }),
  /** To WhatsApp, without user and password. Missing for a direct connection. */
  proxy: Type.Optional(Type.Object({ url: Type.String(), hasPassword: Type.Boolean() })),
  /** By the setting of the gateway and its own. */
  isClientTokenRequired: Type.Boolean(),
  /** CIDRs and addresses; empty allows every caller. */
  allowedCallers: Type.Array(Type.String()),
  /** Where each kind of event is told. Kinds that are told nowhere are missing. */
  endpoints: Type.Partial(Type.Record(Type.Enum([...endpointKinds]), Type.String())),
  /** URLs that get nothing any more because their receivers answered 410. */
  disabledEndpoints: Type.Array(
    Type.Object({
      url: Type.String(),
      kinds: Type.Array(Type.Enum([...endpointKinds])),
      disabledAt: moment,
    }),
  ),
  /** Whether the credentials of a device are kept. */
  isLinked: Type.Boolean(),
  /** When WhatsApp asked this device for a check that a gateway cannot answer. */
  challengedAt: optional.moment,
  troubles: Type.Array(trouble),
})

/** Whether it was open within some seconds. */
export const reconnectedAnswer = Type.Object({ connected: Type.Boolean() })

/** The token is shown this once. */
export const createdInstanceAnswer = Type.Object({ id: Type.String(), token: Type.String() })
/** What a first call needs beside the id and the token. */
export const firstCallAnswer = Type.Object({
  /** Where programs reach the gateway; missing where only the browser knows. */
  url: optional.text,
  isClientTokenRequired: Type.Boolean(),
  /** Missing where it is not needed, and where the gateway keeps no more than its hash. */
  clientToken: optional.text,
})
export const rotatedTokenAnswer = Type.Object({
  token: Type.String(),
  previousUntil: optional.moment,
})

/** `connected`: there is nothing to pair. `passkey`: WhatsApp asks for the passkey of the number (`passkey-routes.ts`). */
export const pairingAnswer = Type.Object({
  state: Type.Enum(['qr', 'connected', 'passkey']),
  qr: Type.Optional(qrAnswer),
  /** The page of the virtual phones that can scan it. Missing where WhatsApp is the real one. */
  virtualPhonesUrl: optional.text,
})
export const pairingCodeAnswer = Type.Object({
  state: Type.Enum(['code', 'connected', 'passkey']),
  code: optional.text,
})

export type DisconnectionAnswer = Static<typeof disconnection>
export type TroubleAnswer = Static<typeof trouble>
export type DisconnectionReason = DisconnectionAnswer['reason']
export type DisabledEndpoint = Static<typeof instanceAnswer>['disabledEndpoints'][number]
export type InstanceState = Static<typeof instanceState>
export type InstanceSummary = Static<typeof instanceSummary>
export type InstancesAnswer = Static<typeof instancesAnswer>
export type InstanceAnswer = Static<typeof instanceAnswer>
export type FirstCallAnswer = Static<typeof firstCallAnswer>
export type CreatedInstanceAnswer = Static<typeof createdInstanceAnswer>
export type RotatedTokenAnswer = Static<typeof rotatedTokenAnswer>
export type PairingAnswer = Static<typeof pairingAnswer>
export type PairingCodeAnswer = Static<typeof pairingCodeAnswer>
export type EndpointKind = (typeof endpointKinds)[number]
