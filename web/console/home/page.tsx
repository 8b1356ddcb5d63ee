/** The home: all instances, what is wrong with each, and the day so far. */

import { useState } from 'react'
import type { HomeAnswer } from '../../../gateway/src/console/home-answers.js'
import type { CreatedInstanceAnswer } from '../../../gateway/src/console/instance-answers.js'
import { useTexts } from '../../shared/texts.js'
import { ask } from '../api.js'
import { useApp } from '../app.js'
import { Field, Form, type Values } from '../form.js'
import { HeldTable } from '../held-table.js'
import { Page } from '../page.js'
import { Problem, Skeleton } from '../parts.js'
import { useKept, useReadAgain, useReading } from '../reading.js'
import { useMay, WhyNot } from '../role.js'
import { go, useSearch } from '../route.js'
import { TokenCard } from '../token-card.js'
import { HomeBar } from './bar.js'
import { Counters } from './counters.js'
import { useHomeRow } from './row.js'
import { severityOf, shownOf } from './view.js'
import { homeTexts } from './words.js'

interface Made {
  /** Its token is shown until the person has it. */
  readonly instance: CreatedInstanceAnswer | undefined
}

export function HomePage() {
  const words = useApp().words.instances
  const home = useTexts(homeTexts)
  const path = `home?since=${todayBegan()}`
  const { data, refusal, isRead } = useReading<HomeAnswer>(path, { everyMs: 30_000 })
  const [made, setMade] = useKept('made', (): Made => ({ instance: undefined }))
  const [isCreating, setCreating] = useState(false)
  const mayCreate = useMay('administrator')
  const pairNext = (id: string): void => {
    setMade({ instance: undefined })
    go({ page: 'instance', id, tab: 'overview', item: undefined })
  }
  return (
    <Page
      title={words.title}
      lead={
        <>
          <p className="lead">{home.lead}</p>
          <WhyNot least="administrator" />
        </>
      }
      beside={
        <button
          type="button"
          className="filled"
          disabled={!mayCreate}
          onClick={() => setCreating(true)}
        >
          {words.create}
        </button>
      }
    >
      {made.instance && <TokenCard {...made.instance} done={pairNext} />}
      {isCreating && (
        <Create made={(instance) => setMade({ instance })} close={() => setCreating(false)} />
      )}
      {data === undefined && <Problem refusal={refusal} />}
      {data === undefined && refusal === undefined && <Skeleton rows={10} />}
      {data !== undefined && <Home answer={data} isRead={isRead} />}
    </Page>
  )
}

function todayBegan(): number {
  return new Date().setHours(0, 0, 0, 0)
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
    await readAgain('instances', 'home')
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

interface HomeProps {
  readonly answer: HomeAnswer
  readonly isRead: boolean
}

function Home({ answer, isRead }: HomeProps) {
  const { words } = useApp()
  const home = useTexts(homeTexts)
  const search = useSearch()
  const rowOf = useHomeRow()
  const { instances } = answer
  const shown = shownOf(instances, search)
  const worst = shown.filter(({ troubles }) => troubles.length > 0)
  return (
    <>
      <Counters answer={answer} search={search} />
      <section className="card paged home">
        {instances.length > 0 && <HomeBar instances={instances} search={search} />}
        <HeldTable
          key={search.toString()}
          items={shown}
          reading={answer}
          isRead={isRead}
          pages={1}
          isWhole
          order={worst.map((instance) => `${instance.id} ${severityOf(instance)}`).join()}
          keyOf={({ id }) => id}
          caption={words.instances.title}
          columns={[
            { heading: words.instances.name },
            { heading: home.state, class: 'column-stand' },
            { heading: home.today, class: 'column-figure' },
            { heading: home.queued, class: 'column-figure' },
            { heading: home.lastMessage, class: 'column-figure' },
            { heading: home.callbacks, class: 'column-figure' },
          ]}
          rowOf={rowOf}
          empty={instances.length === 0 ? words.instances.empty : home.none}
        />
      </section>
    </>
  )
}
