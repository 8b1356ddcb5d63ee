/**
 * Decides in which form a content goes: with its buttons, as plain text, or as both. Nothing is lost
 * in any of them.
 */

import type { Recipient } from '../domain/chat.js'
import { type ContentKind, type MessageContent, traitsOf } from '../domain/content/index.js'
import type { ButtonForm } from '../domain/instance.js'
import type { Fallback } from '../domain/message.js'

export interface Form {
  readonly content: MessageContent
  readonly fallback?: Fallback
  /** What follows it as messages of their own. */
  readonly rest: readonly MessageContent[]
  readonly alsoAsText?: true
}

/** Whether there are two forms to choose from. */
export function hasPlainForm(content: MessageContent): boolean {
  return traitsOf(content).fallback !== undefined
}

export function formOf(content: MessageContent, to: Recipient, wish: ButtonForm): Form {
  if (!hasPlainForm(content)) return { content, rest: [] }
  const isRare = to.kind === 'group' && traitsOf(content).isRareInGroups === true
  if (wish === 'both') return { content, rest: [], alsoAsText: true }
  if (wish === 'buttons' && !isRare) return { content, rest: [] }
  const [plain, ...rest] = plainFormsOf(content)
  const because = wish === 'text' ? 'setting' : 'group'
  return { content: plain, fallback: { because, sentAs: plain.kind }, rest }
}

/** The same without any button. The content itself where it has none. */
export function plainFormsOf(
  content: MessageContent,
): readonly [MessageContent, ...MessageContent[]] {
  const traits = traitsOf(content)
  const instead = traits.fallback?.(content)
  if (instead === undefined) return [content]
  const rest = traits.fallbackRest?.(content) ?? []
  const [first, ...more] = plainFormsOf(instead)
  return [first, ...more, ...rest.flatMap(plainFormsOf)]
}

/** Of the messages that follow another one. */
export function partOf(
  message: {
    readonly id: NonNullable<Fallback['partOf']>
    readonly fallback?: Fallback | undefined
  },
  sentAs: ContentKind,
): Fallback {
  const { refusalCode, because = 'setting' } = message.fallback ?? {}
  const why = refusalCode === undefined ? { because } : { refusalCode }
  return { ...why, sentAs, partOf: message.id }
}
