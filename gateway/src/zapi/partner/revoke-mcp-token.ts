import { Type } from 'typebox'
import { endpoint } from '../endpoint.js'
import { done } from './shapes.js'

export const revokeMcpToken = endpoint({
  method: 'DELETE',
  path: '/integrator/mcp-tokens/:tokenId',
  access: 'partner',
  tag: 'partner',
  forPools: true,
  forPeople: true,
  summary: 'Revokes a token for MCP.',
  description: '**Ours.** The next call with it is refused.',
  audit: 'by-the-module',
  params: {
    tokenId: Type.String({ minLength: 1, maxLength: 64, description: 'The id of the token.' }),
  },
  answer: done,
  refusals: { 404: 'The instance has no such token: it was revoked before.' },
  handle: async ({ instance, by }, { params }, { mcpTokens }) => {
    await mcpTokens.revoke(instance.id, params.tokenId, by)
    return { value: true }
  },
})
