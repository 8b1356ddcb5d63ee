/** How much a number, or a pool, may send a day, and where it stands today. */

import type { SendingLimitsAnswer } from '../../gateway/src/console/instance-answers.js'
import { ask } from './api.js'
import { useApp } from './app.js'
import { Field, Form, SelectField, TickField, type Values } from './form.js'
import { dayText } from './moments.js'
import { Card, Facts, Link } from './parts.js'
import { useReadAgain, useReading } from './reading.js'

interface SendingLimitsProps {
  readonly id: string
  /** The warm-up of a pool is for its members. */
  readonly isPool: boolean
}

/** `null`: as the pools say. */
const warmUpChoices = ['null', 'true', 'false'] as const

function chosenIn(values: Values): boolean | null {
  const chosen = values.text('warmUp')
  return chosen === 'null' ? null : chosen === 'true'
}

const recommended = {
  dailyMessages: '1000',
  dailyNewPeople: '50',
  quietFrom: '21:00',
  quietTo: '08:00',
}

export function SendingLimits({ id, isPool }: SendingLimitsProps) {
  const { words, say } = useApp()
  const path = `instances/${id}/call/sending-limits`
  const { data } = useReading<SendingLimitsAnswer>(path, { everyMs: 30_000 })
  const readAgain = useReadAgain()
  if (data === undefined) return undefined
  const save = async (values: Values): Promise<undefined> => {
    await ask('PUT', `instances/${id}/call/update-sending-limits`, {
      dailyMessages: Number(values.text('dailyMessages')),
      dailyNewPeople: Number(values.text('dailyNewPeople')),
      quietFrom: values.text('quietFrom'),
      quietTo: values.text('quietTo'),
      timeZone: values.text('timeZone'),
      warmUp: isPool ? values.isOn('warmUp') : chosenIn(values),
      limitCodes: values.isOn('limitCodes'),
    })
    await readAgain(path)
    say(words.saved)
  }
  return (
    <Card title={words.limits.title} least="operator">
      <p className="hint">{words.limits.hint}</p>
      <Today data={data} />
      <Form submit={words.save} act={save} beside={<Recommend />}>
        <LimitFields data={data} />
        {isPool ? (
          <TickField
            name="warmUp"
            label={words.limits.warmUpOfPool}
            hint={words.limits.warmUpOfPoolHint}
            isOn={data.warmUp === true}
          />
        ) : (
          <SelectField
            name="warmUp"
            label={words.limits.warmUp}
            hint={words.limits.warmUpHint}
            first={String(data.warmUp)}
            options={warmUpChoices.map((choice) => [choice, words.limits.warmUpChoices[choice]])}
          />
        )}
        <TickField name="limitCodes" label={words.limits.limitCodes} isOn={data.limitCodes} />
      </Form>
    </Card>
  )
}

function Today({ data }: { readonly data: SendingLimitsAnswer }) {
  const app = useApp()
  const words = app.words.limits
  const { messages, mostMessages, mostFrom, newPeople, warmUpDay, warmUpPool, endsAt } = data.today
  return (
    <Facts
      rows={[
        [words.sentToday, words.of(messages, mostMessages)],
        ...(mostFrom === null
          ? []
          : [[words.mostFrom, <Source key="from" from={mostFrom} pool={warmUpPool} />] as const]),
        ...(data.dailyNewPeople === 0
          ? []
          : [[words.newPeopleToday, words.of(newPeople, data.dailyNewPeople)] as const]),
        ...(warmUpDay === null ? [] : [[words.warmUpDay, words.of(warmUpDay, 14)] as const]),
        [words.dayEnds, dayText(app, endsAt)],
      ]}
    />
  )
}

interface SourceProps {
  readonly from: NonNullable<SendingLimitsAnswer['today']['mostFrom']>
  readonly pool: string | null
}

function Source({ from, pool }: SourceProps) {
  const text = useApp().words.limits.sources[from]
  return from === 'pool-warm-up' && pool !== null ? (
    <Link to={{ page: 'pool', id: pool }}>{text}</Link>
  ) : (
    text
  )
}

function LimitFields({ data }: { readonly data: SendingLimitsAnswer }) {
  const words = useApp().words.limits
  const isOff =
    data.dailyMessages + data.dailyNewPeople === 0 && data.warmUp !== true && data.quietFrom === ''
  // The first limits are for the place of the person who sets them.
  const timeZone = isOff ? new Intl.DateTimeFormat().resolvedOptions().timeZone : data.timeZone
  const count = { type: 'number', min: 0, max: 1_000_000, step: 1 } as const
  return (
    <div className="columns">
      <Field
        {...count}
        name="dailyMessages"
        label={words.dailyMessages}
        hint={words.zeroIsNone}
        defaultValue={data.dailyMessages}
      />
      <Field
        {...count}
        name="dailyNewPeople"
        label={words.dailyNewPeople}
        hint={words.newPeopleHint}
        defaultValue={data.dailyNewPeople}
      />
      <Field
        name="quietFrom"
        label={words.quietFrom}
        hint={words.quietHint}
        type="time"
        required={false}
        defaultValue={data.quietFrom}
      />
      <Field
        name="quietTo"
        label={words.quietTo}
        type="time"
        required={false}
        defaultValue={data.quietTo}
      />
      <Field
        name="timeZone"
        label={words.timeZone}
        hint={words.timeZoneHint}
        defaultValue={timeZone}
        maxLength={64}
      />
    </div>
  )
}

function fillIn(form: HTMLFormElement | null): void {
  for (const [name, value] of Object.entries(recommended)) {
    const field = form?.elements.namedItem(name)
    if (field instanceof HTMLInputElement) field.value = value
  }
  const warmUp = form?.elements.namedItem('warmUp')
  if (warmUp instanceof HTMLInputElement) warmUp.checked = true
  if (warmUp instanceof HTMLSelectElement) warmUp.value = 'true'
}

function Recommend() {
  const words = useApp().words.limits
  return (
    <button type="button" onClick={({ currentTarget }) => fillIn(currentTarget.form)}>
      {words.recommend}
    </button>
  )
}
