/** The moments at which a gateway is killed, and a plan that hits each of them again and again. */

export type Death =
  /** When this share of the time that a start takes is over. */
  | { readonly kind: 'while-starting'; readonly share: number }
  /** When this share of a life is over, wherever it stands then. */
  | { readonly kind: 'any-moment'; readonly share: number }
  /** Before or after the `count`th write to WhatsApp's socket. */
  | { readonly kind: 'before-write' | 'after-write'; readonly count: number }
  /** After the `count`th commit: between what was stored and what should follow it. */
  | { readonly kind: 'after-commit'; readonly count: number }
  /** The `count`th caller of this life has its 200, and perhaps nothing has been sent. */
  | { readonly kind: 'after-accept'; readonly count: number }
  /** The receiver has read this life's `count`th callback and not answered it. */
  | { readonly kind: 'during-callback'; readonly count: number }
  /** Not the gateway but its PostgreSQL dies, and comes back. */
  | { readonly kind: 'database'; readonly share: number; readonly downMs: number }
  /** PostgreSQL stands still, every process of it, and goes on (SIGSTOP). */
  | { readonly kind: 'database-stops'; readonly share: number; readonly downMs: number }
  /** Both at once. */
  | { readonly kind: 'gateway-and-database'; readonly share: number; readonly downMs: number }

export type Random = () => number

export interface Lives {
  /** How long one is allowed to be after the start, in milliseconds, where the machine is quick. */
  readonly lifeMs: number
  /** How many messages are accepted in one at most, more or less. */
  readonly accepts: number
  /** Whether a life lasts until that many are accepted, and not for a time. */
  readonly isCounted: boolean
  readonly hasServer: boolean
}

/** Of the connection, and of one message with its renewed sessions. */
const connectionWrites = 12
const writesAMessage = 2
const commitsAMessage = 4
const callbacksAMessage = 2
const mostDownMs = 700

type Maker = (random: Random) => Death

/** Each kind in turn, in an order that `random` shuffles: no kind is left out of a short run. */
export function* deaths(lives: Lives, random: Random): Generator<Death, never> {
  const makers = makersFor(lives)
  for (;;) {
    const round = makers.map((make) => ({ make, at: random() })).toSorted((a, b) => a.at - b.at)
    for (const { make } of round) yield make(random)
  }
}

function makersFor({ accepts, hasServer }: Lives): readonly Maker[] {
  const writes = connectionWrites + accepts * writesAMessage
  const ofGateway: readonly Maker[] = [
    (random) => ({ kind: 'while-starting', share: random() }),
    (random) => ({ kind: 'any-moment', share: random() }),
    (random) => ({ kind: 'before-write', count: 1 + below(writes, random) }),
    (random) => ({ kind: 'after-write', count: 1 + below(writes, random) }),
    (random) => ({ kind: 'after-commit', count: 1 + below(accepts * commitsAMessage, random) }),
    (random) => ({ kind: 'after-accept', count: 1 + below(accepts, random) }),
    (random) => ({
      kind: 'during-callback',
      count: 1 + below(accepts * callbacksAMessage, random),
    }),
  ]
  const ofServer: readonly Maker[] = [
    (random) => ({ kind: 'database', ...outage(random) }),
    (random) => ({ kind: 'database-stops', ...outage(random) }),
    (random) => ({ kind: 'gateway-and-database', ...outage(random) }),
  ]
  return hasServer ? [...ofGateway, ...ofServer] : ofGateway
}

function outage(random: Random): { readonly share: number; readonly downMs: number } {
  return { share: random(), downMs: below(mostDownMs, random) }
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
