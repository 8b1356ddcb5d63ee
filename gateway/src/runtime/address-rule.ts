/**
 * Decides which addresses a URL of a user may make us call.
 *
 * Only addresses of the public internet, and what the operator allowed
 * besides. The rule is a list of what is allowed, not of what is forbidden: a
 * range that is not listed is refused.
 */

import ipaddr from 'ipaddr.js'
import { ConfigError } from '../domain/errors.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Network = readonly [Address, number]

/** Whether an address, in any textual form, may be called. Text that is no address may not. */
export type AddressRule = (address: string) => boolean

/**
 * `allowedNetworks` are CIDRs that may be called besides the public internet.
 * Throws `ConfigError` for one that cannot be read.
 */
export function createAddressRule(allowedNetworks: readonly string[]): AddressRule {
  const networks = allowedNetworks.map(parseNetwork)
  return (text) => {
    if (!ipaddr.isValid(text)) return false
    const address = unwrap(ipaddr.parse(text))
    return isPublic(address) || networks.some((network) => contains(network, address))
  }
}

function parseNetwork(text: string): Network {
  try {
    return ipaddr.parseCIDR(text.trim())
  } catch (cause) {
    throw new ConfigError(
      `"${text}" in the allowed networks is not a network. Write it like 10.1.0.0/16 or fd00::/8.`,
      { cause },
    )
  }
}

/** Where the packet goes in the end: a mapped address, or one of a NAT64 network, stands for an IPv4 one. */
function unwrap(address: Address): Address {
  if (!(address instanceof ipaddr.IPv6)) return address
  if (address.isIPv4MappedAddress()) return address.toIPv4Address()
  if (contains(nat64, address)) return new ipaddr.IPv4(address.toByteArray().slice(12))
  return address
}

const nat64 = ipaddr.parseCIDR('64:ff9b::/96')

/** The part of IPv6 that IANA has given out; the rest is unassigned, `::127.0.0.1` among it. */
const globalUnicast = ipaddr.parseCIDR('2000::/3')

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast') return false
  return address.kind() === 'ipv4' || contains(globalUnicast, address)
}

function contains([network, bits]: Network, address: Address): boolean {
  return network.kind() === address.kind() && address.match(network, bits)
}
