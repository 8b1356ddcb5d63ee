/** The moments at which a gateway is killed, and a plan that hits each of them again and again. */

export type Death =
  /** The process ends itself this many milliseconds after it began, wherever it stands then. */
  | { readonly kind: 'any-moment'; readonly afterMs: number }
  /** Before or after the `count`th write to WhatsApp's socket. */
  | { readonly kind: 'before-write' | 'after-write'; readonly count: number }
  /** After the `count`th commit: between what was stored and what should follow it. */
  | { readonly kind: 'after-commit'; readonly count: number }
  /** The caller has its 200, and nothing has been sent. */
  | { readonly kind: 'after-accept' }
  /** The receiver has read a callback and not answered it. */
  | { readonly kind: 'during-callback' }

export type Random = () => number

/** How long a start takes here, more or less: deaths before it hit the start itself. */
const startMs = 1_200
const lifeMs = 2_500
const mostWrites = 60
const mostCommits = 60

const makers: readonly ((random: Random) => Death)[] = [
  (random) => ({ kind: 'any-moment', afterMs: below(startMs, random) }),
  (random) => ({ kind: 'any-moment', afterMs: startMs + below(lifeMs - startMs, random) }),
  (random) => ({ kind: 'before-write', count: 1 + below(mostWrites, random) }),
  (random) => ({ kind: 'after-write', count: 1 + below(mostWrites, random) }),
  (random) => ({ kind: 'after-commit', count: 1 + below(mostCommits, random) }),
  () => ({ kind: 'after-accept' }),
  () => ({ kind: 'during-callback' }),
]

/** Each kind in turn, in an order that `random` shuffles: no kind is left out of a short run. */
export function* deaths(random: Random): Generator<Death> {
  for (;;) {
    const round = makers.map((make) => ({ make, at: random() })).toSorted((a, b) => a.at - b.at)
    for (const { make } of round) yield make(random)
  }
}

/** The same sequence for the same seed, so that a run can be repeated. Mulberry32. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function below(limit: number, random: Random): number {
  return Math.floor(random() * limit)
}
