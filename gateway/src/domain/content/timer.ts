import type { Traits } from './traits.js'

/** Sets after how long new messages of a chat with a person disappear. */
export interface TimerContent {
  readonly kind: 'chat-timer'
  /** 0: never. */
  readonly seconds: number
}

export const timerTraits: Traits<TimerContent> = {
  text: () => '',
  asReceived: ({ seconds }) => ({ kind: 'timer', seconds }),
}
