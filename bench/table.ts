/** What the parts measured, as a table. */

/** Of a quantity of which more is better, or less. */
export type Better = 'more' | 'less'

export type Goal =
  /** What ours divided by bare should come to, at least or at most. */
  | { readonly better: Better; readonly ratio: number }
  /** What ours should come to, whatever bare does. */
  | { readonly better: 'less'; readonly atMost: number }
  | { readonly better: 'more'; readonly atLeast: number }
  /** How much more than bare ours may be. */
  | { readonly better: 'less'; readonly above: number }

/** One comparison, measured in several runs: ours and the bare part's, run by run. */
export interface Comparison {
  readonly name: string
  /** Of both columns. */
  readonly unit: string
  readonly ours: readonly number[]
  readonly bare: readonly number[]
  readonly goal?: Goal | undefined
}

/** Of an even number of values, the mean of the middle two. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const high = sorted[Math.floor(middle)] ?? Number.NaN
  const low = sorted[Math.ceil(middle) - 1] ?? Number.NaN
  return (low + high) / 2
}

/** The value that this share of them is not above, from 0 to 1. NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export function isReached({ ours, bare, goal }: Comparison): boolean | undefined {
  if (goal === undefined) return undefined
  if ('atMost' in goal) return median(ours) <= goal.atMost
  if ('atLeast' in goal) return median(ours) >= goal.atLeast
  if ('above' in goal) return median(ours) <= median(bare) + goal.above
  const ratio = median(ours) / median(bare)
  return goal.better === 'more' ? ratio >= goal.ratio : ratio <= goal.ratio
}

/** Markdown. */
export function tableOf(comparisons: readonly Comparison[]): string {
  const rows = comparisons.map((each) => {
    const ratio = median(each.ours) / median(each.bare)
    return [
      each.name,
      `${rounded(median(each.ours))} ${each.unit}`,
      each.bare.length === 0 ? '' : `${rounded(median(each.bare))} ${each.unit}`,
      Number.isFinite(ratio) ? rounded(ratio) : '',
      goalIn(each),
    ]
  })
  const head = ['', 'Recado', 'bare', 'ratio', 'goal']
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

function goalIn(comparison: Comparison): string {
  const { goal } = comparison
  if (goal === undefined) return ''
  return `${textOf(goal, comparison.unit)}: ${isReached(comparison) ? 'reached' : '**not reached**'}`
}

function textOf(goal: Goal, unit: string): string {
  if ('atMost' in goal) return `≤ ${goal.atMost} ${unit}`
  if ('atLeast' in goal) return `≥ ${goal.atLeast} ${unit}`
  if ('above' in goal) return `≤ bare + ${goal.above} ${unit}`
  return `${goal.better === 'more' ? '≥' : '≤'} ${goal.ratio}`
}

/** Three digits that count. */
function rounded(value: number): string {
  return String(Number(value.toPrecision(3)))
}
