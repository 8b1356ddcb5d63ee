/** How calls tell waits: by priority, in seconds. */

import { Type } from 'typebox'
import { priorities, type Priority } from '../../domain/priority.js'

type ByPriority = Readonly<Record<Priority, number>>

const wait = (what: string) =>
  Type.Unsafe<number | null>({ type: ['number', 'null'], description: what })

/** `how`: behind "a new code"; `unless`: when all of them are null. */
export function waitsByPriority(how: string, unless: string) {
  return Type.Object(
    {
      high: wait(`Of a code, or another message with priority high.`),
      normal: wait('Of a text.'),
      low: wait('Of a message with priority low.'),
    },
    { description: `Seconds that a new message ${how} would wait; null while ${unless}.` },
  )
}

export function countsByPriority(description: string) {
  return Type.Object(
    {
      high: Type.Integer({ description: 'How many wait with priority high.' }),
      normal: Type.Integer({ description: 'How many wait with priority normal.' }),
      low: Type.Integer({ description: 'How many wait with priority low.' }),
    },
    { description },
  )
}

export function inSeconds(waitsMs: ByPriority | undefined): Record<Priority, number | null> {
  const seconds: Record<Priority, number | null> = { high: null, normal: null, low: null }
  if (waitsMs === undefined) return seconds
  for (const priority of priorities) seconds[priority] = waitsMs[priority] / 1_000
  return seconds
}
