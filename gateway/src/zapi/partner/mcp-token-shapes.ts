/** What the calls on tokens for MCP share. */

import { Type } from 'typebox'
import { mcpScopes } from '../../instances/mcp-tokens.js'

export const exampleMcpTokenId = '5f0c9a1b7e42'

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
}
