/** One POST to a receiver, and what it answered. */

import type { CallbackAnswer } from '../../../gateway/src/console/callback-answers.js'
import { useTexts } from '../../shared/texts.js'
import { useApp } from '../app.js'
import { durationText, momentText } from '../moments.js'
import { Pill } from '../status.js'
import { callbacksTexts } from './words.js'

export type TryAnswer = CallbackAnswer['tries'][number]

export function Try({ at, durationMs, statusCode, error, answer }: TryAnswer) {
  const app = useApp()
  const words = useTexts(callbacksTexts)
  const isTaken = error === undefined
  return (
    <>
      <p className="pills">
        <Pill tone={isTaken ? 'good' : 'bad'}>
          {statusCode === undefined ? words.unanswered(error ?? '') : words.answered(statusCode)}
        </Pill>
        <span className="faint small-text number">
          {momentText(app, at)} {words.took(durationText(app, durationMs))}
        </span>
      </p>
      {answer === undefined && statusCode !== undefined && (
        <p className="faint small-text">{words.emptyAnswer}</p>
      )}
      {/* It scrolls, so the keyboard must reach it. */}
      {answer !== undefined && (
        <pre tabIndex={0} aria-label={words.answered(statusCode ?? 0)}>
          {answer}
        </pre>
      )}
    </>
  )
}
