/** What one socket to WhatsApp needs. */

import type { EventListener } from '../../domain/engine.js'
import type { InstanceId } from '../../domain/instance.js'
import type { Clock } from '../../runtime/clock.js'
import type { Log } from '../../runtime/telemetry.js'
import type { StoredAuthState } from '../keys/auth-state.js'
import { type LabelPort } from '../receive/hear-labels.js'
import type { PairingMemory } from './pairing-memory.js'
import type { UntoldMessages } from '../baileys-patches/untold-messages.js'
import type { KeptMessagePort } from '../receive/kept-message-port.js'
import type { ButtonShape } from '../content/biz.js'
import type { MexDocuments } from '../account/mex-operations.js'
import type { ProxyAgent } from './proxy-agent.js'
import type { RatchetDoubts } from '../keys/ratchet-doubts.js'
import type { ResendPort } from '../send/resend-copy.js'
import { type Addressing, type PeoplePort, type RegistrationPort } from '../send/resolve.js'
import type { AnswerSecretPort } from '../receive/message-secret.js'
import type { DirectoryPort } from '../receive/directory-port.js'

export interface ConnectionOptions {
  readonly instanceId: InstanceId
  readonly auth: StoredAuthState
  readonly doubts: RatchetDoubts
  readonly untold: UntoldMessages
  readonly memory: PairingMemory
  forgetPairing(): Promise<void>
  readonly registrations: RegistrationPort
  readonly people: PeoplePort
  readonly answerSecrets: AnswerSecretPort
  readonly resends: ResendPort
  readonly keptMessages: KeptMessagePort
  readonly labels: LabelPort
  readonly told: DirectoryPort
  readonly wantsAllHistory: boolean
  readonly clock: Clock
  readonly log: Log
  readonly listen: EventListener
  readonly url: string
  /** Whether this process may act for the instance; looked at before each write to the socket. */
  readonly mayWrite: () => boolean
  /** The proxy's, if the connection goes through one. */
  readonly agent?: ProxyAgent | undefined
  readonly buttonShape: ButtonShape
  readonly addressing: Addressing
  readonly mexDocuments: MexDocuments
}
