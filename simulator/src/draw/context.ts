/** What a message says about other messages: which it answers, and whether it was passed on. */

import type { proto } from 'baileys'
import type { View } from './view.js'

const OFTEN = 5

/** The context of whichever field has one. */
export function contextIn(message: proto.IMessage): proto.IContextInfo | undefined {
  for (const value of Object.values(message)) {
    const context: unknown =
      typeof value === 'object' && value !== null && 'contextInfo' in value
        ? value.contextInfo
        : undefined
    if (typeof context === 'object' && context !== null) return context
  }
  return undefined
}

export function forwardedOf({
  isForwarded,
  forwardingScore,
}: proto.IContextInfo): View['forwarded'] {
  if (!isForwarded) return undefined
  return (forwardingScore ?? 0) >= OFTEN ? 'often' : 'once'
}
