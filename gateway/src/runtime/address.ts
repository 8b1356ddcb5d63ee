/**
 * The address of a caller in its one canonical form.
 *
 * A socket and a proxy write the same address in many ways: with a port, in
 * brackets, with a zone, as IPv4 or mapped into IPv6. Code that counts, allows
 * or records callers uses the form of this file, so that one caller counts once.
 */

import ipaddr from 'ipaddr.js'

export type Address = ipaddr.IPv4 | ipaddr.IPv6

/** What stands for text that is no address. No list of callers can hold it. */
export const unknownAddress = 'unknown'

/**
 * `203.0.113.9` or `2001:db8::7`, or `unknown`. Ports and zones are dropped, and
 * an IPv4 address in IPv6 is written as IPv4. The canonical form of the result is itself.
 */
export function canonicalAddress(text: string | undefined): string {
  return canonical(text ?? '')
}

const canonical = remembered((text) => parseAddress(text)?.toString() ?? unknownAddress)

/**
 * What limits count as one caller: an IPv4 address, or the /64 of an IPv6 address,
 * because one customer of an IPv6 network has a /64 and writes from any address in it.
 */
export function addressForLimits(text: string | undefined): string {
  return forLimits(text ?? '')
}

const forLimits = remembered((text) => {
  const address = parseAddress(text)
  if (address instanceof ipaddr.IPv6)
    return `${new ipaddr.IPv6([...address.parts.slice(0, 4), 0, 0, 0, 0]).toString()}/64`
  return address?.toString() ?? unknownAddress
})

/** Most calls come from few addresses, and to parse one takes some microseconds. */
function remembered(make: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    if (known.size >= 1_000) known.clear()
    const made = make(text)
    known.set(text, made)
    return made
  }
}

/** `undefined` for text that is no address. */
export function parseAddress(text: string | undefined): Address | undefined {
  if (text === undefined) return undefined
  const bare = withoutPort(text.trim().replaceAll('"', ''))
  // A zone names the interface of this machine and says nothing of the caller.
  const [address = ''] = bare.split('%', 1)
  // `isValid` takes "10" and "0x7f.1" for addresses, which no socket and no proxy writes.
  return ipaddr.IPv4.isValidFourPartDecimal(address) || ipaddr.IPv6.isValid(address)
    ? ipaddr.process(address)
    : undefined
}

/** `203.0.113.9:50001` and `[2001:db8::7]:50001`, as some proxies write a caller. */
function withoutPort(text: string): string {
  const [, inBrackets, ipv4] = /^\[([^\]]*)\](?::\d+)?$|^([\d.]+):\d+$/u.exec(text) ?? []
  return inBrackets ?? ipv4 ?? text
}
