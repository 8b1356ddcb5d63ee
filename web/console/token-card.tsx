/** A token that the gateway tells this once. */

import { lazy, Suspense } from 'react'
import type { FirstCallAnswer } from '../../gateway/src/console/instance-answers.js'
import { useApp } from './app.js'
import { Copyable, Facts, Skeleton } from './parts.js'

const FirstCall = lazy(async () => {
  const loaded = await import('./first-call/first-call.js')
  return { default: loaded.FirstCall }
})

interface TokenCardProps {
  readonly id: string
  readonly token: string
  readonly note?: string | undefined
  /** Of a new instance. */
  readonly firstCall?: FirstCallAnswer
  /** With the id of the instance. */
  readonly done: (id: string) => void
}

export function TokenCard({ id, token, note, firstCall, done }: TokenCardProps) {
  const words = useApp().words.token
  return (
    <section className="card card--important" aria-live="polite">
      <h2>{words.title}</h2>
      <p>
        <strong>{words.once}</strong>
        {note !== undefined && ` ${note}`}
      </p>
      <Facts
        rows={[
          [words.id, <Copyable key="id" text={id} label={words.id} />],
          [words.token, <Copyable key="token" text={token} label={words.token} />],
        ]}
      />
      {firstCall !== undefined && (
        <Suspense fallback={<Skeleton rows={9} />}>
          <FirstCall id={id} token={token} firstCall={firstCall} />
        </Suspense>
      )}
      <div className="actions">
        <button type="button" className="filled" onClick={() => done(id)}>
          {words.done}
        </button>
      </div>
    </section>
  )
}
