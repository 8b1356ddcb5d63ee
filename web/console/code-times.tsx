/** How long codes live, and when their caller is told that one is not sent. */

import type { InstanceAnswer } from '../../gateway/src/console/instance-answers.js'
import { ask } from './api.js'
import { useApp } from './app.js'
import type { InputOf } from './calls.js'
import { Field, Form, type Values } from './form.js'
import { Card } from './parts.js'
import { useReadAgain } from './reading.js'

interface CodeTimesProps {
  /** Or a pool. */
  readonly instance: Pick<InstanceAnswer, 'id' | 'codeTimes'>
}

export function CodeTimes({ instance: { id, codeTimes } }: CodeTimesProps) {
  const { words, say } = useApp()
  const readAgain = useReadAgain()
  const save = async (values: Values): Promise<undefined> => {
    const wish: InputOf<'updateCodeTimes'> = {
      codeLifeSeconds: secondsIn(values.text('codeLifeSeconds')),
      undeliverableAfterSeconds: secondsIn(values.text('undeliverableAfterSeconds')),
    }
    await ask('PUT', `instances/${id}/call/update-code-times`, wish)
    await readAgain(`instances/${id}`)
    say(words.saved)
  }
  const seconds = { type: 'number', max: 86_400, step: 1, required: false } as const
  return (
    <Card title={words.codeTimes.title} least="operator">
      <p className="hint">{words.codeTimes.hint}</p>
      <Form submit={words.save} act={save}>
        <div className="columns">
          <Field
            {...seconds}
            name="codeLifeSeconds"
            label={words.codeTimes.life}
            hint={words.codeTimes.lifeHint}
            min={30}
            defaultValue={codeTimes.codeLifeSeconds ?? ''}
          />
          <Field
            {...seconds}
            name="undeliverableAfterSeconds"
            label={words.codeTimes.undeliverable}
            hint={words.codeTimes.undeliverableHint}
            min={0}
            defaultValue={codeTimes.undeliverableAfterSeconds ?? ''}
          />
        </div>
      </Form>
    </Card>
  )
}

/** Empty is what the gateway says. */
function secondsIn(text: string): number | null {
  return text === '' ? null : Number(text)
}
