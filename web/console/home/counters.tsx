/** How many numbers stand how, each a filter, and what became of the messages of today. */

import type { HomeAnswer } from '../../../gateway/src/console/home-answers.js'
import { useTexts } from '../../shared/texts.js'
import { useApp } from '../app.js'
import { countText, durationText } from '../moments.js'
import { Link } from '../parts.js'
import { setSearch } from '../route.js'
import { filtered, standingOf, standings } from './view.js'
import { homeTexts } from './words.js'

interface CountersProps {
  readonly answer: HomeAnswer
  readonly search: URLSearchParams
}

const tones = {
  connected: 'good',
  restricted: 'warn',
  down: 'bad',
  unlinked: 'quiet',
  out: 'quiet',
} as const

export function Counters({ answer, search }: CountersProps) {
  const { instances } = answer
  const app = useApp()
  const words = useTexts(homeTexts)
  const chosen = search.get('show') ?? ''
  const problems = instances.filter(({ troubles }) => troubles.length > 0).length
  const counts = standings.map((standing) => {
    const count = instances.filter((instance) => standingOf(instance) === standing).length
    return { name: standing, label: words.standings[standing], tone: tones[standing], count }
  })
  const all = [{ name: 'problems', label: words.problems, tone: 'bad', count: problems }, ...counts]
  return (
    <div className="counters">
      <div className="counters__group" role="group" aria-label={words.filterBy}>
        {all.map(({ name, label, tone, count }) => (
          <button
            key={name}
            type="button"
            className={`counter counter--${count === 0 ? 'none' : tone}`}
            aria-pressed={chosen === name}
            onClick={() => setSearch(filtered(search, 'show', chosen === name ? '' : name))}
          >
            <strong key={count}>{countText(app, count)}</strong>
            <span>{label}</span>
          </button>
        ))}
      </div>
      <Today {...answer} />
    </div>
  )
}

function Today({ instances, lateAfterMs }: Pick<HomeAnswer, 'instances' | 'lateAfterMs'>) {
  const app = useApp()
  const words = useTexts(homeTexts)
  const sum = (name: 'sent' | 'failed' | 'late'): number =>
    instances.reduce((total, { today }) => total + today[name], 0)
  const since = dayText()
  const figure = (name: 'sent' | 'failed' | 'late', status: string, hint?: string) => {
    const count = sum(name)
    const tone = name === 'sent' || count === 0 ? 'none' : name === 'late' ? 'warn' : 'bad'
    return (
      <Link
        to={{ page: 'messages', search: `?since=${since}${status}` }}
        className={`counter counter--${tone}`}
        title={hint}
      >
        <strong key={count}>{countText(app, count)}</strong>
        <span>{words[name]}</span>
      </Link>
    )
  }
  return (
    <div className="counters__group" role="group" aria-label={words.today}>
      {figure('sent', '&status=arrived')}
      {figure('failed', '&status=failed')}
      {figure('late', '&priority=high', words.lateHint(durationText(app, lateAfterMs)))}
    </div>
  )
}

/** As an input for a day has it. */
function dayText(): string {
  const now = new Date()
  return `${now.getFullYear()}-${twoDigits(now.getMonth() + 1)}-${twoDigits(now.getDate())}`
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
