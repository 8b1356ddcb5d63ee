/** What a caller does about a refused call, by what was answered. */

/** The kinds of refusal, and the cure of each. */
export const cures = {
  'client-token': 'Send the header Client-Token of this gateway.',
  instance: 'Check the id and the token of the instance in the path.',
  partner: 'Send Authorization: Bearer with the partner token.',
  key: "Use a key that opens this call, as the cause says, or the instance's own token.",
  address: 'Call from an address that is allowed, or allow this one in the settings.',
  restricted:
    'Let the recipient write first, or wait for the seconds that the header Retry-After names.',
  agent: 'Correct what the cause names: the token or the host name of MCP.',
  path: 'Check the path and the method: docs/calls.md lists every call.',
  connection: 'Connect the number: its page in the console says why it is away.',
  rate: 'Wait for the seconds that the header Retry-After names, and send fewer calls at once.',
  size: 'Send less: docs/api.md names the limit of each body.',
  body: 'Correct the attribute that the cause names, and send JSON.',
  known: 'Look at what the cause names: it is not there, or is over already.',
} as const

export type Refusal = keyof typeof cures

export function refusalOf({
  statusCode,
  cause,
  route,
}: {
  readonly statusCode: number
  readonly cause: string
  readonly route: string
}): Refusal {
  if (/client-token/iu.test(cause)) return 'client-token'
  if (cause === 'Instance not found') return 'instance'
  if (route === '/mcp' && (statusCode === 401 || statusCode === 403)) return 'agent'
  if (statusCode === 401) return 'partner'
  if (/start new conversations/u.test(cause)) return 'restricted'
  if (statusCode === 403) return /API key/u.test(cause) ? 'key' : 'address'
  if (statusCode === 429) return 'rate'
  if (statusCode === 413 || statusCode === 414) return 'size'
  if (statusCode === 405 || route === 'unknown') return 'path'
  if (/not connected/iu.test(cause)) return 'connection'
  return statusCode === 404 || statusCode === 409 ? 'known' : 'body'
}
