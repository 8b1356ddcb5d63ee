/** The tools of an AI agent, made from the list of calls: one tool a call. */

import type { McpScope } from '../../instances/mcp-tokens.js'
import type { Endpoint } from '../endpoint.js'
import { endpoints } from '../endpoints.js'
import { operationNameOf } from '../operation-names.js'
import { inputOf, type ToolInput } from './tool-input.js'

export interface Tool {
  readonly name: string
  readonly description: string
  /** What a token must allow. `send` allows `read`. */
  readonly scope: McpScope
  /** Whether a pool can do it, which has no number of its own. */
  readonly forPools: boolean
  readonly isDestructive: boolean
  readonly input: ToolInput
}

/** The calls behind the tools. */
export const agentCalls: readonly Endpoint[] = endpoints.filter(
  (each) => scopeOf(each) !== undefined,
)

export const tools: readonly Tool[] = agentCalls.map((call) => {
  const [path = ''] = call.paths
  const { summary = '', description = '' }: { summary?: string; description?: string } = call.schema
  return {
    name: operationNameOf(call.method, path) ?? path,
    description: `${summary} ${description}`.replaceAll(
      /\*\*Ours\*\*, |\*\*Ours\.\*\* |\*\*/gu,
      '',
    ),
    scope: scopeOf(call) ?? 'send',
    forPools: call.forPools,
    isDestructive: call.method === 'DELETE',
    input: inputOf(call),
  }
})

/**
 * What a token must allow; undefined where no agent may. Agents read, and send and cancel messages.
 * They change no setting, group or profile, link no number, and get nothing that opens anything.
 */
function scopeOf(call: Endpoint): McpScope | undefined {
  const { access, method, paths, givesSecrets, impossible, audit, schema } = call
  if (givesSecrets || impossible !== undefined || schema.hide === true) return undefined
  // Its answer holds nothing but the invitation, which no agent is shown.
  if (paths[0] === '/group-invitation-link/:groupId') return undefined
  // The other calls of access `pairing` link a number.
  if (access !== 'instance' && paths[0] !== '/status') return undefined
  if (audit === 'messages-cancelled' || paths[0] === '/otp/check') return 'send'
  if (audit === undefined) return method === 'GET' ? 'read' : undefined
  if (typeof audit !== 'object') return undefined
  if (audit.byPeople === 'message-submitted') return 'send'
  // It changes nothing, and a POST only because of its body.
  const takesObject = Reflect.get(Object(schema.body), 'type') === 'object'
  return audit.byPeople === undefined && takesObject ? 'read' : undefined
}
