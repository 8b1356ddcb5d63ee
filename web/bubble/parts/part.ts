/** What the drawing of a part may use. */

import type { Part } from '../../../simulator/src/draw/view.js'
import type { PartWords } from '../part-words.js'

export interface BubbleFile {
  /** Left out while there is none to show. */
  readonly url?: string
  readonly failure?: string
}

export interface PartActions {
  /** A tap on a copy button. Nothing is sent to anybody. */
  readonly copy: (code: string) => void
}

export interface PartContext {
  readonly files: Readonly<Record<string, BubbleFile>>
  readonly words: PartWords
  readonly actions: PartActions
}

export type PartOf<Type extends Part['type']> = Extract<Part, { readonly type: Type }>

export type DrawPart<Type extends Part['type']> = (
  part: PartOf<Type>,
  context: PartContext,
) => readonly HTMLElement[]
