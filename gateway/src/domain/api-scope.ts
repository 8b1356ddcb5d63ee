/** What an API key or a token for MCP opens. */

/**
 * `read`: see what is there. `send`: send, answer, edit and cancel messages, and check codes.
 * `manage`: link the number, and change its settings, groups, contacts and profile.
 */
export const apiScopes = ['read', 'send', 'manage'] as const

export type ApiScope = (typeof apiScopes)[number]

/** What a call needs. `owner`: the instance's own token, because the call gives a secret or could lead to one. */
export type CallNeed = ApiScope | 'owner'
