/** One pool: how it stands, its numbers, what moved between them, and its settings. */

import { useState } from 'react'
import type { InstanceAnswer, PoolAnswer } from '../../gateway/src/console/instance-answers.js'
import { AgentsCard } from './agents-card.js'
import { ask, Refusal } from './api.js'
import { type App, useApp } from './app.js'
import { CodeTimes } from './code-times.js'
import { LazyFirstCall } from './first-call/lazy.js'
import { Guarded } from './guarded.js'
import { dayText, durationText } from './moments.js'
import { Page } from './page.js'
import { Card, Copyable, Facts, Problem, Skeleton } from './parts.js'
import { PoolMembers } from './pool-members.js'
import { PoolMoves } from './pool-moves.js'
import { poolsPath } from './pools-page.js'
import { useReadAgain, useReading } from './reading.js'
import { Needs } from './role.js'
import { go } from './route.js'
import { SendingLimits } from './sending-limits.js'
import { Callers, Token } from './settings/access.js'
import { Addresses } from './settings/callbacks.js'

/** The events of a message that go to the pool's own address. */
const kinds = ['message.sent', 'message.failed', 'message.status-changed'] as const

interface PoolProps {
  readonly pool: PoolAnswer
}

export function PoolPage({ id }: { readonly id: string }) {
  const { words } = useApp()
  const { data, refusal } = useReading<PoolAnswer>(`${poolsPath}/${id}`, { everyMs: 5_000 })
  const isUnknown = refusal instanceof Refusal && refusal.status === 404
  if (isUnknown || data === undefined)
    return (
      <main id="content">
        {isUnknown ? <p className="empty">{words.pools.unknown}</p> : <Problem refusal={refusal} />}
        {refusal === undefined && <Skeleton rows={6} />}
      </main>
    )
  return (
    <Page title={data.name} lead={<p className="lead">{words.pools.lead}</p>}>
      <div className="tab">
        <Standing pool={data} />
        <Needs least="administrator">
          <PoolMembers pool={data} />
        </Needs>
        <FirstCall pool={data} />
        <PoolMoves id={id} />
        <Settings id={id} />
        <Needs least="administrator">
          <Delete pool={data} />
        </Needs>
      </div>
    </Page>
  )
}

function waitText(app: App, seconds: number | null): string {
  const words = app.words.pools
  return seconds === null ? words.cannot : words.leavesIn(durationText(app, seconds * 1_000))
}

function Standing({ pool: { id, created, expected, waiting } }: PoolProps) {
  const app = useApp()
  const words = app.words.pools
  return (
    <Card title={words.standing}>
      <Facts
        rows={[
          [words.code, waitText(app, expected.high)],
          [words.text, waitText(app, expected.normal)],
          [words.waiting, words.waits(waiting.high, waiting.normal + waiting.low)],
          [words.id, <Copyable key="id" text={id} label={words.id} />],
          [words.created, dayText(app, Date.parse(created))],
        ]}
      />
      <p className="hint">{words.forecastHint}</p>
    </Card>
  )
}

function FirstCall({ pool: { id } }: PoolProps) {
  const { words } = useApp()
  const [isShown, setShown] = useState(false)
  return (
    <Card title={words.token.firstCall} least="administrator">
      {isShown ? (
        <LazyFirstCall of="pool" id={id} />
      ) : (
        <button type="button" onClick={() => setShown(true)}>
          {words.pools.showFirstCall}
        </button>
      )}
    </Card>
  )
}

/** A pool has settings as an instance has. */
function Settings({ id }: { readonly id: string }) {
  const { words } = useApp()
  const { data } = useReading<InstanceAnswer>(`instances/${id}`, { everyMs: 60_000 })
  if (data === undefined) return <Skeleton rows={6} />
  return (
    <>
      <Addresses instance={data} kinds={kinds} hint={words.pools.addressesHint} />
      <SendingLimits id={id} isPool />
      <CodeTimes instance={data} />
      <Callers instance={data} />
      <Token instance={data} />
      <AgentsCard id={id} />
    </>
  )
}

function Delete({ pool: { id } }: PoolProps) {
  const words = useApp().words.pools
  const readAgain = useReadAgain()
  return (
    <Card title={words.delete}>
      <p className="hint">{words.deleteHint}</p>
      <Guarded
        ask={words.delete}
        really={words.deleteReally}
        yes={words.deleteYes}
        act={async () => {
          await ask('DELETE', `${poolsPath}/${id}`)
          go({ page: 'pools' })
          await readAgain(poolsPath)
        }}
      />
    </Card>
  )
}
