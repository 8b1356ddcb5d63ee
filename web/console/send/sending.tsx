/** Any call of an instance by hand: the form of what was chosen, and beside it what the phone will show. */

import { useId, useMemo, useState } from 'react'
import type { CallAnswer, CallsAnswer } from '../../../gateway/src/console/call-answers.js'
import type { InstanceAnswer } from '../../../gateway/src/console/instance-answers.js'
import type { Language } from '../../shared/texts.js'
import { useApp } from '../app.js'
import { Choices } from '../../shared/choices.js'
import { Card, Problem, Skeleton } from '../parts.js'
import { useKept, useReading } from '../reading.js'
import { ShownOn } from '../shown-on.js'
import type { Words } from '../words-en.js'
import { CallForm } from './call-form.js'
import { type CallGroup, messageGroups, otherGroups } from './call-words.js'
import { bodyOf, type Draft, emptyValues } from './draft.js'
import { textIn } from './preview/body.js'
import { Preview } from './preview/preview.js'
import { viewOf } from './preview/views.js'
import { Recipients } from './recipients.js'
import type { Values } from './values.js'

const modes = ['messages', 'calls'] as const
type Mode = (typeof modes)[number]

interface Choice {
  readonly mode: Mode
  /** By mode: method and path of a call. */
  readonly messages: string
  readonly calls: string
}

const keyOf = ({ method, path }: CallAnswer): string => `${method} ${path}`

interface SendingProps {
  readonly instance: InstanceAnswer
}

export function Sending({ instance }: SendingProps) {
  const { words, language } = useApp()
  const { data, refusal } = useReading<CallsAnswer>('calls', { everyMs: 3_600_000 })
  const [choice, choose] = useKept(
    `send ${instance.id}`,
    (): Choice => ({ mode: 'messages', messages: 'POST /send-button-otp', calls: '' }),
  )
  const { mode } = choice
  const groups = useMemo(() => {
    const calls = data?.calls ?? []
    return mode === 'messages'
      ? messageGroups(calls, language, words.send.otherMessages)
      : otherGroups(calls, language)
  }, [data, mode, language, words])
  if (data === undefined)
    return refusal === undefined ? <Skeleton rows={6} /> : <Problem refusal={refusal} />
  const offered = groups.flatMap(({ calls }) => calls.map(({ call }) => call))
  const call = offered.find((each) => keyOf(each) === choice[mode]) ?? offered[0]
  if (call === undefined) return undefined
  return (
    <Open
      // What stands in a form belongs to its call, and another language suggests another text.
      key={`${keyOf(call)} ${language}`}
      {...{ instance, call, groups, mode, language }}
      chooseMode={(next) => choose({ mode: next })}
      chooseCall={(next) => choose({ [mode]: next })}
    />
  )
}

interface OpenProps extends SendingProps {
  readonly call: CallAnswer
  readonly groups: readonly CallGroup[]
  readonly mode: Mode
  readonly language: Language
  readonly chooseMode: (mode: Mode) => void
  readonly chooseCall: (key: string) => void
}

function Open({ instance, call, groups, mode, language, chooseMode, chooseCall }: OpenProps) {
  const { words } = useApp()
  const list = useId()
  const [kept, keep] = useKept(
    `draft ${instance.id} ${language} ${keyOf(call)}`,
    (): Draft => ({ values: { ...emptyValues(call), ...firstValues(call, words) } }),
  )
  // What is kept is told later: a letter typed meanwhile would be lost.
  const [values, setValues] = useState(kept.values)
  const change = (changed: Values): void => {
    setValues(changed)
    keep({ values: changed })
  }
  const sends = mode === 'messages'
  const connection = instance.state === 'open' ? words.send.connected : words.send.notConnected
  return (
    <div className={sends ? 'send' : 'send send--alone'}>
      <Card title={words.send.title}>
        <Choices
          name="mode"
          legend={words.send.mode}
          labels={words.send.modes}
          order={modes}
          chosen={mode}
          choose={chooseMode}
        />
        {sends && (
          <p className={instance.state === 'open' ? 'hint steady' : 'hint steady warned'}>
            {connection}
          </p>
        )}
        <CallChoice
          label={sends ? words.send.kind : words.send.callToMake}
          groups={groups}
          chosen={keyOf(call)}
          choose={chooseCall}
        />
        <Recipients instance={instance} list={list} />
        <CallForm
          id={instance.id}
          call={call}
          values={values}
          change={change}
          recipients={list}
          sends={sends}
        />
      </Card>
      {sends && <OnThePhone call={call} values={values} />}
    </div>
  )
}

interface CallChoiceProps {
  readonly label: string
  readonly groups: readonly CallGroup[]
  readonly chosen: string
  readonly choose: (key: string) => void
}

function CallChoice({ label, groups, chosen, choose }: CallChoiceProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="call-choice"
        value={chosen}
        onChange={({ target }) => choose(target.value)}
      >
        {groups.map(({ title, calls }) => (
          <optgroup key={title} label={title}>
            {calls.map(({ call, name }) => (
              <option key={keyOf(call)} value={keyOf(call)}>
                {name}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  )
}

function OnThePhone({ call, values }: { readonly call: CallAnswer; readonly values: Values }) {
  const { words } = useApp()
  const shown = viewOf(call.path, bodyOf(call, values))
  const isGroup = /-group$|@g\.us$/u.test(textIn(values, 'phone').trim())
  return (
    <aside className="preview" aria-label={words.send.preview}>
      <h2>{words.send.preview}</h2>
      {shown === undefined && <p className="hint">{words.send.noPreview}</p>}
      {shown !== undefined &&
        (shown.parts.length === 0 ? (
          <p className="hint">{words.send.emptyPreview}</p>
        ) : (
          <Preview shown={shown} />
        ))}
      {shown !== undefined && <ShownOn view={shown} isGroup={isGroup} />}
    </aside>
  )
}

/** What the form suggests: a code to try out, which opens nothing. */
function firstValues(call: CallAnswer, { send }: Words): Values {
  if (call.path !== '/send-button-otp') return {}
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1))
  return {
    message: send.defaultMessage,
    code: String(number % 1_000_000).padStart(6, '0'),
    buttonText: send.defaultButton,
  }
}
