/** What a partner does, with the partner's bearer token. */

import { cancel } from './cancel.js'
import { configureProxy } from './configure-proxy.js'
import { createInstance } from './create-instance.js'
import { createMcpToken } from './create-mcp-token.js'
import { createPool } from './create-pool.js'
import { deletePool } from './delete-pool.js'
import { listPoolMoves } from './list-pool-moves.js'
import { listMcpTokens } from './list-mcp-tokens.js'
import { listPools } from './list-pools.js'
import { readPool } from './read-pool.js'
import { removePoolMember } from './remove-pool-member.js'
import { setPoolMember } from './set-pool-member.js'
import { deleteInstance } from './delete-instance.js'
import { listInstances } from './list-instances.js'
import { listMessages } from './list-messages.js'
import { listRefusedCalls } from './list-refused-calls.js'
import { readAllowedCallers } from './read-allowed-callers.js'
import { revokeMcpToken } from './revoke-mcp-token.js'
import { rotateToken } from './rotate-token.js'
import { rotateWebhookSecret } from './rotate-webhook-secret.js'
import { setAllowedCallers } from './set-allowed-callers.js'
import { setClientTokenRequired } from './set-client-token-required.js'
import { subscribe } from './subscribe.js'
import { updateSubscription } from './update-subscription.js'

export const partnerEndpoints = [
  createInstance,
  listInstances,
  listMessages,
  listRefusedCalls,
  subscribe,
  cancel,
  updateSubscription,
  deleteInstance,
  rotateToken,
  rotateWebhookSecret,
  readAllowedCallers,
  setAllowedCallers,
  setClientTokenRequired,
  configureProxy,
  createMcpToken,
  listMcpTokens,
  revokeMcpToken,
  createPool,
  listPools,
  readPool,
  listPoolMoves,
  setPoolMember,
  removePoolMember,
  deletePool,
]
