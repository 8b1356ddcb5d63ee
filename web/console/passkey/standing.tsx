/** Whether the passkey step is under way, and how it failed: all that a page needs to know before it loads the steps. */

import type { ReactNode } from 'react'
import type { PasskeyAnswerView } from '../../../gateway/src/console/passkey-answers.js'
import { useApp } from '../app.js'

const underWay = ['passkey', 'phone', 'code', 'finishing'] as const
export type StepUnderWay = (typeof underWay)[number]

/** Undefined while nothing is to be done. */
export function stepOf({ state }: PasskeyAnswerView): StepUnderWay | undefined {
  return underWay.find((each) => each === state)
}

interface FailureProps {
  readonly failure: NonNullable<PasskeyAnswerView['failure']>
  readonly children?: ReactNode
}

/** Why it failed, and the next thing to try. The gateway has the words. */
export function PasskeyFailure({ failure: { cause, cure }, children }: FailureProps) {
  const { language } = useApp()
  return (
    <div className="problem passkey__failure" role="alert">
      <p>
        <strong>{cause[language]}</strong>
      </p>
      <p>{cure[language]}</p>
      {children}
    </div>
  )
}
