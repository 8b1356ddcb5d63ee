/** One's own account: where one is logged in, the password, and one-time codes. */

import type { LoginSessionsAnswer, VisitAnswer } from '../../gateway/src/console/account-answers.js'
import { ask } from './api.js'
import { useApp } from './app.js'
import { Field, Form, type Values } from './form.js'
import { dayText } from './moments.js'
import { Page } from './page.js'
import { Card, Problem, Skeleton } from './parts.js'
import { useAct, useReadAgain, useReading } from './reading.js'
import { useTexts } from '../shared/texts.js'
import { roleTexts } from './role.js'
import { Pill } from './status.js'
import { SecondFactor } from './second-factor.js'

interface AccountProps {
  readonly me: NonNullable<VisitAnswer['administrator']>
}

export function AccountPage({ me }: AccountProps) {
  const words = useApp().words.account
  const roleWords = useTexts(roleTexts)
  return (
    <Page title={words.title} lead={<p className="lead">{`${me.name} · ${roleWords[me.role]}`}</p>}>
      <SecondFactor me={me} />
      <Password />
      <Sessions />
    </Page>
  )
}

function Sessions() {
  const { words, say } = useApp()
  const readAgain = useReadAgain()
  const { data, refusal } = useReading<LoginSessionsAnswer>('sessions', { everyMs: 30_000 })
  const end = useAct(async (path: string) => {
    await ask('DELETE', path)
    await readAgain('sessions')
    say(words.account.ended)
  })
  return (
    <Card title={words.account.sessions}>
      {data === undefined && <Problem refusal={refusal} />}
      <div className="actions">
        <button
          type="button"
          disabled={data === undefined || data.sessions.length < 2}
          onClick={() => end.mutate('sessions')}
        >
          {words.account.endOthers}
        </button>
      </div>
      {data === undefined ? (
        <Skeleton rows={2} />
      ) : (
        <ul className="sessions">
          {inOrder(data.sessions).map((session) => (
            <Session
              key={session.id}
              session={session}
              end={() => end.mutate(`sessions/${session.id}`)}
            />
          ))}
        </ul>
      )}
    </Card>
  )
}

type Sessions = LoginSessionsAnswer['sessions']

/** This one first; another one comes to the end, and moves none. */
function inOrder(sessions: Sessions): Sessions {
  return sessions.toSorted(
    (one, other) => Number(other.isThis) - Number(one.isThis) || one.createdAt - other.createdAt,
  )
}

interface SessionProps {
  readonly session: Sessions[number]
  readonly end: () => void
}

function Session({ session, end }: SessionProps) {
  const app = useApp()
  const words = app.words.account
  const [since, seen] = [dayText(app, session.createdAt), dayText(app, session.lastSeenAt)]
  return (
    <li>
      <div>
        <strong>{browserText(session.browser)}</strong>{' '}
        {session.isThis && <Pill tone="good">{words.thisOne}</Pill>}
        <p className="hint">
          {`${session.address} · ${words.since} ${since} · ${words.seen} ${seen}`}
        </p>
      </div>
      {!session.isThis && (
        <button type="button" className="small" onClick={end}>
          {words.end}
        </button>
      )}
    </li>
  )
}

function Password() {
  const { words, say } = useApp()
  const readAgain = useReadAgain()
  const change = async (values: Values): Promise<undefined> => {
    await ask('PUT', 'password', {
      password: values.text('now'),
      newPassword: values.text('next'),
    })
    await readAgain('sessions')
    say(words.account.changed)
  }
  return (
    <Card title={words.account.password}>
      <Form submit={words.account.change} act={change} clears>
        <Field
          name="now"
          label={words.account.now}
          type="password"
          autoComplete="current-password"
          maxLength={200}
        />
        <Field
          name="next"
          label={words.account.next}
          hint={words.setUp.passwordHint}
          type="password"
          autoComplete="new-password"
          minLength={12}
          maxLength={200}
        />
      </Form>
    </Card>
  )
}

/** `Firefox · Linux` of what a browser says about itself at length. */
function browserText(agent: string): string {
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)\//u.exec(agent)?.[1] ?? ''
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/u.exec(agent)?.[1] ?? ''
  const names: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera', 'Mac OS X': 'macOS' }
  const text = [browser, system].map((part) => names[part] ?? part).filter((part) => part !== '')
  return text.length === 0 ? '—' : text.join(' · ')
}
