/** What `trial.test.ts` changes. */

const limit = 3

export function isBelow(value: number): boolean {
  if (Number.isNaN(value)) return false
  return value < limit
}

export async function finish(): Promise<void> {}

let calls = 0

/** How often it was called, up to one. */
export function countOnce(): number {
  calls = 1
  return calls
}
