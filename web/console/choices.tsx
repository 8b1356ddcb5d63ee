/** Choosing one of few, and saying once more that one means it. */

import { type ReactNode, useState } from 'react'
import { useApp } from './app.js'
import { takeFocus } from './parts.js'
import { useAct } from './reading.js'

interface ChoicesProps<T extends string> {
  /** Unique on the page. */
  readonly name: string
  readonly legend: string
  readonly labels: Readonly<Record<T, string>>
  readonly order: readonly T[]
  readonly chosen: T
  readonly choose: (choice: T) => void
}

/** Radio buttons that look like one switch. */
export function Choices<T extends string>(props: ChoicesProps<T>) {
  const { name, legend, labels, order, chosen, choose } = props
  return (
    <fieldset className="choices">
      <legend className="unseen">{legend}</legend>
      {order.map((choice) => (
        <label key={choice} className={choice === chosen ? 'chosen' : ''}>
          <input
            type="radio"
            name={name}
            className="unseen"
            checked={choice === chosen}
            onChange={() => choose(choice)}
          />
          {labels[choice]}
        </label>
      ))}
    </fieldset>
  )
}

interface GuardedProps {
  readonly ask: string
  readonly really: ReactNode
  readonly yes: string
  readonly act: () => Promise<void>
}

/** A button that asks once more before it acts. */
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
        {words.cancel}
      </button>
    </div>
  )
}
