/** Sends everything again that failed, once the receiver is mended. */

import type { ReplayedAnswer } from '../../gateway/src/console/callback-answers.js'
import { ask } from './api.js'
import { useApp } from './app.js'
import { Field, Form, type Values } from './form.js'
import { useReadAgain } from './reading.js'

interface ReplayAllProps {
  /** Of the instance. */
  readonly id: string
}

export function ReplayAll({ id }: ReplayAllProps) {
  const { words, say } = useApp()
  const readAgain = useReadAgain()
  const replay = async (values: Values): Promise<undefined> => {
    // By the clock of the browser.
    const since = new Date(values.text('since')).getTime()
    const path = `instances/${id}/callbacks`
    const { replayed } = await ask<ReplayedAnswer>('POST', `${path}/replay`, { since })
    await readAgain(path)
    say(words.callbacks.replayedAll(replayed))
  }
  return (
    <details className="aside">
      <summary>{words.callbacks.replayAll}</summary>
      <p className="hint">{words.callbacks.replayAllHint}</p>
      <Form submit={words.callbacks.replayThese} act={replay}>
        <Field
          name="since"
          label={words.callbacks.since}
          type="datetime-local"
          className="moment"
        />
      </Form>
    </details>
  )
}
