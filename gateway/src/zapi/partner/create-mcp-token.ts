import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { exampleMcpToken, mcpTokenShape, mcpTokenWish, shownMcpToken } from './mcp-token-shapes.js'

export const createMcpToken = endpoint({
  method: 'POST',
  path: '/integrator/mcp-tokens',
  access: 'partner',
  tag: 'partner',
  forPools: true,
  forPeople: true,
  summary: 'Makes a token that lets an AI agent use an instance by MCP.',
  description:
    '**Ours.** The token is shown this once. It opens `/mcp` for this instance and nothing else. An instance has at most 50.',
  audit: 'by-the-module',
  body: mcpTokenWish,
  example: { name: 'Support agent', scope: 'send' },
  answer: Type.Object(
    { ...mcpTokenShape, token: Type.String({ description: 'The bearer token.' }) },
    {
      examples: [
        {
          ...exampleMcpToken,
          lastUsed: null,
          token: 'recado_mcp_0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0',
        },
      ],
    },
  ),
  refusals: { 409: 'The instance has 50 such tokens. Revoke one that is not used.' },
  handle: async ({ instance, by }, { body }, { mcpTokens }) => {
    const { token, ...made } = await mcpTokens.create(instance.id, body, by)
    return { ...shownMcpToken(made), token }
  },
})
