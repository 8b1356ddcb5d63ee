/** The numbers of a pool: what each can do now, and where it stands against its limits. */

import { type ReactNode, useState } from 'react'
import type { InstancesAnswer, PoolAnswer } from '../../gateway/src/console/instance-answers.js'
import { ask } from './api.js'
import { type App, useApp } from './app.js'
import { Field, Form, SelectField, type Values } from './form.js'
import { Question } from './guarded.js'
import { dayText, durationText } from './moments.js'
import { Card, Link } from './parts.js'
import { poolsPath } from './pools-page.js'
import { useReadAgain, useReading } from './reading.js'
import { Pill } from './status.js'
import { Table } from './table.js'

type Member = PoolAnswer['members'][number]

const toneOf = {
  ready: 'good',
  full: 'warn',
  restricted: 'warn',
  coming: 'busy',
  away: 'bad',
} as const

interface MembersProps {
  readonly pool: PoolAnswer
}

export function PoolMembers({ pool }: MembersProps) {
  const app = useApp()
  const words = app.words.pools
  const [asked, setAsked] = useState<string>()
  return (
    <Card title={words.members}>
      {pool.members.length === 0 && <p className="empty">{words.noMembers}</p>}
      {pool.members.length > 0 && (
        <Table
          caption={words.members}
          columns={[
            { heading: words.name },
            { heading: words.state, class: 'column-marks' },
            { heading: words.wait, class: 'column-number' },
            { heading: words.today, class: 'column-kind' },
            { heading: words.weight, class: 'column-number' },
            { heading: <span className="unseen">{words.remove}</span>, class: 'column-action' },
          ]}
          rows={pool.members.map((member) => ({
            key: member.instanceId,
            cells: cellsOf(
              app,
              member,
              () => setAsked(member.instanceId),
              member.instanceId === asked && (
                <Remove poolId={pool.id} member={member} close={() => setAsked(undefined)} />
              ),
            ),
          }))}
        />
      )}
      <Add pool={pool} />
    </Card>
  )
}

interface RemoveProps {
  readonly poolId: string
  readonly member: Member
  readonly close: () => void
}

function Remove({ poolId, member: { instanceId, name }, close }: RemoveProps) {
  const app = useApp()
  const words = app.words.pools
  const readAgain = useReadAgain()
  const remove = async (): Promise<void> => {
    await ask('DELETE', `${poolsPath}/${poolId}/members/${instanceId}`)
    await readAgain(poolsPath)
    app.say(words.removed)
  }
  return (
    <Question
      ask={words.removeOf(name)}
      really={words.removeReally}
      yes={words.removeYes}
      act={remove}
      close={close}
    />
  )
}

function cellsOf(app: App, member: Member, askToRemove: () => void, question: ReactNode) {
  const words = app.words.pools
  const { instanceId: id, name, state, restrictedUntil, expected, weight } = member
  const waitMs = expected.high === null ? undefined : expected.high * 1_000
  return [
    {
      // The question is a sentence; a name has one line.
      ...(question !== false && { class: 'wraps' }),
      content: (
        <>
          <Link
            to={{ page: 'instance', id, tab: 'overview', item: undefined }}
            className="row-link"
          >
            {name}
          </Link>
          {question}
        </>
      ),
    },
    {
      content: (
        <>
          <Pill tone={toneOf[state]}>{words.states[state]}</Pill>
          {restrictedUntil !== null && (
            <p className="hint">{words.restrictedUntil(dayText(app, restrictedUntil))}</p>
          )}
        </>
      ),
    },
    {
      class: 'number',
      content: waitMs === undefined ? '—' : waitMs === 0 ? '0 s' : durationText(app, waitMs),
      label: words.wait,
    },
    { content: <Today member={member} />, label: words.today },
    { class: 'number', content: weight, label: words.weight },
    {
      content: (
        <button
          type="button"
          className="small danger"
          aria-label={words.removeOf(name)}
          onClick={askToRemove}
        >
          {words.remove}
        </button>
      ),
    },
  ]
}

function Today({ member: { today } }: { readonly member: Member }) {
  const words = useApp().words.pools
  const { messages, mostMessages, newPeople, mostNewPeople, warmUpDay, warmUpPool } = today
  const more = [
    ...(mostNewPeople === null ? [] : [words.newPeople(newPeople, mostNewPeople)]),
    ...(warmUpDay === null ? [] : [words.warmUpDay(warmUpDay, warmUpPool === null)]),
  ]
  return (
    <div>
      <span className="number">{words.of(messages, mostMessages)}</span>
      {more.map((each) => (
        <p className="hint" key={each}>
          {each}
        </p>
      ))}
    </div>
  )
}

function Add({ pool }: MembersProps) {
  const { words, say } = useApp()
  const readAgain = useReadAgain()
  const { data } = useReading<InstancesAnswer>('instances', { everyMs: 30_000 })
  const [first] = data?.instances ?? []
  if (data === undefined || first === undefined) return undefined
  const add = async (values: Values): Promise<undefined> => {
    const path = `${poolsPath}/${pool.id}/members/${values.text('member')}`
    await ask('PUT', path, { weight: Number(values.text('weight')) })
    await readAgain(poolsPath)
    say(words.saved)
  }
  return (
    <>
      <h3>{words.pools.add}</h3>
      <Form submit={words.pools.addSubmit} act={add}>
        <div className="columns">
          <SelectField
            name="member"
            label={words.pools.number}
            first={first.id}
            options={data.instances.map(({ id, name }) => [id, name] as const)}
          />
          <Field
            name="weight"
            label={words.pools.weight}
            hint={words.pools.weightHint}
            type="number"
            min={1}
            max={100}
            step={1}
            defaultValue={1}
          />
        </div>
      </Form>
    </>
  )
}
