/** One instance: its name and state, and a tab for each thing to do with it. */

import { type ComponentType, lazy, Suspense, useEffect, useRef } from 'react'
import type { InstanceAnswer } from '../../gateway/src/console/instance-answers.js'
import { Refusal } from './api.js'
import { useApp } from './app.js'
import { Banners, useFirstTroubles } from './banners.js'
import { DisabledEndpoints } from './disabled-endpoints.js'
import { OutOfUse } from './ending.js'
import { MessagesTab } from './messages-tab.js'
import { phoneText } from './moments.js'
import { OverviewTab } from './overview-tab.js'
import { Page } from './page.js'
import { Link, Problem, Skeleton } from './parts.js'
import { useReading } from './reading.js'
import { type Route, type Tab, tabs } from './route.js'
import { SendTab } from './send-tab.js'
import { InstanceMark } from './status.js'
import { Tags } from './tags.js'

type InstanceRoute = Extract<Route, { page: 'instance' }>

interface TabProps {
  readonly instance: InstanceAnswer
  /** The message, chat or callback that is opened. */
  readonly item: string | undefined
}

/** A tab that is loaded when it is opened. */
function loaded(load: () => Promise<ComponentType<TabProps>>): ComponentType<TabProps> {
  const Loaded = lazy(async () => ({ default: await load() }))
  return (props) => (
    <Suspense fallback={<Skeleton rows={8} />}>
      <Loaded {...props} />
    </Suspense>
  )
}

const tabOf: Readonly<Record<Tab, ComponentType<TabProps>>> = {
  overview: OverviewTab,
  send: SendTab,
  messages: MessagesTab,
  chats: loaded(async () => (await import('./chats/tab.js')).ChatsTab),
  queue: loaded(async () => (await import('./queue-tab.js')).QueueTab),
  callbacks: loaded(async () => (await import('./callbacks/tab.js')).CallbacksTab),
  settings: loaded(async () => (await import('./settings/tab.js')).SettingsTab),
  health: loaded(async () => (await import('./health-tab.js')).HealthTab),
}

export function InstancePage({ route }: { readonly route: InstanceRoute }) {
  const { words } = useApp()
  const { data, refusal } = useReading<InstanceAnswer>(`instances/${route.id}`, { everyMs: 30_000 })
  const isUnknown = refusal instanceof Refusal && refusal.status === 404
  if (isUnknown || data === undefined)
    return (
      <main id="content">
        {isUnknown ? (
          <p className="empty">{words.unknownInstance}</p>
        ) : (
          <Problem refusal={refusal} />
        )}
        {refusal === undefined && <Skeleton rows={6} />}
      </main>
    )
  return (
    <Page
      title={data.name}
      lead={
        <p className="lead number pills" key={data.phone}>
          {data.phone === undefined ? words.instances.unpaired : phoneText(data.phone)}
          <InstanceMark {...data} />
        </p>
      }
      beside={<Tags key={data.id} instance={data} />}
    >
      <Tabs route={route} waiting={data.waiting} />
      <OpenTab key={route.tab} instance={data} item={route.item} tab={route.tab} />
      <OutOfUse instance={data} />
    </Page>
  )
}

function OpenTab({ tab, ...props }: TabProps & { readonly tab: Tab }) {
  const { instance } = props
  const first = useFirstTroubles(instance, tab)
  const Open = tabOf[tab]
  const shown = { instance, tab, first }
  return (
    <>
      <div className="tab">
        <DisabledEndpoints instance={instance} />
        <Banners place="top" {...shown} />
        <Open {...props} />
      </div>
      <Banners place="bottom" {...shown} />
    </>
  )
}

interface TabsProps {
  readonly route: InstanceRoute
  readonly waiting: number
}

function Tabs({ route: { id, tab }, waiting }: TabsProps) {
  const { words } = useApp()
  const nav = useRef<HTMLElement>(null)
  useEffect(() => {
    nav.current
      ?.querySelector(`[data-tab=${tab}]`)
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [tab])
  return (
    <nav className="tabs" aria-label={words.nav.instances} ref={nav}>
      {tabs.map((each) => (
        <Link
          key={each}
          to={{ page: 'instance', id, tab: each, item: undefined }}
          data-tab={each}
          aria-current={each === tab ? 'page' : undefined}
        >
          {words.tabs[each]}
          {each === 'queue' && <Count count={waiting} />}
        </Link>
      ))}
    </nav>
  )
}

/** Its place is there without it, too. */
function Count({ count }: { readonly count: number }) {
  return (
    <span className="count" data-empty={count === 0 || undefined}>
      {count > 99 ? '99+' : count}
    </span>
  )
}
