/** All instances, and making another one. */

import { useState } from 'react'
import type {
  CreatedInstanceAnswer,
  InstanceSummary,
  InstancesAnswer,
} from '../../gateway/src/console/instance-answers.js'
import { ask } from './api.js'
import { useApp } from './app.js'
import { Field, Form, type Values } from './form.js'
import { phoneText } from './moments.js'
import { Page } from './page.js'
import { Link, Pill, Problem, Skeleton, StatePill } from './parts.js'
import { useKept, useReadAgain, useReading } from './reading.js'
import { type Row, Table } from './table.js'
import { TokenCard } from './token-card.js'

interface Made {
  /** Its token is shown until the person has it. */
  readonly instance: CreatedInstanceAnswer | undefined
}

export function InstancesPage() {
  const words = useApp().words.instances
  const { data, refusal } = useReading<InstancesAnswer>('instances', { everyMs: 30_000 })
  const [made, setMade] = useKept('made', (): Made => ({ instance: undefined }))
  const [isCreating, setCreating] = useState(false)
  return (
    <Page
      title={words.title}
      lead={<p className="lead">{words.lead}</p>}
      beside={
        <button type="button" className="filled" onClick={() => setCreating(true)}>
          {words.create}
        </button>
      }
    >
      {made.instance && (
        <TokenCard {...made.instance} done={() => setMade({ instance: undefined })} />
      )}
      {isCreating && (
        <Create made={(instance) => setMade({ instance })} close={() => setCreating(false)} />
      )}
      <Problem refusal={refusal} />
      {data === undefined ? <Skeleton rows={4} /> : <List instances={data.instances} />}
    </Page>
  )
}

interface CreateProps {
  readonly made: (instance: CreatedInstanceAnswer) => void
  readonly close: () => void
}

function Create({ made, close }: CreateProps) {
  const { words } = useApp()
  const readAgain = useReadAgain()
  const create = async (values: Values): Promise<undefined> => {
    const name = values.text('name')
    made(await ask<CreatedInstanceAnswer>('POST', 'instances', { name }))
    close()
    await readAgain('instances')
  }
  return (
    <section className="card">
      <h2>{words.instances.create}</h2>
      <Form
        submit={words.instances.submit}
        act={create}
        beside={
          <button type="button" onClick={close}>
            {words.cancel}
          </button>
        }
      >
        <Field
          name="name"
          label={words.instances.name}
          hint={words.instances.nameHint}
          maxLength={255}
          autoFocus
        />
      </Form>
    </section>
  )
}

function List({ instances }: InstancesAnswer) {
  const words = useApp().words.instances
  if (instances.length === 0) return <p className="empty">{words.empty}</p>
  return (
    <Table
      caption={words.title}
      headings={[words.name, words.number, words.state, words.waiting]}
      rows={instances.map((instance) => rowOf(words, instance))}
    />
  )
}

type InstancesWords = ReturnType<typeof useApp>['words']['instances']

function rowOf(words: InstancesWords, instance: InstanceSummary): Row {
  const { id, name, phone, state, waiting } = instance
  const isPaired = phone !== undefined
  return {
    key: id,
    cells: [
      {
        content: (
          <Link
            to={{ page: 'instance', id, tab: 'overview', item: undefined }}
            className="row-link"
          >
            {name}
          </Link>
        ),
      },
      {
        class: isPaired ? 'number' : 'faint',
        content: isPaired ? phoneText(phone) : words.unpaired,
      },
      {
        content: (
          <span className="pills">
            <StatePill state={state} />
            {instance.restrictedUntil !== undefined && <Pill tone="warn">{words.restricted}</Pill>}
            {instance.cancelledAt !== undefined && <Pill tone="bad">{words.outOfUse}</Pill>}
          </span>
        ),
      },
      { class: 'number', content: waiting, label: words.waiting },
    ],
  }
}
