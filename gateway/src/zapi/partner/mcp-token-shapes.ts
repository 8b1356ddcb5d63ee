/** What the calls on tokens for MCP share. */

import { Type } from 'typebox'
import { type McpToken, mcpScopes } from '../../instances/mcp-tokens.js'

export const exampleMcpToken = {
  id: '5f0c9a1b7e42',
  name: 'Support agent',
  scope: 'send',
  created: '2026-11-29T09:00:00.000Z',
  lastUsed: '2026-11-29T09:12:00.000Z',
}

export const mcpTokenWish = {
  name: Type.String({
    minLength: 1,
    maxLength: 60,
    pattern: '\\S',
    description: 'Who has it, for the list and the audit log.',
  }),
  scope: Type.Enum([...mcpScopes], {
    description: 'read: only reads. send: also sends, answers and cancels messages.',
  }),
}

export const mcpTokenShape = {
  id: Type.String({ description: 'Names the token without showing it.' }),
  name: Type.String({ description: 'Who has it.' }),
  scope: Type.Enum([...mcpScopes], { description: 'What it may do.' }),
  created: Type.String({ description: 'When it was made, ISO 8601.' }),
  lastUsed: Type.Union([Type.String(), Type.Null()], {
    description: 'When a client used it last, to the minute, ISO 8601; null if none did.',
  }),
}

export function shownMcpToken({ createdAt, lastUsedAt, ...token }: McpToken) {
  return {
    ...token,
    created: new Date(createdAt).toISOString(),
    lastUsed: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
  }
}
