import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { exampleMcpToken, mcpTokenShape, shownMcpToken } from './mcp-token-shapes.js'

export const listMcpTokens = endpoint({
  method: 'GET',
  path: '/integrator/mcp-tokens',
  access: 'partner',
  tag: 'partner',
  forPools: true,
  forPeople: true,
  summary: 'Lists the tokens for MCP of an instance.',
  description: '**Ours.** The oldest first; the tokens themselves are not kept.',
  answer: Type.Object(
    { tokens: Type.Array(Type.Object(mcpTokenShape), { description: 'All of them.' }) },
    {
      examples: [
        {
          tokens: [exampleMcpToken],
        },
      ],
    },
  ),
  handle: async ({ instance }, _input, { mcpTokens }) => ({
    tokens: (await mcpTokens.list(instance.id)).map(shownMcpToken),
  }),
})
