/** The modules that the dialect's calls work with. Calls use them directly. */

import type { Codes } from '../codes/codes.js'
import type { BroadcastLists } from '../directory/broadcast-lists.js'
import type { Directory } from '../directory/directory.js'
import type { KeptMessages } from '../directory/kept-messages.js'
import type { BusinessApi } from '../domain/business.js'
import type { CatalogApi } from '../domain/catalog.js'
import type { AccountApi } from '../domain/account.js'
import type { Actor } from '../domain/audit.js'
import type { MessageMark } from '../domain/engine.js'
import type { CommunityApi } from '../domain/community.js'
import type { GroupApi } from '../domain/group.js'
import type { NewsletterApi } from '../domain/newsletter.js'
import type { MediaId } from '../domain/incoming-content.js'
import type { IncomingMessage } from '../domain/incoming-message.js'
import type { KeptMessage } from '../domain/kept-message.js'
import type { ProfileApi } from '../domain/profile.js'
import type { InstanceId } from '../domain/instance.js'
import type { SendingLimits } from '../domain/sending-limits.js'
import type { OnUnknown } from '../domain/pool.js'
import type { ExtensionTokens } from '../instances/extension-tokens.js'
import type { InstanceAccess } from '../instances/instance-access.js'
import type { Instances } from '../instances/instances.js'
import type { McpTokens } from '../instances/mcp-tokens.js'
import type { Proxies } from '../instances/proxies.js'
import type { IncomingMedia } from '../media/incoming-media.js'
import type { Media } from '../media/media.js'
import type { MediaLimits } from '../media/media-limits.js'
import type { OutgoingFiles } from '../media/outgoing-files.js'
import type { MessageHistories } from '../outbox/history/message-history.js'
import type { MessageSearch } from '../outbox/history/message-search.js'
import type { LimitStanding } from '../outbox/limits/sending-holds.js'
import type { Accepted } from '../outbox/limits/admission.js'
import type { Outbox } from '../outbox/outbox.js'
import type { AcceptOptions, Submission } from '../outbox/submission.js'
import type { PoolStandings } from '../pools/pool-standings.js'
import type { Pools } from '../pools/pools.js'
import type { PoolMessages } from '../outbox/history/pool-messages.js'
import type { Restrictions } from '../outbox/limits/restrictions.js'
import type { WaitingMessages } from '../outbox/history/waiting-messages.js'
import type { AddressRule } from '../runtime/address-rule.js'
import type { UrlRule } from '../runtime/check-url.js'
import type { Sessions } from '../sessions/sessions.js'
import type { DeadLetters } from '../webhooks/dead-letters.js'
import type { RefusedCalls } from '../instances/refused-calls.js'
import type { Receivers } from '../webhooks/receivers.js'
import type { Webhooks } from '../webhooks/webhooks.js'

export interface InstanceLifePort {
  cancel(id: InstanceId, by: Actor): Promise<void>
  resume(id: InstanceId, by: Actor): Promise<void>
  delete(id: InstanceId, by: Actor): Promise<void>
}

/** What is addressed to an instance or to a pool. */
export interface SendsPort {
  /** As `Outbox.accept`. Throws `EmptyPoolError` too. */
  accept(
    addressed: InstanceId,
    submission: Submission,
    options?: AcceptOptions & { readonly onUnknown?: OnUnknown | undefined },
  ): Promise<Accepted>
}

export interface SendingLimitsPort {
  /** Of one that there is. */
  standing(owner: { readonly id: InstanceId; readonly isPool: boolean }): Promise<LimitStanding>
  set(id: InstanceId, limits: SendingLimits): Promise<void>
}

export interface Modules {
  readonly sendingLimits: SendingLimitsPort
  readonly codes: Codes
  readonly life: InstanceLifePort
  readonly access: InstanceAccess
  readonly outbox: Outbox
  readonly sends: SendsPort
  readonly pools: Pools
  readonly poolStandings: PoolStandings
  readonly poolMessages: PoolMessages
  readonly waiting: WaitingMessages
  readonly histories: MessageHistories
  readonly search: Pick<MessageSearch, 'page' | 'count'>
  readonly instances: Instances
  readonly extensionTokens: ExtensionTokens
  readonly mcpTokens: McpTokens
  readonly restrictions: Pick<Restrictions, 'until'>
  readonly proxies: Pick<Proxies, 'proxyOf' | 'setProxy'>
  readonly sessions: Pick<
    Sessions,
    | 'qr'
    | 'pairingCode'
    | 'status'
    | 'needsRestoring'
    | 'restart'
    | 'restore'
    | 'disconnect'
    | 'answerPasskey'
    | 'compareCode'
    | 'restartPairing'
    | 'createPasskeyLink'
  >
  /** The address that people reach this gateway by, without a slash at the end. */
  readonly publicUrl: () => string
  /** Throws `NotConnectedError`. */
  readonly profiles: { profilesOf(instanceId: InstanceId): ProfileApi }
  /** Throws `NotConnectedError`. */
  readonly groups: { groupsOf(instanceId: InstanceId): GroupApi }
  /** Throws `NotConnectedError`. */
  readonly business: { businessOf(instanceId: InstanceId): BusinessApi }
  /** Throws `NotConnectedError`. */
  readonly catalogs: { catalogOf(instanceId: InstanceId): CatalogApi }
  /** Throws `NotConnectedError`. */
  readonly newsletters: { newslettersOf(instanceId: InstanceId): NewsletterApi }
  /** Throws `NotConnectedError`. */
  readonly communities: { communitiesOf(instanceId: InstanceId): CommunityApi }
  readonly account: { accountOf(instanceId: InstanceId): AccountApi }
  readonly pictures: Pick<Media, 'prepareProfilePicture'>
  readonly keptMessages: Pick<KeptMessages, 'find' | 'inChat' | 'eraseChat'>
  /** `whatsapp/receive/kept-content.ts`. */
  readonly readKept: (
    kept: KeptMessage,
    mediaId: (place: number) => MediaId,
  ) => Promise<IncomingMessage | undefined>
  readonly incomingMedia: Pick<IncomingMedia, 'idOf' | 'offer'>
  readonly directory: Directory
  readonly broadcastLists: BroadcastLists
  /** Throws `NotConnectedError`. */
  readonly marks: { markRead(instanceId: InstanceId, message: MessageMark): Promise<void> }
  /** Files that were stored while their call arrived. */
  readonly files: Pick<OutgoingFiles, 'attach'>
  readonly mediaLimits: MediaLimits
  readonly webhooks: Webhooks
  readonly deadLetters: DeadLetters
  readonly receivers: Receivers
  readonly refused: Pick<RefusedCalls, 'list'>
  /** Which URLs callbacks may be sent to. */
  readonly callbackRule: UrlRule
  /** Which addresses URLs in requests may name. */
  readonly isAllowedAddress: AddressRule
}

export interface ModuleOptions extends Omit<Modules, 'callbackRule'> {
  readonly allowHttpCallbacks: boolean
}

export function modulesOf({ allowHttpCallbacks, ...modules }: ModuleOptions): Modules {
  const { isAllowedAddress } = modules
  return { ...modules, callbackRule: { isAllowedAddress, allowHttp: allowHttpCallbacks } }
}
