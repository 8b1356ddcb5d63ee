/** Finds where a server is that a user named by its host, for protocols other than HTTP. */

import { lookup as systemLookup } from 'node:dns/promises'
import type { AddressRule } from './address-rule.js'
import { forbiddenAddress } from './check-url.js'

/**
 * Gives an address that may be called; connect to it and to nothing else. Throws
 * `ForbiddenUrlError` when none of the host may, and what the resolver throws.
 */
export type HostResolver = (host: string) => Promise<string>

type Lookup = (host: string) => Promise<readonly { readonly address: string }[]>

export function createHostResolver(
  isAllowedAddress: AddressRule,
  lookup: Lookup = (host) => systemLookup(host, { all: true }),
): HostResolver {
  return async (host) => {
    const found = (await lookup(host)).find(({ address }) => isAllowedAddress(address))
    if (found === undefined) throw forbiddenAddress()
    return found.address
  }
}
