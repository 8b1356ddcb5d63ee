/** The tools of an AI agent, made from the list of calls: one tool a call. */

import type { McpScope } from '../../instances/mcp-tokens.js'
import { agentScopeOf } from '../call-needs.js'
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
  (each) => agentScopeOf(each) !== undefined,
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
    scope: agentScopeOf(call) ?? 'send',
    forPools: call.forPools,
    isDestructive: call.method === 'DELETE',
    input: inputOf(call),
  }
})
