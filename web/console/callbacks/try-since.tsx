/** Sends everything again that failed since a time, once the receiver is mended. */

import { useTexts } from '../../shared/texts.js'
import { ask } from '../api.js'
import { useApp } from '../app.js'
import type { AnswerOf, InputOf } from '../calls.js'
import { Field, Form, SelectField, type Values } from '../form.js'
import { useReadAgain, useReading } from '../reading.js'
import { type ReceiversAnswer, receiversPath } from './receivers.js'
import { callbacksTexts } from './words.js'

interface TrySinceProps {
  /** Of the instance. */
  readonly id: string
}

export function TrySince({ id }: TrySinceProps) {
  const { say } = useApp()
  const words = useTexts(callbacksTexts)
  const readAgain = useReadAgain()
  const { data } = useReading<ReceiversAnswer>(receiversPath(id), { everyMs: 5_000 })
  const urls = data?.receivers.map(({ url }) => url) ?? []
  const tryNow = async (values: Values): Promise<undefined> => {
    const url = values.text('url')
    // By the clock of the browser.
    const since = new Date(values.text('since')).getTime()
    const wish: InputOf<'tryCallbacks'> = { since, ...(url === '' ? {} : { url }) }
    const path = `instances/${id}/call/callbacks/try`
    const { tried } = await ask<AnswerOf<'tryCallbacks'>>('POST', path, wish)
    await readAgain(`instances/${id}/callbacks`)
    say(words.replayedAll(tried))
  }
  return (
    <details className="aside">
      <summary>{words.replayAll}</summary>
      <p className="hint">{words.replayAllHint}</p>
      <Form submit={words.replayThese} act={tryNow}>
        <Field name="since" label={words.since} type="datetime-local" className="moment" />
        {urls.length > 1 && (
          <SelectField
            name="url"
            label={words.to}
            first=""
            options={[['', words.every], ...urls.map((url) => [url, url] as const)]}
          />
        )}
      </Form>
    </details>
  )
}
