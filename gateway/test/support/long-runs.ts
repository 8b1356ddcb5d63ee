/** How long the tests of random play go on: shortly in the suite, by hand as `npm run fuzz`, `model` and `hostile` say. */

function setting(name: string, otherwise: number): number {
  return Number(process.env[name] ?? otherwise)
}

export const fuzzSeconds = setting('FUZZ_SECONDS', 5)
export const hostileRuns = setting('HOSTILE_RUNS', 60)
export const modelOperations = setting('MODEL_OPERATIONS', 800)
/** Of the days that a long run plays. New ones each time if unset. */
export const modelSeed = setting('MODEL_SEED', Date.now() % 1_000_000_000)
