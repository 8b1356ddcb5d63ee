/** The form of one call, made of its schema, and what became of it. */

import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, use, useId, useMemo, useRef, useState } from 'react'
import type { CallAnswer } from '../../../gateway/src/console/call-answers.js'
import { ask, Refusal } from '../api.js'
import { useApp } from '../app.js'
import { refusalText, useReadAgain } from '../reading.js'
import { hintOf } from './call-words.js'
import { CallResult } from './call-result.js'
import { exampleValues, pathOf, sentBodyOf, wholeSchemaOf } from './draft.js'
import { placeIn } from './fault-place.js'
import { GroupFields } from './fields.js'
import { controlId, type Fault, FormContext } from './form-context.js'
import { type Attribute, attributesOf } from './schema.js'
import { fileBytesIn, type Values, withFiles } from './values.js'

/** What most messages have beside their content. */
const asides: ReadonlySet<string> = new Set([
  'messageId',
  'privateAnswer',
  'mentioned',
  'groupMentioned',
  'mentionAll',
  'delayMessage',
  'delayTyping',
  'expiresIn',
  'priority',
  'onUnknown',
])

/** Other names of attributes, which programs use. */
const aliases: ReadonlySet<string> = new Set(['mentionedPhones'])

const isAside = ({ name, isRequired }: Attribute): boolean =>
  !isRequired && (asides.has(name) || /^edit\w*MessageId$/u.test(name))

interface CallFormProps {
  /** Of the instance. */
  readonly id: string
  readonly call: CallAnswer
  readonly values: Values
  readonly change: (values: Values) => void
  /** The id of the list of recipients to choose from. */
  readonly recipients: string
  readonly sends: boolean
}

export function CallForm({ id, call, values, change, recipients, sends }: CallFormProps) {
  const app = useApp()
  const words = app.words.send
  const form = useId()
  const readAgain = useReadAgain()
  const [fault, setFault] = useState<Fault>()
  const schema = useMemo(() => wholeSchemaOf(call), [call])
  const example = useMemo(() => exampleValues(call), [call])
  const acting = useMutation({
    mutationFn: async () => {
      const answer = await makeCall(id, call, values, words.tooLarge)
      await readAgain(`instances/${id}`)
      return answer
    },
    onMutate: () => setFault(undefined),
    onError: (error) => {
      const place =
        error instanceof Refusal && error.status === 400 && placeIn(error.message, values)
      if (!place) return
      setFault({ place, text: error.message })
      focusLater(controlId(form, place))
    },
  })
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    if (!acting.isPending) acting.mutate()
  }
  const facts = useMemo(() => ({ id: form, fault, recipients }), [form, fault, recipients])
  const problem = acting.error === null || fault !== undefined ? undefined : acting.error
  const fill = (filled: Values): void => {
    setFault(undefined)
    acting.reset()
    change(filled)
  }
  return (
    <FormContext value={facts}>
      <form onSubmit={submit} onInvalidCapture={openAround}>
        <p className="hint">{hintOf(call.summary, app.language)}</p>
        {example !== undefined && (
          <div>
            <button type="button" className="small" onClick={() => fill(example)}>
              {words.example}
            </button>
          </div>
        )}
        <GroupFields
          schema={schema}
          place=""
          values={values}
          change={change}
          shows={(attribute) => !isAside(attribute) && !aliases.has(attribute.name)}
        />
        <Asides values={values} change={change} schema={schema} />
        <p className="problem" role="alert" hidden={problem === undefined}>
          {problem && refusalText(app, problem)}
        </p>
        <div className="actions">
          <button type="submit" className="filled" aria-disabled={acting.isPending || undefined}>
            {sends ? words.submit : words.submitCall}
          </button>
        </div>
      </form>
      {acting.data !== undefined && <CallResult id={id} answer={acting.data} />}
    </FormContext>
  )
}

type AsidesProps = Pick<Parameters<typeof GroupFields>[0], 'schema' | 'values' | 'change'>

function Asides({ schema, values, change }: AsidesProps) {
  const { words } = useApp()
  const { fault } = use(FormContext)
  const details = useRef<HTMLDetailsElement>(null)
  const names = attributesOf(schema)
    .filter(isAside)
    .map(({ name }) => name)
  if (names.length === 0) return undefined
  const isWrong = names.some((name) => fault?.place.split('.')[0] === name)
  return (
    <details className="aside schema__asides" ref={details} open={isWrong || undefined}>
      <summary>{words.send.more}</summary>
      <div className="schema__group">
        <GroupFields schema={schema} place="" values={values} change={change} shows={isAside} />
      </div>
    </details>
  )
}

/** Throws `Refusal`. */
async function makeCall(
  id: string,
  call: CallAnswer,
  values: Values,
  tooLarge: (most: string) => string,
): Promise<unknown> {
  const path = `instances/${id}/call${pathOf(call, values)}`
  if (call.body === undefined) return ask<unknown>(call.method, path)
  const body = sentBodyOf(call, values)
  if (fileBytesIn(body) > call.maxBytes) {
    const most = Math.floor((call.maxBytes / 4 / 1_000_000) * 3)
    throw new Refusal(413, tooLarge(`${most} MB`))
  }
  return ask<unknown>(call.method, path, Object(await withFiles(body)))
}

/** Once it is drawn. */
function focusLater(id: string): void {
  requestAnimationFrame(() => document.getElementById(id)?.focus())
}

/** A control in closed details cannot be shown to be wrong. */
function openAround({ target }: { readonly target: EventTarget }): void {
  if (!(target instanceof HTMLElement)) return
  const details = target.closest('details')
  if (details !== null) details.open = true
}
