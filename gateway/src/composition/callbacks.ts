/** Instances, and the events that they are told at their URLs. Each needs the other. */

import type { InstanceId } from '../domain/instance.js'
import { ExtensionTokens } from '../instances/extension-tokens.js'
import { ApiKeys } from '../instances/api-keys.js'
import { Instances } from '../instances/instances.js'
import { McpTokens } from '../instances/mcp-tokens.js'
import type { GuardedFetch } from '../runtime/guarded-fetch.js'
import { Courier } from '../webhooks/courier.js'
import { DeadLetters } from '../webhooks/dead-letters.js'
import { Receivers } from '../webhooks/receivers.js'
import { Webhooks, type WebhooksOptions } from '../webhooks/webhooks.js'
import { renderCallback, testCallback } from '../zapi/callbacks.js'
import { maskedAnswer } from '../zapi/masked-body.js'
import type { Base, Purged } from './base.js'

export interface CallbacksOptions extends Pick<WebhooksOptions, 'published' | 'selfOf'> {
  readonly fetch: GuardedFetch
  readonly version: string
  /** Where a file of an incoming message can be fetched. */
  readonly mediaUrl: (id: string) => string
}

export interface Callbacks {
  readonly instances: Instances
  readonly extensionTokens: ExtensionTokens
  readonly mcpTokens: McpTokens
  readonly apiKeys: ApiKeys
  readonly webhooks: Webhooks
  readonly deadLetters: DeadLetters
  readonly receivers: Receivers
  /** To be started once everything else is built. */
  readonly courier: Courier
  readonly purged: readonly Purged[]
}

export function buildCallbacks(base: Base, options: CallbacksOptions): Callbacks {
  const { fetch, version, mediaUrl, published, selfOf } = options
  const webhooks = new Webhooks({
    ...base,
    published,
    selfOf,
    settings: {
      settingsOf: (instanceId, transaction) => instances.settingsOf(instanceId, transaction),
    },
    render: (event) => renderCallback(event, mediaUrl),
    wake: (lane, instanceId) => courier.wake(lane, instanceId),
  })
  const instances: Instances = new Instances({ ...base, endpoints: webhooks })
  const extensionTokens = new ExtensionTokens({ ...base, instances })
  const ports = { ...base, fetch, version, tokens: instances, maskAnswer: maskedAnswer }
  const courier = new Courier(ports)
  const takeAgain = (instanceId: InstanceId) => courier.takeAgain(instanceId)
  const deadLetters = new DeadLetters({
    ...base,
    hurry: (lane, instanceId) => courier.hurry(lane, instanceId),
    takeAgain,
  })
  return {
    instances,
    extensionTokens,
    mcpTokens: new McpTokens({ ...base, instances }),
    apiKeys: new ApiKeys({ ...base, instances }),
    webhooks,
    deadLetters,
    receivers: new Receivers({ ...ports, takeAgain, testBody: testCallback }),
    courier,
    purged: [extensionTokens],
  }
}
