/** What `recado doctor` finds out: one sentence on one thing, and the cure where one is needed. */

export interface Finding {
  /** What was looked at, in a word or two. */
  readonly name: string
  /** `skipped`: it could not be looked at, which is no fault of the gateway. */
  readonly verdict: 'ok' | 'warn' | 'fail' | 'skipped'
  readonly text: string
  readonly cure?: string | undefined
}

/** The innermost code (`ECONNREFUSED`), else the error's name. Messages of drivers may quote passwords. */
export function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown'
  if (cause instanceof AggregateError && cause.errors.length > 0) return codeOf(cause.errors[0])
  if (cause.cause instanceof Error) return codeOf(cause.cause)
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name
}
