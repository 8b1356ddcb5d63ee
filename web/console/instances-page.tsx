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
import { HeldTable } from './held-table.js'
import { phoneText } from './moments.js'
import { Page } from './page.js'
import { Link, Problem, Skeleton } from './parts.js'
import { useKept, useReadAgain, useReading } from './reading.js'
import { go } from './route.js'
import { InstanceMark } from './status.js'
import type { Row } from './table.js'
import { TokenCard } from './token-card.js'

interface Made {
  /** Its token is shown until the person has it. */
  readonly instance: CreatedInstanceAnswer | undefined
}

export function InstancesPage() {
  const words = useApp().words.instances
  const { data, refusal, isRead } = useReading<InstancesAnswer>('instances', { everyMs: 30_000 })
  const [made, setMade] = useKept('made', (): Made => ({ instance: undefined }))
  const [isCreating, setCreating] = useState(false)
  const pairNext = (id: string): void => {
    setMade({ instance: undefined })
    go({ page: 'instance', id, tab: 'overview', item: undefined })
  }
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
      {made.instance && <TokenCard {...made.instance} done={pairNext} />}
      {isCreating && (
        <Create made={(instance) => setMade({ instance })} close={() => setCreating(false)} />
      )}
      {data === undefined && <Problem refusal={refusal} />}
      {data === undefined && refusal === undefined && <Skeleton rows={4} />}
      {data !== undefined && <List answer={data} isRead={isRead} />}
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

interface ListProps {
  readonly answer: InstancesAnswer
  readonly isRead: boolean
}

function List({ answer, isRead }: ListProps) {
  const words = useApp().words.instances
  return (
    <section className="card paged">
      <HeldTable
        items={answer.instances}
        reading={answer}
        isRead={isRead}
        pages={1}
        isWhole
        keyOf={({ id }) => id}
        caption={words.title}
        columns={[
          { heading: words.name },
          { heading: words.number, class: 'column-kind' },
          { heading: words.state, class: 'column-marks' },
          { heading: words.waiting, class: 'column-number' },
        ]}
        rowOf={(instance) => rowOf(words, instance)}
        empty={words.empty}
      />
    </section>
  )
}

type InstancesWords = ReturnType<typeof useApp>['words']['instances']

function rowOf(words: InstancesWords, instance: InstanceSummary): Omit<Row, 'key'> {
  const { id, name, phone, waiting } = instance
  const isPaired = phone !== undefined
  return {
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
      { content: <InstanceMark {...instance} /> },
      { class: 'number', content: waiting, label: words.waiting },
    ],
  }
}
