/** What `recado doctor` finds out: one sentence on one thing, and the cure where one is needed. */

export interface Finding {
  /** What was looked at, in a word or two. */
  readonly name: string
  /** `skipped`: it could not be looked at, which is no fault of the gateway. */
  readonly verdict: 'ok' | 'warn' | 'fail' | 'skipped'
  readonly text: string
  readonly cure?: string | undefined
}
