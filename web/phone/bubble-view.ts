/** A message of this phone, as the shared bubble draws it. */

import type { ContactView, MessageView } from '../../simulator/src/control-answers.js'
import type { BubbleView } from '../bubble/bubble.js'
import { clockOf } from './days.js'
import { contactOf } from './phone-state.js'
import type { Settings } from './settings.js'

export interface ShownMessage {
  readonly message: MessageView
  /** Whether it is the first of a row by the same author. */
  readonly isFirst: boolean
  readonly contacts: readonly ContactView[]
  /** Digits of the phone's number. */
  readonly self: string
  readonly settings: Settings
}

export function bubbleViewOf(
  { message, isFirst, contacts, self, settings }: ShownMessage,
  you: string,
): BubbleView {
  const { fromMe, view: content, files, status } = message
  const isGroup = contactOf({ contacts }, message.chat).members !== undefined
  return {
    fromMe,
    author: fromMe ? you : contactOf({ contacts }, message.from).name,
    showsAuthor: isGroup && !fromMe && isFirst,
    ...content,
    files,
    state: message.state,
    self,
    nameOf: (digits) => (digits === self ? you : contactOf({ contacts }, digits).name),
    drawn: message.drawn[settings.client],
    time: clockOf(message.at, settings),
    ...(fromMe ? { ticks: status } : {}),
    isFirst,
  }
}
