/** What the drawing of a part may use. */

import type { Part } from '../../../simulator/src/draw/view.js'
import type { EventAnswer } from '../../../simulator/src/draw/view.js'
import type { MessageState } from '../../../simulator/src/model.js'
import type { PartWords } from '../part-words.js'

export interface BubbleFile {
  /** Left out while there is none to show. */
  readonly url?: string
  readonly failure?: string
}

/** Where one is left out, nothing happens on a tap. */
export interface PartActions {
  /** A tap on a copy button. Nothing is sent. */
  readonly copy: (code: string) => void
  /** On a button or a row that answers, by its id. */
  readonly tap?: (id: string) => void
  readonly vote?: (options: readonly string[]) => void
  readonly answer?: (answer: EventAnswer) => void
  /** To the message of this id. */
  readonly jump?: (id: string) => void
  /** What is to be viewed once was looked at. */
  readonly open?: () => void
}

export interface PartContext {
  readonly files: Readonly<Record<string, BubbleFile>>
  readonly words: PartWords
  readonly actions: PartActions
  readonly state: MessageState
  /** Digits of who looks. */
  readonly self: string
  readonly nameOf: (digits: string) => string
}

type PartOf<Type extends Part['type']> = Extract<Part, { readonly type: Type }>

export type DrawPart<Type extends Part['type']> = (
  part: PartOf<Type>,
  context: PartContext,
) => readonly HTMLElement[]
