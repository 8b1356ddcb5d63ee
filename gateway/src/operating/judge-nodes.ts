/** What `recado doctor` says of the nodes of a database. */

import type { Report } from './check-store.js'
import type { Finding } from './finding.js'

/** The expiry of codes is counted by each node. */
const mostClockMs = 2_000

/** Nothing for a gateway that has its database alone. A node with another master key does not start. */
export function judgeNodes(nodes: Report['nodes']): readonly Finding[] {
  if (nodes.length === 0) return []
  const name = 'nodes'
  const instances = nodes.map((node) => node.instances).join(', ')
  const findings: Finding[] = [
    { name, verdict: 'ok', text: `${nodes.length} live, with ${instances} instances` },
  ]
  for (const { url, isReachable, clockAheadMs = 0 } of nodes) {
    if (!isReachable)
      findings.push({
        name,
        verdict: 'fail',
        text: `the node at ${url || 'no address'} cannot be reached from this one: calls for its instances answer 503`,
        cure: 'Open the network between the nodes, or set RECADO_NODE_URL there to an address that this node reaches.',
      })
    if (Math.abs(clockAheadMs) > mostClockMs)
      findings.push({
        name,
        verdict: 'warn',
        text: `the clock of ${url} and the clock of the database are ${Math.abs(clockAheadMs)} ms apart`,
        cure: 'Let both set their clocks by NTP.',
      })
  }
  const versions = new Set(nodes.map(({ version }) => version))
  if (versions.size > 1)
    findings.push({
      name,
      verdict: 'warn',
      text: `they run different versions: ${[...versions].join(', ')}`,
      cure: 'Finish the upgrade.',
    })
  return findings
}
