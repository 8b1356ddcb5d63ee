/** What the drawing of a part may use. */

import { createContext, use } from 'react'
import type { ReactNode } from 'react'
import type { EventAnswer, Part } from '../../../simulator/src/draw/view.js'
import type { MessageState } from '../../../simulator/src/model.js'

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
  /** A view-once message was looked at. */
  readonly open?: () => void
}

/** The message that a part belongs to. */
export interface MessageContext {
  readonly files: Readonly<Record<string, BubbleFile>>
  readonly actions: PartActions
  readonly state: MessageState
  /** Digits of the reader. */
  readonly self: string
  readonly nameOf: (digits: string) => string
}

const Context = createContext<MessageContext | undefined>(undefined)

export const MessageProvider = Context

export function useMessage(): MessageContext {
  const message = use(Context)
  if (message === undefined) throw new Error('A part stands outside of a bubble')
  return message
}

export interface PartProps<Type extends Part['type']> {
  readonly part: Extract<Part, { readonly type: Type }>
}

/** For a part that ends with text: time and ticks stand behind its last word. */
export interface TextPartProps<Type extends Part['type']> extends PartProps<Type> {
  readonly meta: ReactNode
}
