/** The part of a chat that is drawn: its last messages, and earlier ones when they are asked for. */

import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { MessageView } from '../../simulator/src/control-answers.js'

const AT_ONCE = 100
/** Drawn above a message that is jumped to. */
const ABOVE = 20

export function useEarlier(messages: readonly MessageView[]) {
  const [firstKey, setFirstKey] = useState<string>()
  if (firstKey === undefined && messages.length > 0) setFirstKey(keyAt(messages, -AT_ONCE))
  // Without the first one, which a person may delete, all are drawn.
  const start = Math.max(
    0,
    messages.findIndex(({ key }) => key === firstKey),
  )
  const drawn = useMemo(() => messages.slice(start), [messages, start])
  const latest = useRef({ messages, start })
  useLayoutEffect(() => {
    latest.current = { messages, start }
  })
  /** Draws this message before it returns, if it is in the chat. */
  const draw = useCallback((id: string): void => {
    const known = latest.current
    const at = known.messages.findIndex((message) => message.id === id)
    if (at === -1 || at >= known.start) return
    flushSync(() => setFirstKey(keyAt(known.messages, Math.max(0, at - ABOVE))))
  }, [])
  const drawMore = (): void => setFirstKey(keyAt(messages, Math.max(0, start - AT_ONCE)))
  return { drawn, hasEarlier: start > 0, draw, drawMore }
}

/** Of the first message where there is none. */
function keyAt(messages: readonly MessageView[], at: number): string | undefined {
  return (messages.at(at) ?? messages[0])?.key
}
