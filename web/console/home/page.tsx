/** The home: all instances, what is wrong with each, and the day so far. */

import type { HomeAnswer } from '../../../gateway/src/console/home-answers.js'
import { useTexts } from '../../shared/texts.js'
import { useApp } from '../app.js'
import { CreationPage } from '../creation-page.js'
import { HeldTable } from '../held-table.js'
import { Problem, Skeleton } from '../parts.js'
import { useReading } from '../reading.js'
import { go, useSearch } from '../route.js'
import { HomeBar } from './bar.js'
import { Counters } from './counters.js'
import { useHomeRow } from './row.js'
import { severityOf, shownOf } from './view.js'
import { homeTexts } from './words.js'

export function HomePage() {
  const words = useApp().words.instances
  const home = useTexts(homeTexts)
  const path = `home?since=${todayBegan()}`
  const { data, refusal, isRead } = useReading<HomeAnswer>(path, { everyMs: 30_000 })
  return (
    <CreationPage
      of="instance"
      words={words}
      lead={home.lead}
      path="instances"
      lists={['instances', 'home']}
      open={(id) => go({ page: 'instance', id, tab: 'overview', item: undefined })}
    >
      {data === undefined && <Problem refusal={refusal} />}
      {data === undefined && refusal === undefined && <Skeleton rows={10} />}
      {data !== undefined && <Home answer={data} isRead={isRead} />}
    </CreationPage>
  )
}

function todayBegan(): number {
  return new Date().setHours(0, 0, 0, 0)
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
