/**
 * What of a list stands on the screen while the list changes. Nothing that a person
 * reads may move by itself, so what is new above waits until it is asked for, and
 * what has left keeps its place until then. What comes at the end has room there.
 */

export interface HeldRow<Item> {
  readonly item: Item
  /** It is in the list no more. */
  readonly isGone: boolean
}

export interface Held<Item> {
  readonly rows: readonly HeldRow<Item>[]
  /** How many are in the list and not on the screen. */
  readonly news: number
}

export interface End {
  /** Nothing follows: else the list ends only where its last page ends. */
  readonly isWhole: boolean
  /** There is room below: nothing follows, or the person asked for more. */
  readonly mayGrow: boolean
}

/** `shown` is what stands on the screen, `fresh` the list as it is now. */
export function heldRows<Item>(
  shown: readonly Item[],
  fresh: readonly Item[],
  keyOf: (item: Item) => string,
  { isWhole, mayGrow }: End,
): Held<Item> {
  const freshByKey = new Map(fresh.map((item) => [keyOf(item), item]))
  const shownKeys = new Set(shown.map(keyOf))
  const lastThere = shown.findLastIndex((item) => freshByKey.has(keyOf(item)))
  const rows = shown.map((item, index) => {
    const now = freshByKey.get(keyOf(item))
    return { item: now ?? item, isGone: now === undefined && (isWhole || index < lastThere) }
  })
  const lastShown = fresh.findLastIndex((item) => shownKeys.has(keyOf(item)))
  const hasRoom = shown.length === 0 || (mayGrow && lastShown !== -1)
  const end = hasRoom ? fresh.slice(lastShown + 1) : []
  const news = fresh.filter((item) => !shownKeys.has(keyOf(item))).length - end.length
  return { rows: [...rows, ...end.map((item) => ({ item, isGone: false }))], news }
}
