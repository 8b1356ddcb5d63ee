/**
 * How many instances each node should run.
 *
 * Every node calculates this from the same counts, without asking the others. The nodes with the most
 * instances get the remainder, so that as few instances as possible move.
 */

/** A node whose lease counts. */
export interface NodeLoad {
  readonly id: string
  /** How many instances it runs. */
  readonly owned: number
  /** It is shutting down: it takes none. */
  readonly isLeaving: boolean
}

/** Sums up to `total`, unless all nodes are leaving. A leaving node has 0. */
export function targets(nodes: readonly NodeLoad[], total: number): ReadonlyMap<string, number> {
  const staying = nodes
    .filter(({ isLeaving }) => !isLeaving)
    .toSorted((one, other) => other.owned - one.owned || (one.id < other.id ? -1 : 1))
  const least = Math.floor(total / Math.max(1, staying.length))
  const rest = total - least * staying.length
  const found = new Map(nodes.map(({ id }) => [id, 0]))
  for (const [index, { id }] of staying.entries()) found.set(id, least + (index < rest ? 1 : 0))
  return found
}

export interface Step {
  /** How many free instances to take. */
  readonly take: number
  /** How many instances to give up. */
  readonly giveUp: number
}

/** So many instances a node gives up at a time: each of them is offline for about a second. */
export const mostGivenUp = 8

/** What the node `own` does next. `total` counts all instances, those without an owner included. */
export function nextStep(own: string, nodes: readonly NodeLoad[], total: number): Step {
  const target = targets(nodes, total).get(own) ?? 0
  const owned = nodes.find(({ id }) => id === own)?.owned ?? 0
  const free = Math.max(0, total - nodes.reduce((sum, node) => sum + node.owned, 0))
  return {
    take: Math.min(free, Math.max(0, target - owned)),
    giveUp: Math.min(mostGivenUp, Math.max(0, owned - target)),
  }
}
