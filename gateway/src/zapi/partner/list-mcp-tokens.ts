import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { exampleMcpTokenId, mcpTokenShape } from './mcp-token-shapes.js'

export const listMcpTokens = endpoint({
  method: 'GET',
  path: '/integrator/mcp-tokens',
  access: 'partner',
  tag: 'partner',
  forPools: true,
  summary: 'Lists the tokens for MCP of an instance.',
  description: '**Ours.** The oldest first; the tokens themselves are not kept.',
  answer: Type.Object(
    { tokens: Type.Array(Type.Object(mcpTokenShape), { description: 'All of them.' }) },
    {
      examples: [
        {
          tokens: [
            {
              id: exampleMcpTokenId,
              name: 'Support agent',
              scope: 'send',
              created: '2026-11-29T09:00:00.000Z',
            },
          ],
        },
      ],
    },
  ),
  handle: async ({ instance }, _input, { mcpTokens }) => ({
    tokens: (await mcpTokens.list(instance.id)).map(({ createdAt, ...token }) => ({
      ...token,
      created: new Date(createdAt).toISOString(),
    })),
  }),
})
