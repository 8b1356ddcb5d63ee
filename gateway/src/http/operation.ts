/**
 * How a route is described: its `schema`, from which the API document is made.
 *
 * What is checked (params, querystring, body) stands beside what is only told.
 * Answers are described and never reshaped: `server.ts` serialises them as they
 * are, and tests compare them with what is described here.
 */

import { type TSchema, Type } from 'typebox'
import type { BodyClass } from './body-limits.js'

/** What is checked of a request. Each attribute has a `description`; a body has an example in `examples`. */
interface Checked {
  readonly params?: TSchema
  readonly querystring?: TSchema
  readonly body?: TSchema
}

interface Documented {
  /** The group that the document shows it in. */
  readonly tag: string
  /** One sentence: what a caller gets. */
  readonly summary: string
  readonly description: string
  /** What a success looks like, with an example in `examples`; `Type.Null` where it has no body. */
  readonly answer: TSchema
  /** 200 unless it is said. */
  readonly status?: 200 | 201 | 204
  /** Of the answer; JSON unless it is said. */
  readonly contentType?: string
  /** Status and cause of what only this route refuses; what many routes refuse is added to all of them. */
  readonly refusals?: Readonly<Record<number, string>>
  /** Headers that it takes, with their descriptions. They are not checked here. */
  readonly headers?: Readonly<Record<string, string>>
  /** How large its body may be (`body-limits.ts`); small unless it is said. */
  readonly takes?: BodyClass
}

type Description<S extends Checked> = Pick<S, Extract<keyof S, keyof Checked>> & {
  readonly tags: readonly string[]
  readonly summary: string
  readonly description: string
  readonly response: Readonly<Record<number, object>>
  readonly 'x-headers'?: Readonly<Record<string, string>>
  readonly 'x-takes'?: BodyClass
}

/** The form of every refusal. */
export const refusal = Type.Object({
  error: Type.String({ description: 'What was wrong, and what to do about it.' }),
})

/** A route's `schema`: `app.get(path, { schema: operation({ … }) }, handler)`. */
export function operation<const S extends Checked>(described: S & Documented): Description<S>
export function operation({
  tag,
  answer,
  status = 200,
  contentType,
  refusals = {},
  headers,
  takes,
  ...rest
}: Checked & Documented): object {
  const success: { description: string; examples?: unknown[] } = { description: 'Done.', ...answer }
  const answers: Record<number, object> = {
    [status]:
      contentType === undefined
        ? success
        : {
            description: success.description,
            content: { [contentType]: { schema: answer, example: success.examples?.[0] } },
          },
  }
  for (const [code, description] of Object.entries(refusals))
    answers[Number(code)] = { ...refusal, description }
  return {
    ...rest,
    tags: [tag],
    response: answers,
    ...(headers === undefined ? {} : { 'x-headers': headers }),
    ...(takes === undefined ? {} : { 'x-takes': takes }),
  }
}
