import type { Traits } from './traits.js'

export interface PollContent {
  readonly kind: 'poll'
  readonly question: string
  /** All different. */
  readonly options: readonly string[]
  /** Of one voter. 0 is "as many as there are". */
  readonly mostChoices: number
}

export const pollTraits: Traits<PollContent> = {
  text: ({ question }) => question,
  asReceived: ({ question, options, mostChoices }) => ({
    kind: 'poll',
    question,
    options,
    mostChoices,
  }),
}
