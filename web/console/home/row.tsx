/** One instance in the list of the home. Every row has two lines, so that none grows while it is looked at. */

import type { ReactNode } from 'react'
import type { HomeInstance } from '../../../gateway/src/console/home-answers.js'
import type { TroubleAnswer } from '../../../gateway/src/console/instance-answers.js'
import { useTexts } from '../../shared/texts.js'
import { type App, useApp } from '../app.js'
import { countText, durationText, momentText, phoneText } from '../moments.js'
import { Link } from '../parts.js'
import { InstanceMark, Pill } from '../status.js'
import type { Row } from '../table.js'
import { troubleText } from '../trouble-text.js'
import { type HomeWords, homeTexts } from './words.js'

export function useHomeRow(): (instance: HomeInstance) => Omit<Row, 'key'> {
  const app = useApp()
  const words = useTexts(homeTexts)
  return (instance) => rowOf(app, words, instance)
}

const receiverTones = { none: 'quiet', good: 'good', paused: 'warn', failing: 'bad' } as const

function rowOf(app: App, words: HomeWords, instance: HomeInstance): Omit<Row, 'key'> {
  const { id, name, phone, tags, waiting, waitMs, lastMessageAt, receivers } = instance
  const number = phone === undefined ? app.words.instances.unpaired : phoneText(phone)
  return {
    cells: [
      {
        content: (
          <Lines below={[number, ...tags].join(' · ')}>
            <Link
              to={{ page: 'instance', id, tab: 'overview', item: undefined }}
              className="row-link"
            >
              {name}
            </Link>
          </Lines>
        ),
      },
      {
        content: (
          <Lines below={instance.troubles.map((each) => shortText(app, words, each)).join(' · ')}>
            <InstanceMark {...instance} />
          </Lines>
        ),
      },
      {
        class: 'number',
        label: words.today,
        content: (
          <Lines below={badText(app, words, instance)} isBad>
            {countText(app, instance.today.sent)}
          </Lines>
        ),
      },
      {
        class: 'number',
        label: words.queued,
        content: (
          <Lines
            below={
              waitMs === undefined || waiting === 0 ? '' : words.wait(durationText(app, waitMs))
            }
          >
            {countText(app, waiting)}
          </Lines>
        ),
      },
      {
        class: 'number',
        label: words.lastMessage,
        content: lastMessageAt === undefined ? '—' : momentText(app, lastMessageAt),
      },
      {
        label: words.callbacks,
        content: <Pill tone={receiverTones[receivers]}>{words.receivers[receivers]}</Pill>,
      },
    ],
  }
}

/** One line has room for it: the banner of the number has the whole text. */
function shortText(app: App, words: HomeWords, trouble: TroubleAnswer): string {
  const { kind, until, host } = trouble
  if (kind === 'number-restricted' && until !== undefined)
    return words.restricted(momentText(app, until))
  if (kind === 'receiver-failing' && host !== undefined) return words.receiver(host)
  return troubleText(app, trouble).cause
}

function badText(app: App, words: HomeWords, { today: { failed, late } }: HomeInstance): string {
  const parts = [
    failed === 0 ? undefined : words.notSent(countText(app, failed)),
    late === 0 ? undefined : words.lateCodes(countText(app, late)),
  ]
  return parts.filter((part) => part !== undefined).join(' · ')
}

interface LinesProps {
  readonly children: ReactNode
  readonly below: string
  readonly isBad?: boolean
}

function Lines({ children, below, isBad = false }: LinesProps) {
  return (
    <>
      <span className="lines__first">{children}</span>
      <span className={isBad ? 'lines__below lines__below--bad' : 'lines__below'} title={below}>
        <span key={below}>{below}</span>
      </span>
    </>
  )
}
