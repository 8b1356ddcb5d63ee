/** A button that asks once more before it acts. */

import { type ReactNode, useState } from 'react'
import { useApp } from './app.js'
import { takeFocus } from './parts.js'
import { useAct } from './reading.js'

interface GuardedProps {
  readonly ask: string
  readonly really: ReactNode
  readonly yes: string
  readonly act: () => Promise<void>
}

export function Guarded({ ask, really, yes, act }: GuardedProps) {
  const { words } = useApp()
  const [isAsked, setAsked] = useState(false)
  const acting = useAct(() => act().finally(() => setAsked(false)))
  if (!isAsked)
    return (
      <div>
        <button type="button" className="danger" onClick={() => setAsked(true)}>
          {ask}
        </button>
      </div>
    )
  return (
    <div className="guarded" role="group" aria-label={ask}>
      <p>{really}</p>
      <button
        type="button"
        className="danger filled"
        disabled={acting.isPending}
        ref={takeFocus}
        onClick={() => acting.mutate()}
      >
        {yes}
      </button>
      <button type="button" onClick={() => setAsked(false)}>
        {words.goBack}
      </button>
    </div>
  )
}
