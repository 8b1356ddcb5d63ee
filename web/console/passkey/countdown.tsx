/** The time that a step still has. */

import { useEffect, useState } from 'react'
import type { PasskeyAnswerView } from '../../../gateway/src/console/passkey-answers.js'
import { useApp } from '../app.js'

interface CountdownProps {
  readonly passkey: PasskeyAnswerView
}

/** While no code is due, the time until one is; then the time until the step fails. */
export function Countdown({ passkey: { state, now, deadline = now, codeAfter } }: CountdownProps) {
  const words = useApp().words.passkey
  const left = useTimeLeft(deadline, now)
  const beforeCode = left - (deadline - (codeAfter ?? 0))
  const isEarly = codeAfter !== undefined && beforeCode > 0
  const after = isEarly ? words.beforeCode : words.afterCode
  const text = state === 'passkey' ? after : words.waiting
  return (
    <div className="countdown">
      <span className="countdown__time" role="timer" aria-label={words.timeLeft}>
        {clockOf(isEarly ? beforeCode : left)}
      </span>
      <p className="hint" key={text}>
        {text}
      </p>
    </div>
  )
}

/** By the clock of the gateway, which may differ from this one. In milliseconds, never below 0. */
function useTimeLeft(deadline: number, now: number): number {
  const [left, setLeft] = useState(deadline - now)
  useEffect(() => {
    const end = Date.now() + deadline - now
    const timer = setInterval(() => setLeft(Math.max(0, end - Date.now())), 250)
    return () => clearInterval(timer)
  }, [deadline, now])
  return left
}

function clockOf(ms: number): string {
  const seconds = Math.ceil(ms / 1_000)
  return `${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, '0')}`
}
