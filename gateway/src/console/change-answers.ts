/** What `/console/api/events` tells: something changed there, so ask again. */
export const changeTopics = ['session', 'messages', 'callbacks'] as const
export interface Change {
  readonly instanceId: string
  readonly topic: (typeof changeTopics)[number]
}
