/** The documented example of an endpoint as a call that a gateway can be asked. */

import type { ContractEndpoint, ContractMethod } from './contract.js'

export interface Access {
  readonly instanceId: string
  readonly token: string
  readonly clientToken: string
  readonly partnerToken: string
  /** In place of the path of the example, by page: it names a thing that there is. */
  readonly paths?: Readonly<Record<string, string>> | undefined
}

export interface ExampleCall {
  readonly method: ContractMethod
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** JSON. */
  readonly payload?: string
}

/** `body` takes the place of the example's. */
export function exampleCall(
  { auth, method, page, example }: ContractEndpoint,
  access: Access,
  body: unknown = example.body,
): ExampleCall {
  const ofInstance = auth === 'partner' ? '' : '/instances/{instanceId}/token/{token}'
  return {
    method,
    url: (ofInstance + (access.paths?.[page] ?? example.path))
      .replace('{instanceId}', access.instanceId)
      .replace('{token}', access.token),
    headers: {
      ...(auth === 'partner'
        ? { authorization: `Bearer ${access.partnerToken}` }
        : { 'client-token': access.clientToken }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  }
}

/** The endpoint once for each of its paths, with the example's parameters in all of them. */
export function atEachPath(endpoint: ContractEndpoint): readonly ContractEndpoint[] {
  const { paths, example } = endpoint
  const [path = '', query] = example.path.split('?')
  const places = paths[0].split('/')
  const values = path.split('/').filter((_value, index) => isParameter(places[index]))
  return paths.map((other) => {
    const left = [...values]
    const parts = other.split('/').map((part) => (isParameter(part) ? left.shift() : part))
    const filled = [parts.join('/'), query].filter((part) => part !== undefined).join('?')
    return { ...endpoint, example: { ...example, path: filled } }
  })
}

function isParameter(part: string | undefined): boolean {
  return part?.startsWith('{') ?? false
}
