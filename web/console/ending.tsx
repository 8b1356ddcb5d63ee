/** Taking an instance out of use, taking it back, and deleting it for good. */

import type { InstanceAnswer } from '../../gateway/src/console/instance-answers.js'
import { ask } from './api.js'
import { useApp } from './app.js'
import { Field, Form, type Values } from './form.js'
import { dayText } from './moments.js'
import { Card } from './parts.js'
import { useAct, useReadAgain } from './reading.js'
import { Needs } from './role.js'
import { go } from './route.js'

interface EndingProps {
  readonly instance: InstanceAnswer
}

/** Stands at the foot of every tab of an instance that is out of use. */
export function OutOfUse({ instance: { id, deletedFrom } }: EndingProps) {
  const app = useApp()
  const words = app.words.ending
  const readAgain = useReadAgain()
  const resume = useAct(async () => {
    await ask('POST', `instances/${id}/resume`)
    await readAgain('instances')
    app.say(words.resumed)
  })
  if (deletedFrom === undefined) return undefined
  return (
    <div className="warning out-of-use">
      <p>{words.outOfUse(dayText(app, deletedFrom))}</p>
      <Needs least="administrator">
        <button type="button" disabled={resume.isPending} onClick={() => resume.mutate()}>
          {words.resume}
        </button>
      </Needs>
    </div>
  )
}

/** To end an instance, type its name, so that it does not happen by a slip. */
export function Ending({ instance }: EndingProps) {
  const { words } = useApp()
  const isOut = instance.cancelledAt !== undefined
  return (
    <Card title={isOut ? words.ending.delete : words.ending.cancel} least="administrator">
      <p className="hint">{isOut ? words.ending.deleteHint : words.ending.cancelHint}</p>
      {isOut ? <Delete instance={instance} /> : <Cancel instance={instance} />}
    </Card>
  )
}

function Cancel({ instance: { id, name } }: EndingProps) {
  const { words, say } = useApp()
  const readAgain = useReadAgain()
  const cancel = async (values: Values): Promise<string | undefined> => {
    if (values.text('typed').trim() !== name) return words.ending.differs
    await ask('POST', `instances/${id}/cancel`)
    await readAgain('instances')
    say(words.ending.cancelled)
    return undefined
  }
  return (
    <Form key="cancel" submit={words.ending.cancel} act={cancel} isDangerous>
      <Field name="typed" label={words.ending.typeName(name)} />
    </Form>
  )
}

function Delete({ instance: { id, name } }: EndingProps) {
  const { words, say } = useApp()
  const remove = async (values: Values): Promise<string | undefined> => {
    if (values.text('typed').trim() !== name) return words.ending.differs
    await ask('DELETE', `instances/${id}`)
    say(words.ending.deleted)
    go({ page: 'instances' })
    return undefined
  }
  return (
    <Form key="delete" submit={words.ending.delete} act={remove} isDangerous>
      <Field name="typed" label={words.ending.typeName(name)} />
    </Form>
  )
}
