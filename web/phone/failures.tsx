/** The card that plays failures of this phone's number, and undoes them. */

import { useRef, useState } from 'react'
import type { FailureKind, FailuresView } from '../../simulator/src/control-answers.js'
import { useTexts } from '../shared/texts.js'
import { useActions, useView } from './phone-context.js'
import { phoneTexts } from './words.js'

/** The phone that each one concerns, in the order of the card. A sender without a linked device sends nothing that could fail. */
const concerns: Readonly<Record<FailureKind, 'sender' | 'recipient'>> = {
  restricted: 'sender',
  'not-on-whatsapp': 'recipient',
  'button-refused': 'recipient',
  'link-cut': 'sender',
  banned: 'sender',
  replaced: 'sender',
}
// The record names each kind once.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const kinds = Object.keys(concerns) as readonly FailureKind[]

export function FailuresCard() {
  const { failures: words } = useTexts(phoneTexts)
  const { api, attempt, say } = useActions()
  const [active, setActive] = useState<ReadonlySet<FailureKind>>(new Set())
  const asked = useRef(0)
  const shown = useRef(0)
  const ask = (what: () => Promise<FailuresView>): Promise<boolean> =>
    attempt(async () => {
      asked.current += 1
      const turn = asked.current
      const { playing } = await what()
      // Answers may come in another order than they were asked for.
      if (turn < shown.current) return
      shown.current = turn
      setActive(new Set(playing))
    })
  const press = async (kind: FailureKind): Promise<void> => {
    if (active.has(kind)) await ask(() => api.undo(kind))
    else if (await ask(() => api.play(kind))) say(words.played)
  }
  return (
    // Another page, or a program, may have played one meanwhile.
    <details className="card failures" onToggle={() => void ask(() => api.failures())}>
      <summary className="failures__summary">
        <h3 className="card__title">{words.title}</h3>
        <span className="failures__active">{active.size > 0 && words.active(active.size)}</span>
      </summary>
      <p className="faint failures__hint">{words.hint}</p>
      <ul className="failures__list">
        {kinds.map((kind) => (
          <Failure
            key={kind}
            kind={kind}
            isActive={active.has(kind)}
            press={() => void press(kind)}
          />
        ))}
      </ul>
    </details>
  )
}

interface FailureProps {
  readonly kind: FailureKind
  readonly isActive: boolean
  readonly press: () => void
}

function Failure({ kind, isActive, press }: FailureProps) {
  const { failures: words } = useTexts(phoneTexts)
  const { state } = useView()
  const canSend = (state.phone?.linkedDevices ?? 0) > 0
  const isPossible = isActive || canSend || concerns[kind] === 'recipient'
  const [name, meaning] = words.kinds[kind]
  const act = isActive ? words.undo : words.play
  return (
    <li className="failure">
      <div>
        <span className="failure__name">{name}</span>
        <p className="failure__meaning">{isPossible ? meaning : words.needsDevice}</p>
      </div>
      <button
        className="text-button"
        type="button"
        aria-label={`${act}: ${name}`}
        disabled={!isPossible}
        onClick={press}
      >
        {act}
      </button>
    </li>
  )
}
