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

export function Guarded({ ask, ...question }: GuardedProps) {
  const [isAsked, setAsked] = useState(false)
  if (!isAsked)
    return (
      <div>
        <button type="button" className="danger" onClick={() => setAsked(true)}>
          {ask}
        </button>
      </div>
    )
  return <Question ask={ask} {...question} close={() => setAsked(false)} />
}

interface QuestionProps extends GuardedProps {
  readonly close: () => void
}

/** Alone where the button has no room for it, such as in a narrow column. */
export function Question({ ask, really, yes, act, close }: QuestionProps) {
  const { words } = useApp()
  const acting = useAct(() => act().finally(close))
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
      <button type="button" onClick={close}>
        {words.goBack}
      </button>
    </div>
  )
}
