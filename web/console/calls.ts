/** What the calls of a number take and answer, as `@recado/client` has it from the API document. */

import type { Calls } from '../../packages/client/src/calls.js'

export type InputOf<Name extends keyof Calls> = NonNullable<Parameters<Calls[Name]>[0]>
export type AnswerOf<Name extends keyof Calls> = Awaited<ReturnType<Calls[Name]>>
