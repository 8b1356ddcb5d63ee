/**
 * Which addresses may call. The list is what the operator or a partner wrote:
 * CIDRs and single addresses; an empty one allows every caller.
 */

import ipaddr from 'ipaddr.js'
import { type Address, parseAddress } from './address.js'

type Network = readonly [Address, number]

/** Whether the other end of a connection, as the socket names it, may call. */
export type CallerRule = (address: string) => boolean

/** More would slow every call down. */
export const mostNetworks = 200

/** What of the list cannot be read; empty when all of it can. */
export function unreadableNetworks(networks: readonly string[]): readonly string[] {
  return networks.filter((text) => parseNetwork(text) === undefined)
}

/** Entries that cannot be read admit no address. */
export function createCallerRule(networks: readonly string[]): CallerRule {
  if (networks.length === 0) return () => true
  const parsed = networks.flatMap((text) => {
    const network = parseNetwork(text)
    return network === undefined ? [] : [network]
  })
  return (text) => {
    const address = parseAddress(text)
    return address !== undefined && parsed.some((network) => contains(network, address))
  }
}

function parseNetwork(text: string): Network | undefined {
  const trimmed = text.trim()
  if (ipaddr.isValidCIDR(trimmed)) return unmapped(ipaddr.parseCIDR(trimmed))
  // `isValid` takes "10" and "0x7f.1" for addresses, which no operator means.
  if (!ipaddr.IPv4.isValidFourPartDecimal(trimmed) && !ipaddr.IPv6.isValid(trimmed))
    return undefined
  const address = ipaddr.process(trimmed)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

/** `::ffff:10.0.0.0/104` is 10.0.0.0/8. */
function unmapped([address, bits]: Network): Network {
  if (!(address instanceof ipaddr.IPv6) || !address.isIPv4MappedAddress() || bits < 96)
    return [address, bits]
  return [address.toIPv4Address(), bits - 96]
}

function contains(network: Network, address: Address): boolean {
  return network[0].kind() === address.kind() && address.match(network[0], network[1])
}
