/** Where callbacks go, how that stands, and what can be done with a receiver. */

import { useState } from 'react'
import { useTexts } from '../../shared/texts.js'
import { ask } from '../api.js'
import { useApp } from '../app.js'
import type { AnswerOf } from '../calls.js'
import { Problem } from '../parts.js'
import { useAct, useReadAgain, useReading } from '../reading.js'
import { Needs } from '../role.js'
import { Pill } from '../status.js'
import { Try, type TryAnswer } from './try.js'
import { callbacksTexts } from './words.js'

export type ReceiversAnswer = AnswerOf<'listReceivers'>
type Receiver = ReceiversAnswer['receivers'][number]

/** What is not there is null. */
type Tested = AnswerOf<'testReceiver'>

export const receiversPath = (id: string): string => `instances/${id}/call/callbacks/receivers`

export function Receivers({ id }: { readonly id: string }) {
  const words = useTexts(callbacksTexts)
  const { data, refusal } = useReading<ReceiversAnswer>(receiversPath(id), { everyMs: 5_000 })
  return (
    <section className="card">
      <h2>{words.receivers}</h2>
      {data === undefined && <Problem refusal={refusal} />}
      {data?.receivers.length === 0 && <p className="empty">{words.noReceivers}</p>}
      <Needs least="operator">
        <ul className="receivers">
          {data?.receivers.map((receiver) => (
            <li key={receiver.url}>
              <One id={id} receiver={receiver} />
            </li>
          ))}
        </ul>
      </Needs>
    </section>
  )
}

interface OneProps {
  /** Of the instance. */
  readonly id: string
  readonly receiver: Receiver
}

function One({ id, receiver: { url, types, pausedAt, disabledAt, pending, failed } }: OneProps) {
  const app = useApp()
  const words = useTexts(callbacksTexts)
  const readAgain = useReadAgain()
  const [tested, setTested] = useState<TryAnswer | undefined>(undefined)
  const isOff = pausedAt !== null || disabledAt !== null
  const switching = useAct(async () => {
    await ask('POST', `${receiversPath(id)}/${isOff ? 'resume' : 'pause'}`, { url })
    app.say(isOff ? words.resuming : words.pausing)
    await readAgain(`instances/${id}`)
  })
  const testing = useAct(async () => {
    setTested(undefined)
    setTested(given(await ask<Tested>('POST', `${receiversPath(id)}/test`, { url })))
  })
  const trying = useAct(async () => {
    await ask('POST', `instances/${id}/call/callbacks/try`, { url })
    app.say(words.trying)
    await readAgain(`instances/${id}/callbacks`)
  })
  return (
    <>
      <p>
        <code className="receiver-url">{url}</code>
      </p>
      <p className="pills">
        {pausedAt !== null && <Pill tone="warn">{words.paused}</Pill>}
        {disabledAt !== null && <Pill tone="bad">{words.gone}</Pill>}
        {!isOff && <Pill tone={types.length === 0 ? 'quiet' : 'good'}>{words.works}</Pill>}
        {pending > 0 && <span className="small-text">{words.waiting(pending)}</span>}
        {failed > 0 && <span className="small-text">{words.failed(failed)}</span>}
      </p>
      <p className="faint small-text">{types.join(' · ') || words.former}</p>
      <div className="actions">
        <button
          type="button"
          className="small"
          disabled={testing.isPending}
          onClick={() => testing.mutate()}
        >
          {words.test}
        </button>
        <button
          type="button"
          className="small"
          disabled={switching.isPending}
          onClick={() => switching.mutate()}
        >
          {isOff ? words.resume : words.pause}
        </button>
        {pending > 0 && !isOff && (
          <button
            type="button"
            className="small"
            disabled={trying.isPending}
            onClick={() => trying.mutate()}
          >
            {words.tryNow}
          </button>
        )}
      </div>
      <div role="status">{tested !== undefined && <Try {...tested} />}</div>
    </>
  )
}

function given({ at, durationMs, statusCode, error, answer }: Tested): TryAnswer {
  return {
    at: at ?? 0,
    durationMs: durationMs ?? 0,
    ...(statusCode == null ? {} : { statusCode }),
    ...(error == null ? {} : { error }),
    ...(answer == null ? {} : { answer }),
  }
}
