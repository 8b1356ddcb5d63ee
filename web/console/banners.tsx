/**
 * What is wrong with a number or with a receiver of its callbacks, on every tab of it.
 *
 * Nothing moves by itself: what was wrong when the tab was opened stands above its content and keeps its place
 * when it is over; what comes later stands at the bottom of the screen until the tab is opened again.
 */

import { useState } from 'react'
import type { InstanceAnswer, TroubleAnswer } from '../../gateway/src/console/instance-answers.js'
import { useApp } from './app.js'
import { bannerWords } from './words/banners.js'
import { dayText } from './moments.js'
import { Link } from './parts.js'
import type { Tab } from './route.js'
import { troubleText } from './trouble-text.js'

interface BannersProps {
  readonly instance: InstanceAnswer
  readonly tab: Tab
  /** Above the content, or at the bottom of the screen. */
  readonly place: 'top' | 'bottom'
  readonly first: FirstTroubles
}

/** What was wrong when the tab was opened. */
interface FirstTroubles {
  readonly keys: readonly string[]
  /** Without those that another part of the tab shows. */
  readonly shown: readonly TroubleAnswer[]
}

/** Give the tab as its `key`: each tab starts with its own troubles. */
export function useFirstTroubles(instance: InstanceAnswer, tab: Tab): FirstTroubles {
  const { troubles } = instance
  const [first] = useState(() => ({
    keys: troubles.map(({ key }) => key),
    shown: troubles.filter((each) => !isToldElsewhere(each, instance, tab)),
  }))
  return first
}

export function Banners({ instance, tab, place, first }: BannersProps) {
  const now = instance.troubles
  const later = now.filter(
    (each) => !first.keys.includes(each.key) && !isToldElsewhere(each, instance, tab),
  )
  const shown = place === 'top' ? first.shown : later
  if (shown.length === 0) return undefined
  return (
    <div className={`banners banners--${place}`}>
      {shown.map((trouble) => {
        const current = now.find(({ key }) => key === trouble.key)
        return (
          <Banner
            key={trouble.key}
            id={instance.id}
            trouble={current ?? trouble}
            isOver={current === undefined}
            tab={tab}
          />
        )
      })}
    </div>
  )
}

/** The overview explains a lost connection, and a receiver that answered 410 has a banner with a button. */
function isToldElsewhere(
  { kind, host }: TroubleAnswer,
  { disabledEndpoints }: InstanceAnswer,
  tab: Tab,
): boolean {
  if (kind === 'number-down' || kind === 'number-banned') return tab === 'overview'
  if (kind !== 'receiver-failing') return false
  return disabledEndpoints.some(({ url }) => URL.canParse(url) && new URL(url).host === host)
}

interface BannerProps {
  /** Of the instance. */
  readonly id: string
  readonly trouble: TroubleAnswer
  readonly isOver: boolean
  readonly tab: Tab
}

const tabOf: Readonly<Partial<Record<TroubleAnswer['kind'], Tab>>> = {
  'number-down': 'overview',
  'number-banned': 'overview',
  'receiver-failing': 'callbacks',
  'queue-late': 'queue',
}

function Banner({ id, trouble, isOver, tab }: BannerProps) {
  const app = useApp()
  const words = bannerWords[app.language]
  const { cause, cure } = troubleText(app, trouble)
  const { kind, host, since } = trouble
  const there = tabOf[kind]
  const tone = kind === 'number-restricted' || kind === 'queue-late' ? 'warning' : 'problem'
  return (
    <div className={`${tone} banner`} data-over={isOver || undefined} role="status">
      <p>
        <strong>
          {host !== undefined && `${words.receiver(host)} `}
          {cause}
        </strong>
      </p>
      <p>{cure}</p>
      <p className="faint small-text">
        {isOver ? words.over : since !== undefined && app.words.overview.since(dayText(app, since))}
        {there !== undefined && there !== tab && (
          <Link to={{ page: 'instance', id, tab: there, item: undefined }}>
            {words.open(app.words.tabs[there])}
          </Link>
        )}
      </p>
    </div>
  )
}
